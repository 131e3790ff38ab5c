"""Has what somebody sent looked into by a process that may fail, eat little and end soon (examine/)."""

import json
import subprocess
import sys
from dataclasses import dataclass
from threading import BoundedSemaphore

from rihma.attachments import rules

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


def look(content: bytes) -> Looked:
    kind = rules.check_content(content)
    rules.check_turn(free=turns.acquire(timeout=TURN_SECONDS))
    try:
        done = _examined(content, kind)
    except subprocess.TimeoutExpired as ended:
        raise rules.problem("heavy") from ended
    finally:
        turns.release()
    if done.returncode:
        raise rules.problem("heavy" if done.returncode < 0 else "broken")
    head, _, rest = done.stdout.partition(b"\n")
    facts = json.loads(head)
    if "problem" in facts:
        raise rules.problem(facts["problem"])
    whole, small = rest[: facts["whole"]], rest[facts["whole"] :]
    return Looked(kind, whole, small, facts.get("width"), facts.get("height"))


def _examined(content: bytes, kind: str) -> subprocess.CompletedProcess[bytes]:
    program = "rihma.attachments.examine." + ("pdf" if kind == "pdf" else "picture")
    # `-I` and no environment, so that nothing of what the server knows reaches it.
    command = [sys.executable, "-I", "-m", program, kind]
    return subprocess.run(command, input=content, capture_output=True, timeout=PATIENCE_SECONDS, check=False, env={})
