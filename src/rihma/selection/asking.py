"""Has the best set looked for by a process that may fail, eat little and end soon (cohort/__main__.py)."""

import json
import os
import subprocess
import sys
from threading import BoundedSemaphore
from typing import Any

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused
from rihma.selection.cohort.problem import Problem, as_json

# For the set, its neighbours and all reasons together; the process says by itself what it did not reach.
SECONDS = 25
# After this it is ended, whatever it does.
PATIENCE_SECONDS = 40
# One, because each takes a processor for as long as it looks, and one request waits for it.
turn = BoundedSemaphore(1)
TURN_SECONDS = 10


def ask(problem: Problem) -> dict[str, Any]:
    """What `cohort.answer` says of it, as plain values."""
    answer = _answered({"problem": as_json(problem)})
    if answer["state"] == "out_of_time":
        raise _too_hard()
    return answer


def ask_why(problem: dict[str, Any], best: dict[str, Any], ids: list[str]) -> list[dict[str, Any]]:
    """Why for these, as many as the time suffices for; `problem` and `best` as they were kept."""
    whys: list[dict[str, Any]] = _answered({"problem": problem, "best": best, "ids": ids})["whys"]
    return whys


def _answered(asked: dict[str, Any]) -> dict[str, Any]:
    if not turn.acquire(timeout=TURN_SECONDS):
        raise Refused("busy", _("Another search is running. Try again in a moment; nothing is lost."))
    try:
        done = _solved(asked)
    except subprocess.TimeoutExpired as ended:
        raise _too_hard() from ended
    finally:
        turn.release()
    if done.returncode:
        raise _too_hard()
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _too_hard() -> Refused:
    return Refused("too_hard", _("No set was found in the time given. Leave out a limit or a wish, and try again."))


def _solved(asked: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    # `-I` and hardly any environment, so that nothing of what the server knows reaches it.
    command = [sys.executable, "-I", "-m", "rihma.selection.cohort", str(SECONDS)]
    return subprocess.run(
        command,
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
        env={"OPENBLAS_NUM_THREADS": "1", "PATH": os.defpath},
    )
