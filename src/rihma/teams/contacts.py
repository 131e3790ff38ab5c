"""Those who write to a team that looks for partners, and the team that answers: neither sees an address of the other."""

from collections.abc import Iterable
from datetime import datetime
from itertools import takewhile

from django.db import transaction

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.history.actions import record
from rihma.notices.actions import tell
from rihma.programmes.models import Role
from rihma.teams import rules
from rihma.teams.models import ANSWERS, Contact, Letter, Member, Team
from rihma.teams.rules.contacts import LONGEST, SAME_FOR, UNANSWERED


@transaction.atomic
def offer(team: Team, words: str, *, by: Person) -> Contact:
    """The person's first words to the team open an exchange, later ones continue it; its convener and deputy get a mail."""
    # Locked, so that the limits of one person hold when they send from many windows at once.
    by = Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    known = Contact.objects.filter(team=team, person=by).first()
    digest = rules.digest_of(words)
    latest = known.letters.last() if known else None
    if known and latest and (latest.by_id, latest.digest) == (by.pk, digest):
        return known  # sent twice by an impatient hand
    rules.check_may_write(by.name, _sides(team, by, known))
    _check_limits(team, by, digest, opens=known is None)
    contact = known or Contact.objects.create(team=team, person=by, opened_at=clock.now())
    letter = _written(contact, words, digest, by)
    if known is None:
        record(team, "offered", scope=team.programme_id, thread=team.pk, by=by)
    _tell(letter, _answerers(team))
    return contact


@transaction.atomic
def answer(contact: Contact, words: str, *, by: Person) -> Letter:
    """The team's side writes; the person gets a mail that leads here."""
    by = Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    contact = _locked(contact)
    digest = rules.digest_of(words)
    latest = contact.letters.last()
    if latest and (latest.by_id, latest.digest) == (by.pk, digest):
        return latest
    rules.check_may_write(by.name, rules.Sides(stopped=contact.stopped_at is not None))
    rules.check_not_too_often([], _times(by), clock.now())
    letter = _written(contact, words, digest, by)
    _tell(letter, [contact.person])
    return letter


@transaction.atomic
def show_address(contact: Contact, *, by: Person) -> None:
    """From now on the other side reads this person's own address on the page of the exchange; no mail carries it."""
    contact = _locked(contact)
    if contact.shown_by.filter(pk=by.pk).exists():
        return
    contact.shown_by.add(by)
    others = _answerers(contact.team) if by.pk == contact.person_id else [contact.person]
    for person in others:
        _mail("address_shown", person, contact, by, key=f"{contact.pk}:{by.pk}")


@transaction.atomic
def hide_address(contact: Contact, *, by: Person) -> None:
    _locked(contact).shown_by.remove(by)


@transaction.atomic
def stop(contact: Contact, *, by: Person) -> None:
    """Nobody writes in this exchange any more; what was written stays."""
    contact = _locked(contact)
    if contact.stopped_at is None:
        contact.stopped_at, contact.stopped_by = clock.now(), by
        contact.save(update_fields=["stopped_at", "stopped_by"])
        _record(contact, "contact_stopped", by)


@transaction.atomic
def go_on(contact: Contact, *, by: Person) -> None:
    """By whoever stopped it, or another on the same side."""
    contact = _locked(contact)
    if contact.stopped_at and _side(contact, contact.stopped_by_id) == _side(contact, by.pk):
        contact.stopped_at = contact.stopped_by = None
        contact.save(update_fields=["stopped_at", "stopped_by"])


@transaction.atomic
def report(contact: Contact, because: str, *, by: Person) -> None:
    """Those who run the programme may read the exchange from now on, and get a mail that says so."""
    contact = _locked(contact)
    rules.check_may_report(reported=contact.reported_at is not None)
    contact.reported_at, contact.reported_by, contact.reported_because = clock.now(), by, because
    contact.save(update_fields=["reported_at", "reported_by", "reported_because"])
    _record(contact, "contact_reported", by)
    owners = Role.objects.filter(programme=contact.team.programme_id, role=Role.Kind.OWNER, ended_at=None)
    for role in owners.select_related("person"):
        _mail("contact_reported", role.person, contact, by, key=str(contact.pk))


@transaction.atomic
def bar(contact: Contact, *, by: Person) -> None:
    """The person may write to no team of the programme any more."""
    contact = _locked(contact)
    if contact.barred_at is None:
        contact.barred_at = clock.now()
        contact.save(update_fields=["barred_at"])
        _record(contact, "sender_barred", by)


@transaction.atomic
def unbar(contact: Contact, *, by: Person) -> None:
    contact = _locked(contact)
    if contact.barred_at:
        contact.barred_at = None
        contact.save(update_fields=["barred_at"])
        _record(contact, "sender_let_in", by)


def _sides(team: Team, person: Person, known: Contact | None) -> rules.Sides:
    barred = Contact.objects.filter(team__programme=team.programme_id, person=person, barred_at__isnull=False)
    newest = known.letters.order_by("-written_at", "-pk").values_list("by", flat=True)[:UNANSWERED] if known else []
    in_a_row = len(list(takewhile(lambda writer: writer == person.pk, newest)))
    return rules.Sides(bool(known and known.stopped_at), barred.exists(), in_a_row)


def _check_limits(team: Team, by: Person, digest: str, *, opens: bool) -> None:
    now = clock.now()
    opened = Contact.objects.filter(person=by, opened_at__gt=now - LONGEST).values_list("opened_at", flat=True)
    rules.check_not_too_often(list(opened) if opens else [], _times(by), now)
    same = Letter.objects.filter(by=by, digest=digest, contact__person=by, written_at__gt=now - SAME_FOR)
    rules.check_not_the_same(same.exclude(contact__team=team).values("contact").distinct().count())


def _times(by: Person) -> list[datetime]:
    lately = Letter.objects.filter(by=by, written_at__gt=clock.now() - LONGEST)
    return list(lately.values_list("written_at", flat=True))


def _written(contact: Contact, words: str, digest: str, by: Person) -> Letter:
    contact.last_by, contact.last_at = by, clock.now()
    contact.save(update_fields=["last_by", "last_at"])
    return Letter.objects.create(contact=contact, by=by, words=words, digest=digest, written_at=contact.last_at)


def _side(contact: Contact, person: object) -> str:
    return "person" if person == contact.person_id else "team"


def _answerers(team: Team) -> list[Person]:
    places = Member.objects.filter(team=team, role__in=ANSWERS, state=Member.State.CONFIRMED)
    return [place.person for place in places.select_related("person")]


def _tell(letter: Letter, people: Iterable[Person]) -> None:
    for person in people:
        _mail("letter", person, letter.contact, letter.by, key=str(letter.pk), words=letter.words)


def _mail(kind: str, to: Person, contact: Contact, by: Person, *, key: str, **more: object) -> None:
    facts = {"contact": contact, "team": contact.team, "name": by.name, **more}
    tell(f"teams/notices/{kind}", to, key=key, scope=contact.team.programme_id, **facts)


def _record(contact: Contact, verb: str, by: Person) -> None:
    team = contact.team
    record(team, verb, scope=team.programme_id, thread=team.pk, by=by, contact=str(contact.pk))


def _locked(contact: Contact) -> Contact:
    found = Contact.objects.select_for_update(of=("self",)).select_related("team__programme", "person")
    return found.get(pk=contact.pk)
