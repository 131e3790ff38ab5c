from uuid import UUID

from rihma.accounts.models import Person
from rihma.calls.models import Call
from rihma.challenges.models import Challenge, Poster


def posts_for(call: Call, person: Person | None) -> Poster | None:
    """The right of a partner's person, as long as it lasts."""
    return Poster.objects.filter(call=call, person=person, ended_at=None).first() if person else None


def may_post(call: Call, person: Person | None) -> bool:
    return call.programme.is_run_by(person) or posts_for(call, person) is not None


def handles(challenge: Challenge, person: Person | None) -> bool:
    return Challenge.objects.handled_by(person).filter(pk=challenge.pk).exists()


def challenges_of(call: Call, person: Person | None) -> list[Challenge]:
    """Public ones, and drafts of those who handle them."""
    return list(Challenge.objects.read_by(person).filter(call=call).select_related("call__programme"))


def public_of(call: UUID) -> list[Challenge]:
    return list(Challenge.objects.public().filter(call=call))
