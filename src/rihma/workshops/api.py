from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Router, Schema
from pydantic import WithJsonSchema

from rihma.accounts.access import person_of
from rihma.accounts.api import anybody, person_auth
from rihma.accounts.http import PersonRequest
from rihma.programmes.models import Programme
from rihma.workshops import actions
from rihma.workshops.models import Rsvp, Workshop
from rihma.workshops.queries import answers_of, free_seats, place_in_queue, with_counts

if TYPE_CHECKING:
    from rihma.workshops.queries import Counted


router = Router(tags=["workshops"], auth=[*person_auth("workshops"), anybody])


class AnswerIn(Schema):
    answer: Rsvp.Answer


class AnswerOut(Schema):
    """`state` is confirmed or waiting; `place` is the place in the queue, 0 for who does not wait."""

    answer: str
    state: str
    place: int


# Without an offset, which the format `time` of a schema would ask for.
Hour = Annotated[time, WithJsonSchema({"type": "string", "pattern": r"^[0-2][0-9]:[0-5][0-9]:[0-5][0-9]$"})]


class WorkshopOut(Schema):
    """`begins` and `finishes` are instants; date and hours are those on the wall in `time_zone`."""

    id: UUID
    number: int
    title: dict[str, str]
    state: str
    mode: str
    date: date
    starts: Hour
    ends: Hour
    time_zone: str
    begins: datetime
    finishes: datetime
    venue: str
    address: str
    seats: int
    free_seats: int
    url: str
    ics_url: str
    # null for who takes no part
    remote_link: str | None
    my_answer: AnswerOut | None


@router.get("", response=list[WorkshopOut])
def workshops(request: HttpRequest, programme: str) -> list[dict[str, object]]:
    """All workshops of a programme, named by its slug."""
    found = get_object_or_404(Programme.objects.visible_to(person_of(request)), slug=programme)
    return _told(request, with_counts(found.workshops.select_related("programme")))


@router.get("/{workshop_id}", response=WorkshopOut)
def workshop(request: HttpRequest, workshop_id: UUID) -> dict[str, object]:
    visible = with_counts(Workshop.objects.visible_to(person_of(request)).filter(pk=workshop_id))
    return _told(request, [get_object_or_404(visible)])[0]


@router.post("/{workshop_id}/answer", response=AnswerOut, auth=person_auth("workshops"))
def answer(request: PersonRequest, workshop_id: UUID, given: AnswerIn) -> AnswerOut:
    """Say whether one comes. The same answer again changes nothing and answers the same."""
    found = get_object_or_404(Workshop.objects.open_to(request.user), pk=workshop_id)
    return _answer(actions.answer(found, given.answer, by=request.user))


def _told(request: HttpRequest, workshops: "Iterable[Counted]") -> list[dict[str, object]]:
    workshops = list(workshops)
    person = person_of(request)
    answers = answers_of(person, workshops)
    joined = set(
        Workshop.objects.open_to(person).filter(pk__in=[one.pk for one in workshops]).values_list("pk", flat=True)
    )
    return [_one(workshop, answers.get(workshop.pk), takes_part=workshop.pk in joined) for workshop in workshops]


def _one(workshop: "Counted", rsvp: Rsvp | None, *, takes_part: bool) -> dict[str, object]:
    names = ("id", "number", "state", "mode", "date", "starts", "ends", "begins", "finishes", "venue", "address")
    return {
        **{name: getattr(workshop, name) for name in names},
        "title": workshop.title.to_dict(),
        "time_zone": workshop.programme.time_zone,
        "seats": workshop.room_seats if workshop.has_room else 0,
        "free_seats": free_seats(workshop),
        "url": settings.BASE_URL + workshop.get_absolute_url(),
        "ics_url": settings.BASE_URL + reverse("calendar:workshop", args=[workshop.pk]),
        "remote_link": workshop.remote_link if takes_part else None,
        "my_answer": _answer(rsvp) if rsvp else None,
    }


def _answer(rsvp: Rsvp) -> AnswerOut:
    return AnswerOut(answer=rsvp.answer, state=rsvp.state, place=place_in_queue(rsvp))
