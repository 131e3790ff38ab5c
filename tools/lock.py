"""Renews the lock files. They hold hashes and no registry's address, so any mirror serves them."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv/bin"
LOCKS = {
    "tools/setup.lock": ["--group", "setup"],
    "tools/node.lock": ["--group", "node"],
    "requirements.lock": ["pyproject.toml", "--extra", "postgresql"],
    "requirements-dev.lock": [
        *("pyproject.toml", "--extra", "postgresql", "--extra", "nats", "--group", "dev"),
        # The versions that the demo runs are the ones that are tested.
        *("--constraint", "requirements.lock", "--constraint", "tools/setup.lock"),
    ],
}
HOW = (
    *("--quiet", "--universal", "--generate-hashes", "--python-version", "3.12"),
    *("--no-emit-index-url", "--no-emit-find-links"),
)


def main(arguments: Sequence[str]) -> int:
    os.environ["UV_CUSTOM_COMPILE_COMMAND"] = "make lock"
    upgrade = ["--upgrade"] if "--upgrade" in arguments else []
    for lock, what in LOCKS.items():
        print(f"  {lock}", flush=True)
        subprocess.run([BIN / "uv", "pip", "compile", *HOW, *upgrade, *what, "-o", lock], cwd=ROOT, check=True)
    print("  package-lock.json", flush=True)
    # .npmrc keeps the address that each package came from out of the file.
    subprocess.run(["npm", "install", "--package-lock-only"], cwd=ROOT, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
