"""Folds old history in a process of its own that is killed at one step: RIHMA_DIE_AT, which nothing else knows of.

python -m rihma.canvases.tests.dying DAYS      as on a day so many days from now
"""

import os
import signal
import sys
from datetime import timedelta

STEPS = ("made", "half written", "written", "checked", "folded", "half emptied", "emptied", "done")


def at(step: str) -> None:
    if step == os.environ.get("RIHMA_DIE_AT"):
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    import django

    django.setup()

    from django.conf import settings

    from rihma.base import clock
    from rihma.canvases import trimming

    settings.CANVAS_TRIMMING_WATCH = "rihma.canvases.tests.dying.at"
    sys.stdout.write(f"{trimming.trim(clock.now() + timedelta(days=float(sys.argv[1])))}\n")
