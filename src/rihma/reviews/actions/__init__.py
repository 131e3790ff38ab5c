from rihma.reviews.actions.conflicts import declare, lift
from rihma.reviews.actions.preparing import (
    SET_UP,
    assign,
    assign_all,
    begin,
    close,
    open_again,
    release,
    set_juror,
    set_up,
)
from rihma.reviews.actions.reading import remark, reopen, save, send

__all__ = [
    "SET_UP",
    "assign",
    "assign_all",
    "begin",
    "close",
    "declare",
    "lift",
    "open_again",
    "release",
    "remark",
    "reopen",
    "save",
    "send",
    "set_juror",
    "set_up",
]
