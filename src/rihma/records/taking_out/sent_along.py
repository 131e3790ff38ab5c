"""The files that arrived with an application, and what they are called in an archive."""

import re

from rihma.applications.models import AnswerFile, Application
from rihma.applications.models.file import ids_in

FILES = "files"
# What some file system does not take in a name.
UNFIT = re.compile(r'[<>:"/\\|?*]|[. ]+$')
SHORT = 12


def sent_along(application: Application) -> list[AnswerFile]:
    """All that an answer or a version that arrived names; not what its writers have sent since and not submitted."""
    arrived = application.receipts.values_list("content", flat=True)
    named = ids_in([application.answers, *arrived])
    return [row for row in application.files.order_by("at", "pk") if str(row.pk) in named]


def place_of(row: AnswerFile) -> str:
    """By what is in it, so that two of one name stand beside each other, and the same one always there."""
    stem, dot, ending = row.name.rpartition(".")
    return f"{FILES}/{row.key}/{row.digest[:SHORT]}-{UNFIT.sub('_', stem)}{dot}{ending}"
