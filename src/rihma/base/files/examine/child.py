"""A process of its own for what anybody may have made: bytes in, bytes out, little memory, few seconds, no file.

Out comes a line of JSON (`problem`, or the lengths of what follows and what it is), then the parts. Whatever else a
hostile file makes of the process, it has ended then, and the server says that the file is damaged.
"""

import json
import os
import resource
import sys
from collections.abc import Callable
from typing import Any, NoReturn

MOST_MEMORY = 768 * 1024 * 1024
MOST_SECONDS = 8

type Found = tuple[dict[str, Any], bytes, bytes]


class Unfit(Exception):
    """What is wrong with the file, in one word."""


def run(examine: Callable[[bytes], Found]) -> NoReturn:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    # None, because it has nothing to write anywhere but into the pipe.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        facts, whole, small = examine(sys.stdin.buffer.read())
    except Unfit as unfit:
        _say({"problem": str(unfit)})
    except (MemoryError, RecursionError):
        _say({"problem": "heavy"})
    _say({**facts, "whole": len(whole), "small": len(small)}, whole, small)


def _say(facts: dict[str, Any], *parts: bytes) -> NoReturn:
    out = sys.stdout.buffer
    out.write(json.dumps(facts).encode() + b"\n")
    for part in parts:
        out.write(part)
    out.flush()
    # At once, because taking a hostile file's objects apart again may cost more than all the rest.
    os._exit(0)
