"""The cut-offs of a call: changed here and not by `calls`, because those who have begun an application must be told."""

from collections.abc import Iterable, Sequence
from datetime import date, time

from django.db import transaction

from rihma.accounts.models import Person
from rihma.applications.models import Receipt
from rihma.applications.queries import drafters, senders
from rihma.base import clock
from rihma.base.words import Words
from rihma.calls import actions as calls
from rihma.calls.models import Amendment, Call, Intake
from rihma.calls.rules import Stage, may_remove_cut_off
from rihma.notices.actions import tell
from rihma.teams.models import Member


@transaction.atomic
def add(call: Call, *, closes_on: date, closes_at: time, because: Words, by: Person) -> Amendment | None:
    amendment = calls.add_cut_off(call, closes_on=closes_on, closes_at=closes_at, because=because, by=by)
    _tell(amendment, drafters(call))
    return amendment


@transaction.atomic
def move(
    intake: Intake, *, seen: str, closes_on: date, closes_at: time, because: Words, by: Person
) -> Amendment | None:
    """Those who have sent for it are told too: until then they may change what they sent."""
    amendment = calls.move_cut_off(intake, seen=seen, closes_on=closes_on, closes_at=closes_at, because=because, by=by)
    _tell(amendment, [*drafters(intake.call), *senders(intake)])
    return amendment


@transaction.atomic
def remove(intake: Intake, *, seen: str, because: Words, by: Person) -> Amendment | None:
    amendment = calls.remove_cut_off(intake, seen=seen, because=because, by=by)
    _tell(amendment, drafters(intake.call))
    return amendment


def removable(call: Call, listed: Sequence[Intake], stage: Stage) -> set[int]:
    """The numbers of those that may go, so that no page offers what would be refused."""
    answered = set(Receipt.objects.filter(application__call=call).values_list("application__intake", flat=True))
    return {
        one.number
        for before, one in zip([None, *listed], listed, strict=False)
        if may_remove_cut_off(
            one.closes,
            only=len(listed) == 1,
            answered=one.pk in answered,
            closes_then=before.closes if before and one.is_last else None,
            stage=stage,
            now=clock.now(),
        )
    }


def _tell(amendment: Amendment | None, places: Iterable[Member]) -> None:
    """Nobody has begun before the call opens; then there is nothing to tell."""
    if amendment is None:
        return
    # The key names the change alone, so that somebody with a place in two teams is told once.
    for place in places:
        tell(
            "applications/notices/cut_offs_changed",
            place.person,
            key=str(amendment.pk),
            scope=amendment.call.programme_id,
            application=place.team.application,
            call=amendment.call,
            because=amendment.because,
        )
