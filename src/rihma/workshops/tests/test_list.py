from datetime import time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.programmes.models import Programme
from rihma.teams.models import Team
from rihma.workshops import actions
from rihma.workshops.models import Workshop
from rihma.workshops.tests.conftest import ClientOf, crowd
from tests.conftest import Cast


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def add(workshop: Workshop, count: int, *, by: Person) -> None:
    for days in range(1, count + 1):
        actions.plan(
            workshop.programme,
            date=workshop.date + timedelta(days=days),
            starts=time(9),
            ends=time(12),
            mode="hybrid",
            venue="Lab",
            by=by,
        )


@pytest.mark.parametrize("role", ["member", "facilitator", None])
def test_list_costs_the_same_with_one_workshop_and_with_three(
    workshop: Workshop, programme: Programme, team: Team, cast: Cast, client_of: ClientOf, role: str | None
) -> None:
    client = client_of(cast[role] if role else None)
    address = f"/en/programmes/{programme.slug}/workshops/"
    actions.answer(workshop, "in_room", by=cast["member"])
    client.get(address)
    once = queries(client, address)
    add(workshop, 2, by=cast["owner"])
    for one in programme.workshops.all():
        actions.answer(one, "remote", by=cast["member"])
    assert (queries(client, address), once <= 12) == (once, True)


def test_page_costs_the_same_with_few_and_many_people(
    workshop: Workshop, team: Team, cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast["member"])
    actions.answer(workshop, "in_room", by=cast["member"])
    client.get(workshop.get_absolute_url())
    once = queries(client, workshop.get_absolute_url())
    for person in crowd(team, 3, by=cast["convener"]):
        actions.answer(workshop, "in_room", by=person)
    assert (queries(client, workshop.get_absolute_url()), once <= 15) == (once, True)


def test_list_tells_what_is_ahead_and_what_was_held(
    workshop: Workshop, programme: Programme, cast: Cast, client_of: ClientOf
) -> None:
    add(workshop, 1, by=cast["owner"])
    with clock.at(workshop.finishes):
        context = client_of(None).get(f"/en/programmes/{programme.slug}/workshops/").context
    assert [row[0].number for row in context["held"]] == [1]
    assert [row[0].number for row in context["ahead"]] == [2]


def test_empty_list_says_that_dates_will_come(programme: Programme, client: Client) -> None:
    assert "No workshops yet" in client.get(f"/en/programmes/{programme.slug}/workshops/").content.decode()


@pytest.mark.req("S2")
@pytest.mark.parametrize("role", [None, "outsider", "member"])
def test_workshops_of_a_draft_are_not_found(
    workshop: Workshop, programme: Programme, cast: Cast, client_of: ClientOf, role: str | None
) -> None:
    programme.state = Programme.State.DRAFT
    programme.save()
    client = client_of(cast[role] if role else None)
    for address in (f"/en/programmes/{programme.slug}/workshops/", workshop.get_absolute_url()):
        assert client.get(address).status_code == 404
    assert client_of(cast["facilitator"]).get(workshop.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("role", "link", "names"),
    [(None, False, False), ("outsider", False, False), ("convener", True, True), ("mentor", True, True)],
)
def test_link_and_names_are_for_those_who_take_part(
    workshop: Workshop, team: Team, cast: Cast, client_of: ClientOf, role: str | None, *, link: bool, names: bool
) -> None:
    actions.answer(workshop, "in_room", by=cast["member"])
    text = client_of(cast[role] if role else None).get(workshop.get_absolute_url()).content.decode()
    assert (workshop.remote_link in text, cast["member"].name in text) == (link, names)
    assert "Debt advisers" in text


def test_facilitator_sees_answers_team_by_team(
    workshop: Workshop, team: Team, other_team: Team, cast: Cast, client_of: ClientOf
) -> None:
    actions.answer(workshop, "in_room", by=cast["member"])
    actions.answer(workshop, "remote", by=cast["mentor"])
    parties = client_of(cast["facilitator"]).get(f"/en/workshops/{workshop.pk}/answers/").context["parties"]
    assert [
        (str(party.team), len(party.in_room), len(party.remote), [person.name for person in party.unanswered])
        for party in parties
    ] == [
        ("Debt advisers", 1, 0, [cast["convener"].name]),
        ("Village shops", 0, 0, [cast["other_convener"].name]),
        ("None", 0, 1, []),
    ]


@pytest.mark.req("S14")
def test_script_in_a_title_is_shown_as_text(workshop: Workshop, cast: Cast, client: Client) -> None:
    workshop.venue = "<script>alert(1)</script>"
    workshop.save()
    assert "<script>alert" not in client.get(workshop.get_absolute_url()).content.decode()
