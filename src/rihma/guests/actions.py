from datetime import datetime
from secrets import token_urlsafe
from uuid import UUID

from django.db import transaction

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.ids import new_id
from rihma.guests import rules
from rihma.guests.models import Guest, Link, WrongCode
from rihma.guests.secrets import code_of, digest_of, secret_of


@transaction.atomic
def make(  # what a link is, a name each
    key: str, scope: UUID, *, role: str, ends_at: datetime, most: int, is_anonymous: bool, by: Person
) -> Link:
    """A link that opens one thing. Whether `by` may open it to others is for the area of the thing to say."""
    now = clock.now()
    rules.check_ends(ends_at, now)
    pk = new_id()
    return Link.objects.create(
        pk=pk,
        key=key,
        scope=scope,
        role=role,
        digest=digest_of(secret_of(pk)),
        code_digest=digest_of(code_of(pk)),
        is_anonymous=is_anonymous,
        most=most,
        by=by,
        made_at=now,
        ends_at=ends_at,
    )


@transaction.atomic
def close(link: Link) -> Link:
    """Nobody new; those inside stay. Again: open to others once more."""
    link = Link.objects.select_for_update().get(pk=link.pk)
    link.closed_at = None if link.closed_at else clock.now()
    link.save(update_fields=["closed_at"])
    return link


@transaction.atomic
def revoke(link: Link) -> Link:
    """All out, for good."""
    link = Link.objects.select_for_update().get(pk=link.pk)
    link.revoked_at = link.revoked_at or clock.now()
    link.save(update_fields=["revoked_at"])
    return link


@transaction.atomic
def come_in(link: Link, *, name: str, language: str, person: Person | None = None) -> tuple[Guest, str]:
    """A new guest and the secret that their device keeps."""
    link = Link.objects.select_for_update().get(pk=link.pk)
    now = clock.now()
    inside = link.guests.count()
    rules.check_may_come(link, inside=inside, now=now)
    secret = token_urlsafe(24)
    guest = Guest.objects.create(
        link=link,
        name="" if link.is_anonymous else rules.tidy_name(name),
        number=inside + 1,
        language=language,
        digest=digest_of(secret),
        person=None if link.is_anonymous else person,
        came_at=now,
    )
    link.used_at = now
    link.save(update_fields=["used_at"])
    return guest, secret


def forget_name(guest: Guest) -> None:
    """From now on called by their number."""
    Guest.objects.filter(pk=guest.pk).update(name="")


def find_by_secret(link: UUID, secret: str) -> Link | None:
    return Link.objects.filter(pk=link, digest=digest_of(secret)).first()


def find_by_code(typed: str, *, place: str) -> Link | None:
    """By the code that was read aloud. Wrong ones are counted by where they come from."""
    now = clock.now()
    WrongCode.objects.filter(at__lt=now - rules.WRONG_WITHIN).delete()
    rules.check_tries(WrongCode.objects.filter(place=place).count())
    link = Link.objects.filter(code_digest=digest_of(rules.tidy_code(typed))).first()
    if link is None:
        WrongCode.objects.create(place=place, at=now)
    return link
