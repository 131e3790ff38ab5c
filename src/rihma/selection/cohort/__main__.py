"""Look for the best set in a process of its own: a problem in, an answer out, little memory, and an end in time.

A problem can be made that no solver finishes, and the solver is a library in C++: neither may take the server with it.
"""

import json
import os
import resource
import sys

from rihma.selection.cohort.answer import as_json, reply

MOST_MEMORY = 2 * 1024 * 1024 * 1024


def main(seconds: float) -> None:
    # The solver greets on standard output, where only the answer may stand.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    with out:
        json.dump(as_json(reply(json.load(sys.stdin), seconds)), out)


main(float(sys.argv[1]))
