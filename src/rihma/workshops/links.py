"""Addresses that say by themselves who may come in. They are signed with the server's key; the database holds none."""

from dataclasses import dataclass
from uuid import UUID

from django.core.signing import BadSignature, Signer

from rihma.accounts.models import Person
from rihma.workshops.models import Feed, Workshop

FEED = "rihma.workshops.feed"
ANSWER = "rihma.workshops.answer"


def feed_token(feed: Feed) -> str:
    return _signer(FEED).sign(f"{feed.person_id.hex}.{feed.version}")


def feed_behind(token: str) -> Feed | None:
    """The feed whose address this is today; a renewed address is as dead as an invented one."""
    parts = _parts(FEED, token)
    if parts is None:
        return None
    person, version = parts
    return (
        Feed.objects.select_related("person")
        .filter(person=UUID(person), version=int(version), person__is_active=True)
        .first()
    )


def answer_token(workshop: Workshop, person: Person) -> str:
    """Good for one thing: this person's answer to this workshop."""
    return _signer(ANSWER).sign(f"{workshop.pk.hex}.{person.pk.hex}")


@dataclass(frozen=True)
class AnswerLink:
    workshop: UUID
    person: UUID


def answer_behind(token: str) -> AnswerLink | None:
    parts = _parts(ANSWER, token)
    return AnswerLink(UUID(parts[0]), UUID(parts[1])) if parts else None


def _parts(salt: str, token: str) -> tuple[str, str] | None:
    try:
        first, second = _signer(salt).unsign(token).split(".")
    except (BadSignature, ValueError):
        return None
    return first, second


def _signer(salt: str) -> Signer:
    return Signer(salt=salt, sep="~")
