"""What was counted to keep people from sending files without end, and is no longer needed for it."""

from collections.abc import Mapping
from datetime import datetime

from rihma.applications.models import AnswerFile, FileSent
from rihma.base.files.pace import COUNTED_FOR


def prune(now: datetime) -> int:
    """How many went."""
    return FileSent.objects.filter(at__lte=now - COUNTED_FOR).delete()[0]


def files() -> Mapping[str, str]:
    """File on the disk → what it is of, so that no file of an answer is taken for one that was left behind."""
    rows = AnswerFile.objects.values_list("file", "application", "pk")
    return {file: f"application {application}, file {pk}" for file, application, pk in rows}
