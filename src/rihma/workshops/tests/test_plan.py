from datetime import date, time

import pytest
from django.test import Client

from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.history.models import Event
from rihma.notices.models import Message
from rihma.programmes.models import Programme
from rihma.workshops import actions
from rihma.workshops.models import Workshop
from rihma.workshops.tests.conftest import ClientOf
from tests.conftest import Cast
from tests.stale import seen_on

FORM = {
    "title_fi": "Aloitus",
    "title_sv": "Start",
    "title_en": "Start",
    "number": "1",
    "date": "2027-01-27",
    "starts": "09:00",
    "ends": "13:00",
    "mode": "room",
    "venue": "Pajasali",
}


def test_facilitator_plans_a_workshop(programme: Programme, cast: Cast, client_of: ClientOf) -> None:
    response = client_of(cast["facilitator"]).post(f"/en/programmes/{programme.slug}/workshops/plan/", FORM)
    planned = programme.workshops.get()
    assert (response.status_code, response.headers["Location"]) == (302, planned.get_absolute_url())
    assert (planned.date, planned.starts, planned.ends, planned.room_seats) == (
        date(2027, 1, 27),
        time(9),
        time(13),
        30,
    )
    assert (planned.state, planned.sequence) == (Workshop.State.PLANNED, 0)


def test_planning_is_recorded_and_tells_nobody(programme: Programme, workshop: Workshop, cast: Cast) -> None:
    assert Event.objects.filter(area="workshops").values_list("verb", "data", "by__email").get() == (
        "planned",
        {"number": 1},
        cast["facilitator"].email,
    )
    assert not Message.objects.filter(kind__startswith="workshops/").exists()


@pytest.mark.req("R16")
@pytest.mark.parametrize(
    ("change", "error"),
    [
        (
            {"date": "2027-03-28", "starts": "03:30"},
            "The clock skips this time when summer time begins. Choose a time at least an hour earlier or later.",
        ),
        (
            {"date": "2027-10-31", "starts": "03:30"},
            "The clock shows this time twice when summer time ends. Choose a time at least an hour earlier or later.",
        ),
        ({"ends": "09:00"}, "The workshop ends before it begins. Give a later end."),
        ({"venue": ""}, "Give the room, so that people know where to come."),
        ({"mode": "remote"}, "Give the link, so that people can take part remotely."),
    ],
)
def test_impossible_plan_is_refused_beside_its_field_and_keeps_what_was_typed(
    programme: Programme, cast: Cast, client_of: ClientOf, change: dict[str, str], error: str
) -> None:
    response = client_of(cast["owner"]).post(f"/en/programmes/{programme.slug}/workshops/plan/", FORM | change)
    form = response.context["form"]
    assert response.status_code == 422
    assert [message for messages in form.errors.values() for message in messages] == [error]
    assert form["title"].value() == ["Aloitus", "Start", "Start"]
    assert not programme.workshops.exists()


def test_the_same_number_twice_is_refused(programme: Programme, workshop: Workshop, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.plan(
            programme, number=1, date=workshop.date, starts=time(9), ends=time(10), venue="Lab", by=cast["owner"]
        )
    assert (refused.value.code, refused.value.field) == ("number", "number")


def test_next_number_is_given_by_itself(programme: Programme, workshop: Workshop, cast: Cast) -> None:
    second = actions.plan(programme, date=workshop.date, starts=time(9), ends=time(10), venue="Lab", by=cast["owner"])
    assert (second.number, str(second)) == (2, "Workshop 2")


@pytest.mark.req("S2")
@pytest.mark.parametrize("role", ["convener", "mentor", "juror", "outsider"])
@pytest.mark.parametrize("verb", ["plan", "edit", "move", "cancel", "answers"])
def test_who_does_not_run_the_programme_finds_no_such_page(
    programme: Programme, workshop: Workshop, team: object, cast: Cast, client_of: ClientOf, role: str, verb: str
) -> None:
    base = f"/en/programmes/{programme.slug}/workshops" if verb == "plan" else f"/en/workshops/{workshop.pk}"
    assert client_of(cast[role]).get(f"{base}/{verb}/").status_code == 404


def test_stranger_is_led_to_sign_in_before_planning(programme: Programme, client: Client) -> None:
    response = client.get(f"/en/programmes/{programme.slug}/workshops/plan/")
    assert response.status_code == 302
    assert response.headers["Location"].endswith(f"?next=/en/programmes/{programme.slug}/workshops/plan/")


def test_edited_texts_are_kept_in_every_language(workshop: Workshop, cast: Cast, client_of: ClientOf) -> None:
    typed = {"title_fi": "Uusi", "title_sv": "Ny", "title_en": "New", "number": "3", "bring_fi": "Kynä", "seats": "12"}
    client, page = client_of(cast["facilitator"]), f"/en/workshops/{workshop.pk}/edit/"
    response = client.post(page, {**typed, "seen": seen_on(client, page)})
    workshop.refresh_from_db()
    assert response.status_code == 302
    assert (workshop.title, workshop.bring) == (Words(fi="Uusi", sv="Ny", en="New"), Words(fi="Kynä"))
    assert (workshop.number, workshop.room_seats, workshop.sequence) == (3, 12, 0)
