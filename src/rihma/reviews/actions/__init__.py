from rihma.reviews.actions.conflicts import carry, declare, lift
from rihma.reviews.actions.moving import begin, close, discuss, open_again
from rihma.reviews.actions.preparing import assign, assign_all, release, set_juror, set_up
from rihma.reviews.actions.reading import remark, reopen, save, send

__all__ = [
    "assign",
    "assign_all",
    "begin",
    "carry",
    "close",
    "declare",
    "discuss",
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
