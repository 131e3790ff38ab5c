import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.applications import actions as applications
from rihma.applications.models import Application
from rihma.base.refused import Refused
from rihma.history.models import Event
from rihma.mergers import actions
from rihma.mergers.models import Merger
from rihma.notices.models import Message
from rihma.selection.queries import rows
from rihma.teams import actions as teams
from rihma.teams.models import Member, Team
from rihma.webhooks import actions as webhooks
from rihma.webhooks.models import Occurrence
from tests.conftest import Cast

type ClientOf = Callable[[Person | None], Client]


def test_nothing_happens_with_one_yes(merger: Merger, cast: Cast) -> None:
    merger = actions.agree(merger, by=cast["convener"])
    assert merger.is_open
    assert Application.objects.get(pk=merger.goes_id).state == "submitted"
    assert merger.goes.team.members.count() == 1


def test_with_both_the_teams_are_one_and_both_histories_stay(merger: Merger, cast: Cast) -> None:
    invited = teams.invite(merger.goes.team, cast["member"].email, by=cast["other_convener"])
    teams.join(invited, by=cast["member"])
    actions.agree(merger, by=cast["other_convener"])
    merger = actions.agree(merger, by=cast["convener"])
    places = {place.person: place.role for place in merger.stays.team.members.filter(state=Member.State.CONFIRMED)}
    assert places == {
        cast["convener"]: Member.Role.CONVENER,
        cast["other_convener"]: Member.Role.DEPUTY,
        cast["member"]: Member.Role.MEMBER,
    }
    gone = Application.objects.select_related("team").get(pk=merger.goes_id)
    assert (gone.state, gone.team.state) == ("merged", Team.State.MERGED)
    assert gone.arrived.content["answers"] == {"problem": "It is hard."}
    for application in (merger.stays, merger.goes):
        verbs = set(Event.objects.filter(thread=application.team_id).values_list("verb", flat=True))
        assert {"submitted", "proposed", "agreed", "carried_out"} <= verbs
    assert [row.application for row in rows(merger.call.last_intake)] == [merger.stays_id]
    told = Message.objects.filter(kind="mergers/notices/agreed")
    assert {message.to for message in told} == {cast["convener"], cast["other_convener"], cast["member"]}


def test_program_elsewhere_hears_of_it_once_both_have_agreed(merger: Merger, cast: Cast) -> None:
    webhooks.add(
        merger.call.programme_id, address="https://hooks.example.org/", types=["application.merged"], by=cast["owner"]
    )
    actions.agree(merger, by=cast["convener"])
    assert Occurrence.objects.count() == 0
    actions.agree(merger, by=cast["other_convener"])
    said = json.loads(Occurrence.objects.get().body)
    assert said["data"] == {
        "programme": str(merger.call.programme_id),
        "call": str(merger.call_id),
        "application": str(merger.goes_id),
        "into": str(merger.stays_id),
    }


def test_somebody_with_a_place_in_both_teams_has_one_afterwards(merger: Merger, cast: Cast) -> None:
    for application, convener in ((merger.stays, "convener"), (merger.goes, "other_convener")):
        teams.join(teams.invite(application.team, cast["member"].email, by=cast[convener]), by=cast["member"])
    actions.agree(merger, by=cast["convener"])
    actions.agree(merger, by=cast["other_convener"])
    assert merger.stays.team.members.filter(person=cast["member"]).count() == 1


def test_one_no_ends_it_and_both_go_on(merger: Merger, cast: Cast, client_of: ClientOf) -> None:
    actions.agree(merger, by=cast["convener"])
    other = client_of(cast["other_convener"])
    answer = other.post(reverse("mergers:decline", args=[merger.pk]), {"words": "We ask about boats."}, follow=True)
    assert "A convener said no" in answer.text
    with pytest.raises(Refused):
        actions.agree(merger, by=cast["convener"])
    assert {row.application for row in rows(merger.call.last_intake)} == {merger.stays_id, merger.goes_id}
    told = Message.objects.filter(kind="mergers/notices/declined")
    assert {message.to for message in told} == {cast["owner"], cast["facilitator"], cast["convener"]}
    assert all("We ask about boats." in message.body for message in told)


@pytest.mark.parametrize("role", ["owner", "outsider", "member"])
def test_nobody_answers_for_a_convener(merger: Merger, cast: Cast, role: str) -> None:
    for answer in (actions.agree, actions.decline):
        with pytest.raises(Refused, match="Only the conveners"):
            answer(merger, by=cast[role])
    assert Merger.objects.get().is_open


def test_pages_of_a_team_that_went_into_another_still_open(merger: Merger, cast: Cast, client_of: ClientOf) -> None:
    for role in ("convener", "other_convener"):
        actions.agree(merger, by=cast[role])
    for role in ("other_convener", "owner"):
        for thing in (merger.goes.team, merger.goes, merger.stays.team):
            assert client_of(cast[role]).get(thing.get_absolute_url()).status_code == 200


def test_application_withdrawn_meanwhile_is_not_merged(merger: Merger, cast: Cast) -> None:
    actions.agree(merger, by=cast["convener"])
    applications.withdraw(merger.goes, by=cast["other_convener"])
    with pytest.raises(Refused, match="none of them withdrawn"):
        actions.agree(merger, by=cast["other_convener"])
    assert Application.objects.get(pk=merger.stays_id).team.members.count() == 1


def test_convener_reads_of_the_other_team_only_what_it_is_about(
    merger: Merger, cast: Cast, client_of: ClientOf
) -> None:
    page = client_of(cast["convener"]).get(merger.get_absolute_url()).text
    assert "Archipelago" in page
    assert "It is hard." not in page
    assert cast["other_convener"].email not in page
    assert client_of(cast["convener"]).get(merger.goes.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("role", ["outsider", "member", "juror", "mentor"])
def test_nobody_but_the_conveners_finds_it(merger: Merger, cast: Cast, client_of: ClientOf, role: str) -> None:
    for name, method in (("merger", "get"), ("agree", "post"), ("decline", "post"), ("take_back", "post")):
        client = client_of(cast[role])
        assert getattr(client, method)(reverse(f"mergers:{name}", args=[merger.pk])).status_code == 404


def test_page_of_the_application_leads_to_the_answer_and_later_to_what_it_became(
    merger: Merger, cast: Cast, client_of: ClientOf
) -> None:
    convener = client_of(cast["other_convener"])
    page = convener.get(merger.goes.get_absolute_url()).text
    assert merger.get_absolute_url() in page
    assert "Archipelago" not in client_of(cast["member"]).get("/en/").text
    for role in ("convener", "other_convener"):
        client_of(cast[role]).post(reverse("mergers:agree", args=[merger.pk]))
    page = convener.get(merger.goes.get_absolute_url()).text
    assert "this team became a part of" in page
    assert convener.get(merger.stays.get_absolute_url()).status_code == 200
