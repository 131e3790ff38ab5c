from datetime import time, timedelta

import pytest

from rihma.base import clock
from rihma.base.refused import Refused
from rihma.history.models import Event
from rihma.notices.models import Message
from rihma.teams.models import Team
from rihma.workshops import actions
from rihma.workshops.models import Workshop
from rihma.workshops.queries import seating_of
from rihma.workshops.tests.conftest import ClientOf
from tests.conftest import Cast


@pytest.fixture
def answered(workshop: Workshop, team: Team, other_team: Team, cast: Cast) -> Workshop:
    """The convener comes, the member takes part remotely, the other convener has not answered, the mentor cannot come."""
    actions.answer(workshop, "in_room", by=cast["convener"])
    actions.answer(workshop, "remote", by=cast["member"])
    actions.answer(workshop, "not_coming", by=cast["mentor"])
    return workshop


def told(kind: str = "moved") -> set[str]:
    return {str(message.to) for message in Message.objects.filter(kind=f"workshops/notices/{kind}")}


def test_moved_workshop_tells_everybody_concerned(answered: Workshop, cast: Cast) -> None:
    moved = actions.move(answered, date=answered.date + timedelta(days=1), by=cast["facilitator"])
    assert (moved.sequence, moved.date) == (1, answered.date + timedelta(days=1))
    assert told() == {cast[role].name for role in ("convener", "member", "other_convener")}
    assert Event.objects.get(verb="moved").data["after"] == moved.begins.isoformat()


def test_mail_says_old_and_new_in_the_reader_s_language(answered: Workshop, cast: Cast) -> None:
    before = answered.begins
    actions.move(answered, starts=time(10), ends=time(14, 30), venue="Verstas", by=cast["facilitator"])
    mail = Message.objects.get(kind="workshops/notices/moved", to=cast["other_convener"])
    lines = mail.body.split("\n")
    day = f"{before.day}.{before.month}.{before.year}"
    assert mail.subject == "Flyttad: Öppning – Vårens program"
    assert [line.partition(" ")[0] for line in lines if day in line] == ["Nu:", "Tidigare:"]
    assert [line.rpartition("kl. ")[2] for line in lines if day in line] == ["10–14.30", "9–13"]
    assert [line for line in lines if "Kokeilukatu" in line] == ["Verstas, Kokeilukatu 5", "Pajasali, Kokeilukatu 5"]


def test_the_same_move_twice_is_one_move(answered: Workshop, cast: Cast) -> None:
    for _twice in range(2):
        moved = actions.move(answered, venue="Verstas", by=cast["facilitator"])
    assert (moved.sequence, Message.objects.filter(kind="workshops/notices/moved").count()) == (1, 3)


def test_each_further_move_tells_again(answered: Workshop, cast: Cast) -> None:
    for venue in ("Verstas", "Pajasali"):
        moved = actions.move(answered, venue=venue, by=cast["facilitator"])
    assert (moved.sequence, Message.objects.filter(kind="workshops/notices/moved").count()) == (2, 6)


def test_turning_remote_frees_seats_and_keeps_who_comes(answered: Workshop, cast: Cast) -> None:
    """At seven in the morning the room is shut: one change does it all."""
    moved = actions.move(answered, mode=Workshop.Mode.REMOTE, by=cast["facilitator"])
    assert {rsvp.person.name: (rsvp.answer, rsvp.state) for rsvp in moved.rsvps.all()} == {
        cast["convener"].name: ("remote", "confirmed"),
        cast["member"].name: ("remote", "confirmed"),
        cast["mentor"].name: ("not_coming", "confirmed"),
    }
    assert seating_of(moved).seated == ()


def test_those_who_waited_for_a_seat_take_part_when_it_turns_remote(workshop: Workshop, team: Team, cast: Cast) -> None:
    actions.edit(workshop, seats=1, by=cast["owner"])
    for role in ("convener", "member"):
        actions.answer(workshop, "in_room", by=cast[role])
    moved = actions.move(workshop, mode=Workshop.Mode.REMOTE, by=cast["owner"])
    assert {(rsvp.answer, rsvp.state) for rsvp in moved.rsvps.all()} == {("remote", "confirmed")}
    assert told("seat") == set()


def test_who_meant_to_come_remotely_is_asked_again_when_that_ends(answered: Workshop, cast: Cast) -> None:
    moved = actions.move(answered, mode=Workshop.Mode.ROOM, by=cast["facilitator"])
    assert not moved.rsvps.filter(person=cast["member"]).exists()
    assert cast["member"].name in told()


@pytest.mark.req("R16")
def test_workshop_is_not_moved_into_an_hour_that_does_not_exist(answered: Workshop, cast: Cast) -> None:
    night = answered.date.replace(year=2027, month=3, day=28)
    with pytest.raises(Refused) as refused:
        actions.move(answered, date=night, starts=time(3, 15), by=cast["owner"])
    answered.refresh_from_db()
    assert (refused.value.code, answered.sequence) == ("time_skipped", 0)


def test_workshop_that_has_begun_is_not_moved(answered: Workshop, cast: Cast) -> None:
    with clock.at(answered.begins), pytest.raises(Refused, match="begun"):
        actions.move(answered, venue="Verstas", by=cast["owner"])


def test_move_page_says_how_many_are_told_and_moves(answered: Workshop, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["facilitator"])
    page = client.get(f"/en/workshops/{answered.pk}/move/")
    assert page.context["told"] == 3
    typed = {name: page.context["form"][name].value() for name in page.context["form"].fields}
    typed |= {"starts": "10:30", "ends": "14:00"}
    response = client.post(f"/en/workshops/{answered.pk}/move/", typed, follow=True)
    assert response.redirect_chain == [(answered.get_absolute_url(), 302)]
    answered.refresh_from_db()
    assert (answered.starts, answered.sequence) == (time(10, 30), 1)
    assert [str(message) for message in response.context["messages"]] == [
        "The workshop is moved. Everybody concerned is told, and calendars follow."
    ]
