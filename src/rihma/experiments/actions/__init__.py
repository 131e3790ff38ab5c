"""The verbs of an experiment, in the order in which they happen."""

from rihma.experiments.actions.locking import amend, start
from rihma.experiments.actions.planning import allow_dates, draft_from, edit, make_ready
from rihma.experiments.actions.results import conclude, decide, mark_published, observe
from rihma.experiments.actions.running import cancel, end, pause, resume

__all__ = [
    "allow_dates",
    "amend",
    "cancel",
    "conclude",
    "decide",
    "draft_from",
    "edit",
    "end",
    "make_ready",
    "mark_published",
    "observe",
    "pause",
    "resume",
    "start",
]
