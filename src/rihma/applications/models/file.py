from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models

from rihma.applications.models.application import Application
from rihma.base import clock
from rihma.base.files.kinds import LONGEST_NAME
from rihma.base.ids import new_id


class AnswerFileQuerySet(models.QuerySet["AnswerFile"]):
    def named_in(self, *answers: Any) -> Self:
        """Those that stand in these answers, be it to one question or to all."""
        return self.filter(pk__in=ids_in(answers))


class AnswerFile(models.Model):
    """A file that answers a question. Answers and receipts name it; whoever may read the answer may read it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="files")
    # of the question
    key = models.SlugField(max_length=40)
    kind = models.CharField(max_length=10)
    # as its sender called it: shown, never a path
    name = models.CharField(max_length=LONGEST_NAME)
    # where the bytes stand (base/files/store.py); nobody is told, so that nothing can be guessed from it
    file = models.CharField(max_length=32, unique=True)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    # of a PDF
    pages = models.PositiveIntegerField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = AnswerFileQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def facts(self) -> dict[str, object]:
        """As it stands in the answer, and by that in what a receipt proves."""
        told = {"id": str(self.pk), "name": self.name, "kind": self.kind, "size": self.size, "sha256": self.digest}
        return {**told, "pages": self.pages} if self.pages else told


class FileSent(models.Model):
    """A file was sent, and taken or not: looking into it is what costs. Kept for the hour that is counted."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.at:%H:%M}"


def ids_in(answers: Any) -> set[str]:
    """The files that are named anywhere in them."""
    if isinstance(answers, dict):
        own = {answers["id"]} if {"id", "sha256"} <= answers.keys() and isinstance(answers["id"], str) else set()
        return own.union(*map(ids_in, answers.values()))
    return set().union(*map(ids_in, answers)) if isinstance(answers, list | tuple) else set()
