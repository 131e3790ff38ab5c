"""docs/requirements.md says which test shows which requirement, and `--req` runs those."""

import os
import subprocess
import sys

import pytest

from tools import requirements


def run_pytest(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--collect-only", *arguments],
        cwd=requirements.ROOT,
        # A run of its own, also when this test runs in a worker.
        env={name: value for name, value in os.environ.items() if not name.startswith(("RIHMA_", "PYTEST_"))},
        capture_output=True,
        text=True,
        check=False,
    )


def test_page_of_requirements_is_up_to_date() -> None:
    text = requirements.PAGE.read_text(encoding="utf-8")
    assert requirements.page(text) == text, "run tools/requirements.py"


def test_every_mark_names_a_requirement_of_the_page() -> None:
    listed = {row["id"] for row in requirements.ROW.finditer(requirements.PAGE.read_text(encoding="utf-8"))}
    assert requirements.marked_tests().keys() - listed == set()


def test_requirement_without_a_test_fails_the_run() -> None:
    done = run_pytest("--req", "R16 X99")
    assert (done.returncode, "No test shows X99 (" in done.stderr) == (pytest.ExitCode.USAGE_ERROR, True)


@pytest.mark.long
def test_naming_a_requirement_runs_just_its_tests() -> None:
    collected = {line.partition("[")[0] for line in run_pytest("--req", "R16").stdout.splitlines() if "::" in line}
    named = requirements.marked_tests()["R16"]
    # A file that shows it as a whole is named as a whole.
    files = {one for one in named if "::" not in one}
    assert (
        sorted({name.partition("::")[0] if name.partition("::")[0] in files else name for name in collected}) == named
    )
