"""What people wrote to each other around a call, by invitation, letter, question and mail, and for how long it is kept."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import ngettext

from rihma.calls.models import Call
from rihma.challenges.erasing import forget_enquiry, forget_poster
from rihma.challenges.models import Enquiry, Poster
from rihma.invitations.erasing import forget_invitation
from rihma.invitations.models import Invitation
from rihma.notices.erasing import DONE, WRITTEN, forget_text
from rihma.notices.models import Message
from rihma.programmes.models import Programme
from rihma.records.rules import months_after
from rihma.records.thing import Thing
from rihma.teams.erasing import forget_contact
from rihma.teams.models import Contact


def _invitations(programme: Programme, months: int) -> Iterator[Thing]:
    day = months_after(_closed(programme), months)
    for one in Invitation.objects.filter(call__programme=programme):
        yield Thing("invitations", str(one), day, partial(forget_invitation, one))


def _letters(programme: Programme, months: int) -> Iterator[Thing]:
    """An exchange as a whole, from its last letter: as long as they write they are not done."""
    closed = _closed(programme)
    # Of a sender who is barred the row stays, so that they stay barred.
    found = Contact.objects.filter(team__programme=programme).exclude(barred_at__isnull=False, letters=None)
    for one in found.select_related("team").annotate(count=Count("letters")).order_by("opened_at", "pk"):
        last = max(closed, _on(programme, one.last_at))
        delete = partial(forget_contact, one)
        yield Thing("letters", str(one.team), months_after(last, months), delete, vars(one)["count"])


def _enquiries(programme: Programme, months: int) -> Iterator[Thing]:
    day = months_after(_closed(programme), months)
    known = Enquiry.objects.filter(challenge__call__programme=programme, by__isnull=False)
    for one in known.select_related("challenge"):
        yield Thing("enquiries", str(one.challenge), day, partial(forget_enquiry, one))


def _posters(programme: Programme, months: int) -> Iterator[Thing]:
    day = months_after(_closed(programme), months)
    for one in Poster.objects.filter(call__programme=programme):
        yield Thing("posters", one.organisation, day, partial(forget_poster, one))


def _mails(programme: Programme, months: int) -> Iterator[Thing]:
    """By the day, because a call sends thousands."""
    found = Message.objects.filter(DONE, WRITTEN, scope=programme.pk)
    days = found.annotate(day=TruncDate("queued_at", tzinfo=programme.zone)).order_by("day").values("day")
    for row in days.annotate(count=Count("pk")):
        count, day = row["count"], row["day"]
        name = ngettext("%(n)s mail", "%(n)s mails", count) % {"n": count}
        yield Thing("mails", name, months_after(day, months), partial(_forget_mails, programme, found, day), count)


def _forget_mails(programme: Programme, found: "QuerySet[Message]", day: date) -> None:
    dated = found.annotate(day=TruncDate("queued_at", tzinfo=programme.zone)).filter(day=day)
    forget_text(Message.objects.filter(pk__in=dated.values("pk")))


def _closed(programme: Programme) -> date:
    call = Call.objects.filter(programme=programme).select_related("programme").first()
    return _on(programme, call.closes) if call else programme.ends


def _on(programme: Programme, moment: datetime) -> date:
    return moment.astimezone(programme.zone).date()


FINDERS: dict[str, Callable[[Programme, int], Iterator[Thing]]] = {
    "invitations": _invitations,
    "letters": _letters,
    "enquiries": _enquiries,
    "posters": _posters,
    "mails": _mails,
}
