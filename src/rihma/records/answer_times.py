"""Answers to questions that say themselves for how long they are kept, counted from the end of the programme."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from rihma.applications.erasing import forget_answer
from rihma.applications.fields import ANSWER
from rihma.applications.models import Application
from rihma.calls.models import Question
from rihma.programmes.models import Programme
from rihma.records import rules
from rihma.records.models import SecretPart
from rihma.records.parts import ANSWER as PART


@dataclass(frozen=True)
class Timed:
    """One answer with its day; `name` says whose and to what."""

    application: Application
    key: str
    name: str
    day: date

    @transaction.atomic
    def forget(self) -> None:
        """Also its mark of secrecy, which would tell why there was one."""
        forget_answer(self.application, self.key)
        SecretPart.objects.filter(application=self.application, part=f"{PART}{self.key}").delete()


def timed_answers(programme: Programme) -> Iterator[Timed]:
    """Wherever they still stand: in the application, in what was written since, or in what arrived once."""
    questions = list(Question.objects.filter(call__programme=programme, kept_months__isnull=False))
    if not questions:
        return
    found = Application.objects.filter(call__programme=programme).select_related("team", "case")
    for application in found.prefetch_related("receipts"):
        said = getattr(application, "case", None) or application.team
        held = _held(application)
        for one in questions:
            if one.call_id == application.call_id and one.key in held and one.kept_months:
                day = rules.months_after(programme.ends, one.kept_months)
                yield Timed(application, one.key, f"{said}: {one.label}", day)


def timed_programmes() -> set[UUID]:
    """Those in which some question says how long its answers are kept."""
    return set(Question.objects.filter(kept_months__isnull=False).values_list("call__programme", flat=True))


def _held(application: Application) -> set[str]:
    """Keys of the questions to which something is kept."""
    written = [application.answers, *(one.content.get("answers", {}) for one in application.receipts.all())]
    keys = {key for answers in written for key, value in answers.items() if value not in ("", None, [], {})}
    return keys | {name.removeprefix(ANSWER) for name in application.edits if name.startswith(ANSWER)}
