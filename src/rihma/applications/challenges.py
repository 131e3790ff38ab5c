"""Which challenge an application answers, as its form asks: whose teams must hear when one is withdrawn."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from rihma.accounts.models import Person
from rihma.applications.fields import answers_in
from rihma.applications.models import Application, Uptake
from rihma.applications.queries import asked
from rihma.base.words import Words
from rihma.calls.models import Call
from rihma.challenges import actions as challenges
from rihma.challenges.models import Challenge
from rihma.notices.actions import tell
from rihma.teams.models import Member

KIND = "challenge"
State = Application.State


class Answering(NamedTuple):
    """`place`: 1 where the team puts this challenge first."""

    application: Application
    place: int


@transaction.atomic
def withdraw(challenge: Challenge, *, because: Words, by: Person) -> Challenge:
    """Applications stay as they are; everybody in a team that answers it, or means to, is told and may choose another."""
    own = Application.objects.filter(state__in=[State.DRAFT, State.SUBMITTED])
    answering = [one.application.pk for one in answers_to(challenge, own)]
    challenge = challenges.withdraw(challenge, because=because, by=by)
    places = Member.objects.filter(team__application__in=answering, state=Member.State.CONFIRMED)
    for place in places.select_related("person", "team__application").order_by("invited_at"):
        tell(
            "applications/notices/challenge_withdrawn",
            place.person,
            key=str(challenge.pk),
            scope=challenge.call.programme_id,
            application=place.team.application,
            challenge=challenge,
        )
    return challenge


def take_up(application: Application) -> None:
    """Write down which challenges it answers, by the answers that count."""
    asks = application.call.questions.filter(kind=KIND).values_list("key", flat=True)
    said = chosen(application.answers, asks)
    known = {str(pk) for pk in Challenge.objects.filter(call=application.call_id).values_list("pk", flat=True)}
    application.uptakes.all().delete()
    Uptake.objects.bulk_create(
        Uptake(application=application, challenge_id=UUID(key), place=place)
        for place, key in enumerate(dict.fromkeys(key for key in said if key in known), start=1)
    )


def answers_to(challenge: Challenge, applications: QuerySet[Application]) -> list[Answering]:
    """In whichever place they have put it, also where that is written and not submitted yet."""
    names, key = questions_of(challenge.call), str(challenge.pk)
    found = []
    for one in applications.filter(call=challenge.call_id).select_related("team"):
        said = chosen({**one.answers, **answers_in(one.edits)}, names)
        if key in said:
            found.append(Answering(one, said.index(key) + 1))
    return found


def answerable(call: UUID) -> list[Challenge]:
    """Those that teams take up, also where no new answer is taken; a withdrawn one wants no team any more."""
    return list(Challenge.objects.filter(call=call, state__in=[Challenge.State.PUBLISHED, Challenge.State.CLOSED]))


def counts(call: Call) -> Counter[str]:
    """Challenge → how many submitted applications name it."""
    names = questions_of(call)
    sent = Application.objects.filter(call=call, state=State.SUBMITTED)
    # An idea that went on would be counted twice.
    each = sent.exclude(continued_by__state=State.SUBMITTED).values_list("answers", flat=True)
    return Counter(key for answers in each for key in set(chosen(answers, names)))


def questions_of(call: Call) -> list[str]:
    """The keys of those that ask for a challenge."""
    return [one.key for one in asked(call) if one.kind == KIND]


def chosen(answers: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    """In order, the first choice first."""
    said = [answers.get(name) for name in names]
    each = [key for value in said for key in (value if isinstance(value, list) else [value])]
    return [key for key in each if isinstance(key, str) and key]
