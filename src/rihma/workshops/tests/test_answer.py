import pytest
from django.test import Client

from rihma.base.refused import Refused
from rihma.history.models import Event
from rihma.notices.models import Message
from rihma.programmes.models import Programme, Role
from rihma.teams import actions as teams
from rihma.teams.models import Member, Team
from rihma.workshops import actions
from rihma.workshops.models import Rsvp, Workshop
from rihma.workshops.queries import place_in_queue, seating_of
from rihma.workshops.tests.conftest import ClientOf, crowd
from tests.conftest import Cast


@pytest.fixture
def one_seat(workshop: Workshop, team: Team, other_team: Team, cast: Cast) -> Workshop:
    """Two teams and a single, spare seat."""
    return actions.edit(workshop, seats=1, by=cast["owner"])


def standing(workshop: Workshop) -> dict[str, str]:
    return {rsvp.person.name: rsvp.standing for rsvp in workshop.rsvps.select_related("person")}


def told(kind: str) -> list[str]:
    return [message.to.name for message in Message.objects.filter(kind=f"workshops/notices/{kind}") if message.to]


def test_member_answers_for_a_seat_of_their_team(workshop: Workshop, team: Team, cast: Cast) -> None:
    rsvp = actions.answer(workshop, "in_room", by=cast["member"])
    assert (rsvp.answer, rsvp.state, rsvp.team, rsvp.arrival) == ("in_room", "confirmed", team, 1)
    assert seating_of(workshop).free == 29


def test_the_same_answer_twice_is_one_answer(workshop: Workshop, team: Team, cast: Cast) -> None:
    """R15 in small: a double click, or a retry of a lost reply."""
    first = actions.answer(workshop, "in_room", by=cast["member"])
    again = actions.answer(workshop, "in_room", by=cast["member"])
    assert (again.pk, again.arrival, again.answered_at) == (first.pk, first.arrival, first.answered_at)
    assert Event.objects.filter(verb="answered").count() == 1


def test_whoever_finds_no_seat_waits_in_the_order_of_arrival(one_seat: Workshop, cast: Cast) -> None:
    people = [cast[role] for role in ("member", "other_convener", "mentor", "convener")]
    answers = [actions.answer(one_seat, "in_room", by=person) for person in people]
    assert [answer.state for answer in answers] == ["confirmed", "waiting", "waiting", "waiting"]
    assert [place_in_queue(answer) for answer in answers] == [0, 1, 2, 3]


def test_asking_again_keeps_the_place_in_the_queue(one_seat: Workshop, cast: Cast) -> None:
    actions.answer(one_seat, "in_room", by=cast["member"])
    waiting = actions.answer(one_seat, "in_room", by=cast["convener"])
    actions.answer(one_seat, "in_room", by=cast["mentor"])
    again = actions.answer(one_seat, "in_room", by=cast["convener"])
    assert (place_in_queue(again), again.arrival) == (1, waiting.arrival)


@pytest.mark.req("R14")
def test_given_up_seat_goes_to_the_first_in_the_queue_who_gets_one_mail(one_seat: Workshop, cast: Cast) -> None:
    for role in ("member", "convener", "mentor"):
        actions.answer(one_seat, "in_room", by=cast[role])
    for _twice in range(2):
        actions.answer(one_seat, "not_coming", by=cast["member"])
    assert standing(one_seat) == {
        cast["member"].name: "not_coming",
        cast["convener"].name: "confirmed",
        cast["mentor"].name: "waiting",
    }
    assert told("seat") == [cast["convener"].name]


def test_who_waits_again_later_is_told_again(one_seat: Workshop, cast: Cast) -> None:
    actions.answer(one_seat, "in_room", by=cast["member"])
    actions.answer(one_seat, "in_room", by=cast["convener"])
    actions.answer(one_seat, "remote", by=cast["member"])
    actions.answer(one_seat, "remote", by=cast["convener"])
    actions.answer(one_seat, "in_room", by=cast["member"])
    actions.answer(one_seat, "in_room", by=cast["convener"])
    actions.answer(one_seat, "not_coming", by=cast["member"])
    assert told("seat") == [cast["convener"].name, cast["convener"].name]


def test_remote_places_have_no_end(one_seat: Workshop, cast: Cast) -> None:
    for role in ("member", "convener", "other_convener", "mentor"):
        assert actions.answer(one_seat, "remote", by=cast[role]).state == "confirmed"


def test_seats_held_for_a_team_are_not_given_to_others(
    workshop: Workshop, team: Team, other_team: Team, cast: Cast
) -> None:
    actions.edit(workshop, seats=4, by=cast["owner"])
    people = [cast["convener"], cast["member"], *crowd(team, 2, by=cast["convener"])]
    assert [actions.answer(workshop, "in_room", by=person).state for person in people] == [
        "confirmed",
        "confirmed",
        "waiting",
        "waiting",
    ]
    assert actions.answer(workshop, "in_room", by=cast["mentor"]).state == "waiting"
    assert actions.answer(workshop, "in_room", by=cast["other_convener"]).state == "confirmed"


def test_team_seat_that_is_freed_goes_to_the_same_team(
    workshop: Workshop, team: Team, other_team: Team, cast: Cast
) -> None:
    actions.edit(workshop, seats=2, by=cast["owner"])
    for role in ("other_convener", "convener", "mentor", "member"):
        actions.answer(workshop, "in_room", by=cast[role])
    actions.answer(workshop, "remote", by=cast["convener"])
    assert standing(workshop)[cast["mentor"].name] == "waiting"
    assert told("seat") == [cast["member"].name]


def test_more_seats_are_given_to_those_who_wait(one_seat: Workshop, cast: Cast) -> None:
    for role in ("member", "mentor", "facilitator", "convener"):
        actions.answer(one_seat, "in_room", by=cast[role])
    actions.edit(one_seat, seats=5, by=cast["owner"])
    assert set(told("seat")) == {cast["mentor"].name, cast["convener"].name}


def test_fewer_seats_make_nobody_stand_up(workshop: Workshop, team: Team, cast: Cast) -> None:
    for role in ("convener", "member"):
        actions.answer(workshop, "in_room", by=cast[role])
    actions.edit(workshop, seats=1, by=cast["owner"])
    assert set(standing(workshop).values()) == {"confirmed"}


def test_mentors_and_organisers_count_in_the_room_without_a_team_seat(
    workshop: Workshop, team: Team, cast: Cast
) -> None:
    for role in ("owner", "facilitator", "mentor"):
        assert actions.answer(workshop, "in_room", by=cast[role]).team is None
    assert len(seating_of(workshop).seated) == 0 + 3 * (seating_of(workshop).spare > 0)


def test_member_who_leaves_the_team_leaves_the_seat_to_the_next(one_seat: Workshop, team: Team, cast: Cast) -> None:
    actions.answer(one_seat, "in_room", by=cast["member"])
    actions.answer(one_seat, "in_room", by=cast["mentor"])
    teams.leave(Member.objects.get(team=team, person=cast["member"]), by=cast["member"])
    late = actions.answer(one_seat, "in_room", by=cast["other_convener"])
    assert (late.state, told("seat")) == ("waiting", [cast["mentor"].name])


def test_mentor_whose_role_has_ended_no_longer_takes_a_seat(one_seat: Workshop, cast: Cast) -> None:
    actions.answer(one_seat, "in_room", by=cast["mentor"])
    Role.objects.filter(person=cast["mentor"]).update(ended_at=one_seat.changed_at)
    assert seating_of(one_seat).free == 1


@pytest.mark.parametrize("role", ["juror", "expert", "outsider"])
def test_who_takes_no_part_in_the_programme_cannot_answer(
    workshop: Workshop, team: Team, cast: Cast, client_of: ClientOf, role: str
) -> None:
    with pytest.raises(Refused, match="Only those who take part"):
        actions.answer(workshop, "in_room", by=cast[role])
    response = client_of(cast[role]).post(f"/en/workshops/{workshop.pk}/answer/", {"answer": "in_room"})
    assert response.status_code == 404


def test_member_of_a_team_that_was_not_admitted_cannot_answer(
    workshop: Workshop, programme: Programme, cast: Cast
) -> None:
    teams.form(programme, by=cast["expert"])
    with pytest.raises(Refused, match="Only those who take part"):
        actions.answer(workshop, "remote", by=cast["expert"])


def test_answer_on_the_page_works_without_script(
    workshop: Workshop, team: Team, cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast["member"])
    response = client.post(f"/en/workshops/{workshop.pk}/answer/", {"answer": "remote"})
    assert (response.status_code, response.headers["Location"]) == (302, workshop.get_absolute_url())
    page = client.get(workshop.get_absolute_url())
    assert page.context["asked"].rsvp.answer == "remote"


@pytest.mark.parametrize(("part", "heading"), [("page", True), ("", False)])
def test_answer_by_htmx_gets_back_the_part_it_stands_in(
    workshop: Workshop, team: Team, cast: Cast, client_of: ClientOf, part: str, heading: bool
) -> None:
    response = client_of(cast["member"]).post(
        f"/en/workshops/{workshop.pk}/answer/", {"answer": "in_room", "part": part}, headers={"HX-Request": "true"}
    )
    text = response.content.decode()
    assert response.status_code == 200
    assert "You have a seat in the room." in text
    assert ("Who is coming" in text) == heading
    assert "<html" not in text


def test_answer_of_no_known_kind_is_refused(workshop: Workshop, team: Team, cast: Cast, client_of: ClientOf) -> None:
    response = client_of(cast["member"]).post(f"/en/workshops/{workshop.pk}/answer/", {"answer": "perhaps"})
    assert response.status_code == 409
    assert not Rsvp.objects.exists()


def test_stranger_who_answers_is_led_to_sign_in(workshop: Workshop, client: Client) -> None:
    response = client.post(f"/en/workshops/{workshop.pk}/answer/", {"answer": "in_room"})
    assert response.status_code == 302
    assert not Rsvp.objects.exists()
