"""Every static check, each named; all of them run, and the run fails if one does.

tools/check.py            all
tools/check.py NAME…      only these
tools/check.py --fix      format and mend what the tools can mend
"""

import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv/bin"
NODE_BIN = ROOT / "node_modules/.bin"
CODE = ("src", "tests", "tools", "hatch_build.py", "conftest.py")
AT_ONCE = 2


class Check(NamedTuple):
    name: str
    command: Sequence[str | Path]


CHECKS = [
    Check("types", [BIN / "mypy"]),
    Check("format", [BIN / "ruff", "format", "--check", *CODE]),
    Check("lint", [BIN / "ruff", "check", "--quiet", *CODE]),
    Check("layers", [BIN / "lint-imports", "--no-cache"]),
    Check("templates", [BIN / "djangofmt", "--check", "src"]),
    Check("browser types", [BIN / "node", NODE_BIN / "tsc", "--project", "."]),
    Check("browser code", [BIN / "node", NODE_BIN / "biome", "check", "--error-on-warnings", "."]),
    Check("browser tests", [BIN / "node", "--test", "--test-reporter=spec", *ROOT.glob("src/rihma/*/tests/*.test.js")]),
    Check("translations", [BIN / "python", "tools/messages.py", "--check"]),
    Check("requirements", [BIN / "python", "tools/requirements.py", "--check"]),
]
FIXES = [
    Check("format", [BIN / "ruff", "format", "--quiet", *CODE]),
    Check("lint", [BIN / "ruff", "check", "--quiet", "--fix", *CODE]),
    Check("templates", [BIN / "djangofmt", "--quiet", "src"]),
    Check("browser code", [BIN / "node", NODE_BIN / "biome", "check", "--write", "."]),
]


def main(arguments: Sequence[str]) -> int:
    checks = FIXES if "--fix" in arguments else CHECKS
    wanted = [name for name in arguments if not name.startswith("--")]
    unknown = set(wanted) - {check.name for check in checks}
    if unknown:
        print(f"No check is called {', '.join(sorted(unknown))}: {', '.join(check.name for check in checks)}")
        return 2
    chosen = [check for check in checks if not wanted or check.name in wanted]
    failed = run_all(chosen, at_once=1 if checks is FIXES else AT_ONCE)
    print(f"\nFailed: {', '.join(failed)}" if failed else "\nEverything is in order.")
    return 1 if failed else 0


def run_all(checks: Sequence[Check], *, at_once: int) -> list[str]:
    """Names of those that failed. Two that mend the same files must not meet, so they go one at a time."""
    with ThreadPoolExecutor(at_once) as pool:
        return [check.name for check, good in zip(checks, pool.map(passes, checks), strict=True) if not good]


def passes(check: Check) -> bool:
    started = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    line = f"{'ok  ' if done.returncode == 0 else 'FAIL'} {check.name} ({time.monotonic() - started:.1f} s)"
    print(line if done.returncode == 0 else f"{line}\n{done.stdout.rstrip()}", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
