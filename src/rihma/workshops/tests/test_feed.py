from datetime import time, timedelta

import pytest
from django.test import Client
from icalendar import Calendar, Event

from rihma.base import clock
from rihma.base.words import Words
from rihma.programmes.models import Programme, Role
from rihma.teams import actions as teams
from rihma.teams.models import Member, Team
from rihma.workshops import actions
from rihma.workshops.links import answer_token, feed_token
from rihma.workshops.models import Feed, Workshop
from rihma.workshops.tests.conftest import ClientOf
from tests.conftest import Cast


def events(client: Client, address: str) -> list[Event]:
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    book = Calendar.from_ical(response.content)
    assert isinstance(book, Calendar)
    return [found for found in book.walk("VEVENT") if isinstance(found, Event)]


@pytest.fixture
def address(workshop: Workshop, team: Team, cast: Cast) -> str:
    return f"/calendar/{feed_token(actions.feed_of(cast['member']))}.ics"


def test_anybody_may_put_a_public_workshop_in_their_calendar(workshop: Workshop, client: Client) -> None:
    (found,) = events(client, f"/workshops/{workshop.pk}.ics?lang=sv")
    assert (found["summary"], found["location"]) == ("Öppning – Vårens program", "Pajasali, Kokeilukatu 5")
    assert (found.start, found.end) == (workshop.begins, workshop.finishes)
    assert workshop.remote_link not in found["description"]


def test_calendar_speaks_the_language_it_is_asked_for(workshop: Workshop, address: str, client: Client) -> None:
    for query, title in [
        ("", "Avaus – Kevään ohjelma"),
        ("?lang=en", "Kick-off – Spring programme"),
        ("?lang=xx", "Avaus – Kevään ohjelma"),
    ]:
        for place in (address, f"/workshops/{workshop.pk}.ics"):
            assert events(client, place + query)[0]["summary"] == title


@pytest.mark.req("S2")
def test_workshop_of_a_draft_has_no_calendar(
    workshop: Workshop, programme: Programme, address: str, client: Client
) -> None:
    programme.state = Programme.State.DRAFT
    programme.save()
    for place in (f"/workshops/{workshop.pk}.ics", f"/programmes/{programme.slug}/workshops.ics"):
        assert client.get(place).status_code == 404
    assert events(client, address) == []


def test_programme_s_calendar_holds_all_its_workshops(
    workshop: Workshop, programme: Programme, cast: Cast, client: Client
) -> None:
    actions.plan(
        programme, date=workshop.date + timedelta(days=7), starts=time(9), ends=time(12), venue="Lab", by=cast["owner"]
    )
    found = events(client, f"/programmes/{programme.slug}/workshops.ics")
    assert [event["summary"] for event in found] == ["Avaus – Kevään ohjelma", "Tapaaminen 2 – Kevään ohjelma"]


def test_moved_workshop_moves_in_the_calendar_under_the_same_name(
    workshop: Workshop, address: str, cast: Cast, client: Client
) -> None:
    (before,) = events(client, address)
    with clock.at(workshop.changed_at + timedelta(hours=1)):
        moved = actions.move(
            workshop, date=workshop.date + timedelta(days=1), starts=time(12), ends=time(16), by=cast["owner"]
        )
    (after,) = events(client, address)
    (public,) = events(client, f"/workshops/{workshop.pk}.ics")
    assert before["uid"] == after["uid"] == public["uid"] == f"{workshop.pk}@rihma"
    assert (before["sequence"], after["sequence"], after.start) == (0, 1, moved.begins)
    assert after["last-modified"].dt - before["last-modified"].dt == timedelta(hours=1)


def test_cancelled_workshop_stays_in_the_calendar_as_cancelled(
    workshop: Workshop, address: str, cast: Cast, client: Client
) -> None:
    actions.cancel(workshop, because="The room is flooded.", by=cast["owner"])
    (found,) = events(client, f"{address}?lang=en")
    assert (found["status"], found["sequence"]) == ("CANCELLED", 1)
    assert found["summary"] == "Cancelled: Kick-off – Spring programme"


def test_own_calendar_shows_the_link_and_the_own_answer(
    workshop: Workshop, address: str, cast: Cast, client: Client
) -> None:
    (found,) = events(client, f"{address}?lang=en")
    assert found["description"].split("\n\n")[:1] == ["My answer: not answered yet"]
    assert f"Take part remotely: {workshop.remote_link}" in found["description"].split("\n\n")
    actions.answer(workshop, "not_coming", by=cast["member"])
    (found,) = events(client, f"{address}?lang=en")
    assert found["description"].split("\n\n")[:1] == ["My answer: I cannot come"]
    assert found["transp"] == "TRANSPARENT"


@pytest.mark.req("S9")
def test_own_calendar_holds_nothing_of_anybody_else(
    workshop: Workshop, address: str, cast: Cast, client: Client
) -> None:
    for role in ("convener", "mentor"):
        actions.answer(workshop, "in_room", by=cast[role])
    text = client.get(address).content.decode()
    assert [word for person in cast.values() for word in (person.name, person.email) if word in text] == []


@pytest.mark.req("S9")
def test_renewed_address_works_and_the_old_one_is_dead(address: str, cast: Cast, client_of: ClientOf) -> None:
    member = client_of(cast["member"])
    assert member.post("/en/workshops/subscribe/renew/").status_code == 302
    page = member.get("/en/workshops/subscribe/")
    new = page.context["address"].removeprefix("http://testserver")
    assert new != address
    assert (Client().get(address).status_code, Client().get(new).status_code) == (404, 200)


@pytest.mark.req("S9")
def test_changed_borrowed_or_invented_address_finds_nothing(
    workshop: Workshop, address: str, cast: Cast, client: Client
) -> None:
    token = address.removeprefix("/calendar/").removesuffix(".ics")
    convener = feed_token(actions.feed_of(cast["convener"]))
    swapped = f"{convener.partition('~')[0]}~{token.partition('~')[2]}"
    for wrong in (token[:-1], token + "A", swapped, answer_token(workshop, cast["member"]), "x", "~", "a.b~c"):
        assert client.get(f"/calendar/{wrong}.ics").status_code == 404


@pytest.mark.req("S9")
def test_database_holds_no_secret_of_the_address(address: str) -> None:
    signature = address.partition("~")[2].removesuffix(".ics")
    assert len(signature) >= 43  # 256 bits
    assert [
        str(value)
        for value in Feed.objects.values_list("person", "version", "renewed_at").get()
        if signature in str(value)
    ] == []


@pytest.mark.req("S9")
def test_who_loses_their_place_or_their_role_loses_the_workshops(
    workshop: Workshop, address: str, team: Team, cast: Cast, client: Client
) -> None:
    mentor = f"/calendar/{feed_token(actions.feed_of(cast['mentor']))}.ics"
    assert (len(events(client, address)), len(events(client, mentor))) == (1, 1)
    teams.leave(Member.objects.get(team=team, person=cast["member"]), by=cast["convener"])
    Role.objects.filter(person=cast["mentor"]).update(ended_at=workshop.changed_at)
    assert (events(client, address), events(client, mentor)) == ([], [])


@pytest.mark.req("S9")
def test_address_of_a_person_who_was_shut_out_is_dead(address: str, cast: Cast, client: Client) -> None:
    cast["member"].is_active = False
    cast["member"].save()
    assert client.get(address).status_code == 404


def test_outsider_s_calendar_is_empty(workshop: Workshop, cast: Cast, client: Client) -> None:
    assert events(client, f"/calendar/{feed_token(actions.feed_of(cast['outsider']))}.ics") == []


@pytest.mark.parametrize("own", [True, False])
def test_unchanged_calendar_is_not_sent_again(
    workshop: Workshop, address: str, cast: Cast, client: Client, *, own: bool
) -> None:
    place = address if own else f"/workshops/{workshop.pk}.ics"
    first = client.get(place)
    again = client.get(place, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    actions.move(workshop, venue="Verstas", by=cast["owner"])
    assert client.get(place, headers={"if-none-match": first.headers["ETag"]}).status_code == 200


def test_shared_caches_keep_no_personal_calendar(workshop: Workshop, address: str, client: Client) -> None:
    own, public = client.get(address), client.get(f"/workshops/{workshop.pk}.ics")
    assert own.headers["Cache-Control"] == "private, no-cache"
    assert public.headers["Cache-Control"] == "public, max-age=300"
    assert (
        client.get(address, headers={"if-none-match": own.headers["ETag"]}).headers["Cache-Control"]
        == own.headers["Cache-Control"]
    )


def test_text_of_people_cannot_forge_calendar_lines(workshop: Workshop, cast: Cast, client: Client) -> None:
    evil = 'Map, ”pens”; "x"\r\nATTENDEE:mailto:evil@example.org\nEND:VEVENT'
    actions.edit(workshop, bring=Words(fi=evil), by=cast["owner"])
    (found,) = events(client, f"/workshops/{workshop.pk}.ics")
    assert found["description"].split("\n\n")[0] == f"Tuo mukanasi: {evil}".replace("\r\n", "\n")
    assert "attendee" not in found


def test_who_subscribes_gets_the_address_in_every_calendar_s_way(address: str, cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast["member"]).get("/en/workshops/subscribe/").context
    assert page["address"] == f"http://testserver{address}"
    assert page["webcal"] == f"webcal://testserver{address}"
    assert page["google"].startswith("https://calendar.google.com/calendar/r?cid=webcal")
