from datetime import timedelta

import pytest
from django.test import Client

from rihma.base import clock
from rihma.notices.models import Message
from rihma.teams import actions as teams
from rihma.teams.models import Member, Team
from rihma.workshops import actions
from rihma.workshops.links import answer_token, feed_token
from rihma.workshops.models import Rsvp, Workshop
from rihma.workshops.tests.conftest import ClientOf
from tests.conftest import Cast


@pytest.fixture
def address(workshop: Workshop, team: Team, cast: Cast) -> str:
    return f"/en/workshops/answer/{answer_token(workshop, cast['member'])}/"


def test_link_in_the_mail_answers_without_signing_in(address: str, workshop: Workshop, cast: Cast) -> None:
    client = Client()
    response = client.post(address, {"answer": "in_room"}, follow=True)
    rsvp = workshop.rsvps.get()
    assert (rsvp.person, rsvp.answer, rsvp.state) == (cast["member"], "in_room", "confirmed")
    assert response.redirect_chain == [(address, 302)]
    assert "_auth_user_id" not in client.session


def test_opening_the_link_answers_nothing(address: str, client: Client) -> None:
    for method in (client.get, client.head):
        response = method(address)
        assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
    assert not Rsvp.objects.exists()


def test_mail_that_asks_holds_the_link_in_the_reader_s_language(workshop: Workshop, team: Team, cast: Cast) -> None:
    assert actions.ask(workshop, by=cast["facilitator"]) == 2
    mail = Message.objects.get(kind="workshops/notices/asked", to=cast["member"])
    token = answer_token(workshop, cast["member"])
    assert mail.language == "fi"
    assert f"http://testserver/fi/workshops/answer/{token}/" in mail.body.split("\n")


def test_asking_twice_a_day_sends_one_mail_each(workshop: Workshop, team: Team, cast: Cast) -> None:
    actions.answer(workshop, "remote", by=cast["convener"])
    for _twice in range(2):
        actions.ask(workshop, by=cast["facilitator"])
    assert [str(mail.to) for mail in Message.objects.filter(kind="workshops/notices/asked")] == [cast["member"].name]


@pytest.mark.req("S9")
def test_link_ends_when_the_workshop_begins(address: str, workshop: Workshop, client: Client) -> None:
    for seconds, status in [(-1, 302), (0, 410), (1, 410)]:
        with clock.at(workshop.begins + timedelta(seconds=seconds)):
            answer = "remote" if seconds < 0 else "not_coming"
            assert client.post(address, {"answer": answer}).status_code == status
    assert workshop.rsvps.get().answer == "remote"


@pytest.mark.req("S9")
def test_link_to_a_cancelled_workshop_says_so(address: str, workshop: Workshop, cast: Cast, client: Client) -> None:
    actions.cancel(workshop, by=cast["owner"])
    assert client.post(address, {"answer": "remote"}).status_code == 410


@pytest.mark.req("S9")
def test_link_dies_with_the_place_in_the_team(address: str, team: Team, cast: Cast, client: Client) -> None:
    teams.leave(Member.objects.get(team=team, person=cast["member"]), by=cast["convener"])
    assert client.get(address).status_code == 404


@pytest.mark.req("S9")
def test_link_of_a_person_who_was_shut_out_is_dead(address: str, cast: Cast, client: Client) -> None:
    cast["member"].is_active = False
    cast["member"].save()
    assert client.post(address, {"answer": "remote"}).status_code == 404


@pytest.mark.req("S9")
def test_changed_or_borrowed_token_finds_nothing(workshop: Workshop, team: Team, cast: Cast, client: Client) -> None:
    token = answer_token(workshop, cast["member"])
    other = answer_token(workshop, cast["convener"])
    swapped = f"{other.partition('~')[0]}~{token.partition('~')[2]}"
    feed = feed_token(actions.feed_of(cast["member"]))
    for wrong in (token[:-1], token + "A", swapped, feed, "x", "~", "a.b~c"):
        assert client.get(f"/en/workshops/answer/{wrong}/").status_code == 404


def test_the_link_answers_for_its_person_whoever_has_signed_in(
    address: str, workshop: Workshop, cast: Cast, client_of: ClientOf
) -> None:
    client_of(cast["outsider"]).post(address, {"answer": "remote"})
    assert workshop.rsvps.get().person == cast["member"]


def test_page_of_the_link_shows_no_remote_address_and_no_names_of_others(
    address: str, workshop: Workshop, cast: Cast, client: Client
) -> None:
    actions.answer(workshop, "remote", by=cast["convener"])
    text = client.get(address).content.decode()
    assert workshop.remote_link not in text
    assert cast["convener"].name not in text
    assert cast["member"].name in text
