"""The verbs of an application, in the order in which they happen."""

from rihma.applications.actions.answering import answer_later
from rihma.applications.actions.completing import ask_to_complete, put_off
from rihma.applications.actions.ending import merge, withdraw
from rihma.applications.actions.files import add_file, remove_file
from rihma.applications.actions.granting import grant, start_by_code
from rihma.applications.actions.judging import judge
from rihma.applications.actions.submitting import submit
from rihma.applications.actions.writing import Saved, drop_edits, save, save_fields, start, write_at

__all__ = [
    "Saved",
    "add_file",
    "answer_later",
    "ask_to_complete",
    "drop_edits",
    "grant",
    "judge",
    "merge",
    "put_off",
    "remove_file",
    "save",
    "save_fields",
    "start",
    "start_by_code",
    "submit",
    "withdraw",
    "write_at",
]
