"""What people install is what we built: one wheel with everything in it, and nothing of this checkout."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from rihma.site.frontend import FILES
from tests.taste import PACKAGE, ROOT

UV = ROOT / ".venv/bin/uv"
# What a person's own shell has; nothing of this run may lead the installed Rihma back to the checkout.
SHELL = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dist = tmp_path_factory.mktemp("dist")
    # The build tools of this environment: a build must not need the network.
    run(UV, "build", "--no-build-isolation", "--python", sys.executable, "-o", dist, cwd=ROOT)
    return next(dist.glob("*.whl"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def shipped(patterns: Sequence[str]) -> set[str]:
    return {f"rihma/{path.relative_to(PACKAGE)}" for pattern in patterns for path in PACKAGE.glob(pattern)}


def test_wheel_carries_all_that_is_served_and_said(names: set[str]) -> None:
    wanted = shipped(["*/templates/**/*.*", "*/static/**/*.*", "**/*.toml", "*/migrations/*.py", "*/locale/*/*/*.po"])
    wanted |= {name.removesuffix(".po") + ".mo" for name in wanted if name.endswith(".po")}
    wanted |= {f"rihma/site/{name}" for name in FILES}
    assert wanted - names == set()


def test_wheel_carries_no_tests(names: set[str]) -> None:
    assert [name for name in names if "/tests/" in name] == []


@pytest.mark.long
def test_installed_rihma_shows_its_demo_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    venv, elsewhere = tmp_path / "venv", tmp_path / "elsewhere"
    elsewhere.mkdir()
    run(UV, "venv", "--python", sys.executable, venv, cwd=elsewhere)
    install = (UV, "pip", "install", "--python", venv / "bin/python")
    run(*install, "--require-hashes", "-r", ROOT / "requirements.lock", cwd=elsewhere)
    run(*install, "--no-deps", "--offline", wheel, cwd=elsewhere)
    env = {**SHELL, "RIHMA_DATA": str(tmp_path / "data")}
    run(venv / "bin/rihma", "demo", "--check", cwd=elsewhere, env=env)
    assert (list(elsewhere.iterdir()), (tmp_path / "data").is_dir()) == ([], True)
    shutil.rmtree(venv)
