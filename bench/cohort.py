"""make bench B=cohort: everything about a call and its cohort, one part after the other.

PART=choosing,applications names some of them. Each is a bench of its own (`make bench B=closing`), prints its tables, and ends with
a line of JSON; the last line here holds them all.
"""

import json
import os
import subprocess
import sys

from bench.server import ROOT

# The shortest first, so that a mistake shows soon.
PARTS = ("choosing", "applications", "export", "closing")


def main() -> None:
    chosen = os.environ.get("PART", ",".join(PARTS)).split(",")
    told = {name: part(name) for name in PARTS if name in chosen}
    print(json.dumps({"bench": "cohort", "parts": told}))


def part(name: str) -> object:
    print(f"\n# {name}\n", flush=True)
    environment = {key: value for key, value in os.environ.items() if key != "PART"}
    line = ""
    command = [sys.executable, "-m", f"bench.{name}"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        for line in running.stdout:
            print(line, end="", flush=True)
    if running.returncode:
        sys.exit(f"bench.{name} failed")
    return json.loads(line)


if __name__ == "__main__":
    main()
