"""HiGHS, an exact solver, made so that it says nothing."""

import os
import sys
from importlib import import_module
from typing import Any


def solver() -> Any:
    """A fresh `highspy.Highs`. Loaded only here, because it brings numpy along, which no page needs that solves nothing.

    The first one of a process greets whoever reads its standard output, before it can be told not to; there its words
    would stand in the midst of what a command answers, so they go where messages go.
    """
    made = import_module("highspy").Highs
    sys.stdout.flush()
    kept = os.dup(1)
    try:
        os.dup2(2, 1)
        highs = made()
    finally:
        os.dup2(kept, 1)
        os.close(kept)
    highs.setOptionValue("output_flag", False)
    # The same question always gets the same answer.
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("random_seed", 0)
    return highs
