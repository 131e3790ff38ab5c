from copy import copy
from typing import Unpack

from django.db import transaction

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.seen import check_unchanged
from rihma.history.actions import record
from rihma.notices.actions import tell
from rihma.programmes.models import Programme
from rihma.workshops import rules
from rihma.workshops.links import answer_token
from rihma.workshops.models import Feed, Rsvp, Workshop
from rihma.workshops.queries import (
    concerned,
    is_guest,
    next_arrival,
    next_number,
    seating_of,
    team_of,
    unanswered_members,
)
from rihma.workshops.types import Plan, Texts, When

Answer, State = Rsvp.Answer, Rsvp.State


@transaction.atomic
def plan(programme: Programme, *, by: Person, **fields: Unpack[Plan]) -> Workshop:
    """Add a workshop to the programme. Nobody is told: people are asked when the facilitator asks (`ask`)."""
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    fields.setdefault("number", next_number(programme))
    workshop = Workshop(programme=programme, changed_at=clock.now(), **fields)
    rules.check_hours(workshop.hours)
    rules.check_place(workshop.mode, venue=workshop.venue, remote_link=workshop.remote_link)
    _check_number(workshop)
    workshop.save(force_insert=True)
    _record(workshop, "planned", by=by)
    return workshop


@transaction.atomic
def edit(workshop: Workshop, *, seen: str | None = None, by: Person, **changes: Unpack[Texts]) -> Workshop:
    """Change the texts or the seats. More seats: those who waited get theirs and are told."""
    workshop = _locked(workshop)
    check_unchanged(workshop, changes, seen)
    rules.check_may_change(workshop.state)
    _set(workshop, changes)
    _check_number(workshop)
    workshop.changed_at = clock.now()
    workshop.save()
    _record(workshop, "edited", by=by)
    _seat_who_fits(workshop)
    return workshop


@transaction.atomic
def move(workshop: Workshop, *, seen: str | None = None, by: Person, **changes: Unpack[When]) -> Workshop:
    """Change when or where. Calendars follow, everybody concerned is told old and new, and answers stand:
    without a room those who meant to come there take part remotely; without a link remote answers are asked anew.
    """
    workshop = _locked(workshop)
    check_unchanged(workshop, changes, seen)
    before = copy(workshop)
    _set(workshop, changes)
    if all(getattr(before, name) == getattr(workshop, name) for name in changes):
        return workshop
    rules.check_hours(workshop.hours)
    rules.check_may_move(workshop.state, before.hours, workshop.hours, clock.now())
    rules.check_place(workshop.mode, venue=workshop.venue, remote_link=workshop.remote_link)
    _change_for_calendars(workshop)
    record(
        workshop,
        "moved",
        scope=workshop.programme_id,
        by=by,
        number=workshop.number,
        before=before.begins.isoformat(),
        after=workshop.begins.isoformat(),
    )
    _follow_mode(workshop)
    answers = {rsvp.person_id: rsvp for rsvp in workshop.rsvps.standing()}
    for person in concerned(workshop):
        _tell("moved", person, workshop, by=by, before=before, rsvp=answers.get(person.pk))
    return workshop


@transaction.atomic
def cancel(workshop: Workshop, *, because: str = "", by: Person) -> Workshop:
    """Call it off: calendars show it as cancelled, everybody concerned is told, answers are kept."""
    workshop = _locked(workshop)
    rules.check_may_cancel(workshop.state, workshop.hours, clock.now())
    workshop.state = Workshop.State.CANCELLED
    workshop.cancelled_because = because.strip()
    _change_for_calendars(workshop)
    _record(workshop, "cancelled", by=by)
    for person in concerned(workshop):
        _tell("cancelled", person, workshop, by=by)
    return workshop


@transaction.atomic
def ask(workshop: Workshop, *, by: Person) -> int:
    """Ask by mail the members who have not answered, at most once a day each; answers how many were asked."""
    workshop = _locked(workshop)
    now = clock.now()
    rules.check_may_answer(workshop.state, workshop.hours, now)
    asked = list(unanswered_members(workshop))
    for person in asked:
        _tell("asked", person, workshop, key=f"{workshop.pk}:{now:%Y-%m-%d}", by=by)
    _record(workshop, "asked", by=by)
    return len(asked)


@transaction.atomic
def answer(workshop: Workshop, answer: str, *, by: Person) -> Rsvp:
    """Say whether one comes. For the room: a seat if one fits, else a place in the queue.

    The same answer again changes nothing. A seat that is given up goes to the first in the queue whom it fits.
    """
    workshop = _locked(workshop)
    team = team_of(workshop.programme, by)
    rules.check_takes_part(takes_part=team is not None or is_guest(workshop.programme, by))
    rules.check_may_answer(workshop.state, workshop.hours, clock.now())
    rules.check_offered(workshop.mode, answer)
    known = workshop.rsvps.standing().filter(person=by).first()
    if known and answer not in rules.ANSWER_MOVES[known.standing]:
        return known
    rsvp = known or workshop.rsvps.filter(person=by).first() or Rsvp(workshop=workshop, person=by)
    rsvp.team, rsvp.answer = team, answer
    rsvp.state = State.WAITING if answer == Answer.IN_ROOM else State.CONFIRMED
    rsvp.arrival, rsvp.answered_at = next_arrival(workshop), clock.now()
    rsvp.save()
    _record(workshop, "answered", by=by)
    _seat_who_fits(workshop, asking=rsvp)
    return rsvp


def feed_of(person: Person) -> Feed:
    """The person's calendar feed, made when they first ask for its address."""
    feed, _new = Feed.objects.get_or_create(person=person)
    return feed


@transaction.atomic
def renew(person: Person) -> Feed:
    """A new address for the person's calendar feed; the old one is dead from now on."""
    feed, new = Feed.objects.select_for_update().get_or_create(person=person)
    if not new:
        feed.version += 1
        feed.renewed_at = clock.now()
        feed.save(update_fields=["version", "renewed_at"])
    return feed


def _seat_who_fits(workshop: Workshop, asking: Rsvp | None = None) -> None:
    """Everybody comes through the queue: who answers just now too. Whoever has waited is told, once."""
    queue = {rsvp.arrival: rsvp for rsvp in workshop.rsvps.standing().waiting().select_related("person")}
    waiting = [rules.Waiting(arrival, rsvp.team_id) for arrival, rsvp in queue.items()]
    if not waiting:
        return
    for arrival in rules.promoted(seating_of(workshop), waiting):
        rsvp = queue[arrival]
        rsvp.state = State.CONFIRMED
        rsvp.save(update_fields=["state"])
        if asking and rsvp.pk == asking.pk:
            asking.state = State.CONFIRMED
            continue
        _record(workshop, "promoted", by=None)
        # A later wait in the same queue has another arrival, and its own message.
        _tell("seat", rsvp.person, workshop, key=f"{workshop.pk}:{arrival}")


def _follow_mode(workshop: Workshop) -> None:
    if not workshop.has_room:
        workshop.rsvps.filter(answer=Answer.IN_ROOM).update(answer=Answer.REMOTE, state=State.CONFIRMED)
    if workshop.mode == Workshop.Mode.ROOM:
        workshop.rsvps.filter(answer=Answer.REMOTE).delete()


def _change_for_calendars(workshop: Workshop) -> None:
    workshop.sequence += 1
    workshop.changed_at = clock.now()
    workshop.save()


def _check_number(workshop: Workshop) -> None:
    others = workshop.programme.workshops.exclude(pk=workshop.pk)
    rules.check_number(workshop.number, others.values_list("number", flat=True))


def _set(workshop: Workshop, changes: "Texts | When") -> None:
    for name, value in changes.items():
        setattr(workshop, name, value)


def _record(workshop: Workshop, verb: str, *, by: Person | None) -> None:
    record(workshop, verb, scope=workshop.programme_id, by=by, number=workshop.number)


def _tell(kind: str, person: Person, workshop: Workshop, *, key: str = "", **context: object) -> None:
    tell(
        f"workshops/notices/{kind}",
        person,
        key=key or f"{workshop.pk}:{workshop.sequence}",
        scope=workshop.programme_id,
        workshop=workshop,
        token=answer_token(workshop, person),
        **context,
    )


def _locked(workshop: Workshop) -> Workshop:
    """The workshop's row is the lock of its seats: answers, moves and new seats come one after another."""
    return Workshop.objects.select_for_update(of=("self",)).select_related("programme").get(pk=workshop.pk)
