"""Files of answers that nothing names any more, and their bytes."""

from collections.abc import Iterable
from functools import partial

from django.db import transaction

from rihma.applications.models import AnswerFile, Application
from rihma.applications.models.file import ids_in
from rihma.base.files import store


def let_go(application: Application) -> None:
    """Of files that neither an answer nor a receipt names any more; `application` is locked and as it is kept."""
    rows = list(AnswerFile.objects.filter(application=application))
    if rows:
        arrived = application.receipts.values_list("content", flat=True)
        named = ids_in([application.answers, application.edits, *arrived])
        forget_files(row for row in rows if str(row.pk) not in named)


def forget_files(rows: Iterable[AnswerFile]) -> None:
    """For good, once that is certain: the row must find its bytes if the deletion is taken back."""
    for row in rows:
        row.delete()
        transaction.on_commit(partial(store.drop, row.file), robust=True)
