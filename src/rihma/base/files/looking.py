"""Has what somebody sent looked into by a process that may fail, eat little and end soon (examine/)."""

import json
import subprocess
import sys
from dataclasses import dataclass
from threading import BoundedSemaphore

from rihma.base.files.kinds import KINDS
from rihma.base.files.problems import check_turn, problem

PATIENCE_SECONDS = 30
# Few, because each takes a processor and up to 768 MB for as long as it looks.
AT_ONCE = 2
TURN_SECONDS = 10
turns = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Looked:
    """A file as it is kept."""

    kind: str
    whole: bytes
    small: bytes
    width: int | None
    height: int | None
    # of a PDF
    pages: int | None = None


def look(content: bytes, family: str) -> Looked:
    """`family`: what it is by its first bytes (`kinds.family_of`)."""
    check_turn(free=turns.acquire(timeout=TURN_SECONDS))
    try:
        done = _examined(content, family)
    except subprocess.TimeoutExpired as ended:
        raise problem("heavy") from ended
    finally:
        turns.release()
    if done.returncode:
        raise problem("heavy" if done.returncode < 0 else "broken")
    head, _, rest = done.stdout.partition(b"\n")
    facts = json.loads(head)
    if "problem" in facts:
        raise problem(facts["problem"])
    whole, small = rest[: facts["whole"]], rest[facts["whole"] :]
    kind = facts.get("kind", family)
    return Looked(kind, whole, small, facts.get("width"), facts.get("height"), facts.get("pages"))


def _examined(content: bytes, family: str) -> subprocess.CompletedProcess[bytes]:
    program = "rihma.base.files.examine." + (KINDS[family].family if family in KINDS else family)
    # `-I` and no environment, so that nothing of what the server knows reaches it.
    command = [sys.executable, "-I", "-m", program, family]
    return subprocess.run(command, input=content, capture_output=True, timeout=PATIENCE_SECONDS, check=False, env={})
