"""The verbs of an application, in the order in which they happen."""

from rihma.applications.actions.answering import answer_later
from rihma.applications.actions.ending import merge, withdraw
from rihma.applications.actions.judging import judge
from rihma.applications.actions.submitting import submit
from rihma.applications.actions.writing import Saved, drop_edits, save, save_fields, start, write_at

__all__ = [
    "Saved",
    "answer_later",
    "drop_edits",
    "judge",
    "merge",
    "save",
    "save_fields",
    "start",
    "submit",
    "withdraw",
    "write_at",
]
