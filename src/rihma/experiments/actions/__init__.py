"""The verbs of an experiment, in the order in which they happen."""

from rihma.experiments.actions.planning import allow_dates, draft_from, edit, make_ready
from rihma.experiments.actions.results import conclude, decide, mark_published, observe
from rihma.experiments.actions.running import amend, cancel, end, pause, resume, start

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
