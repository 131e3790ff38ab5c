from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.applications.times import set_times
from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.canvases.models import Canvas
from rihma.notices.models import Message
from rihma.selection import actions
from rihma.selection.models import Announcement, Decision
from rihma.teams.models import Team
from tests.conftest import Cast

Outcome = Decision.Outcome


def test_undecided_application_keeps_all_from_being_announced(three: list[Application], cast: Cast) -> None:
    actions.decide(three[0], Outcome.ACCEPTED, by=cast["owner"])
    with pytest.raises(Refused, match="2 applications still wait"):
        actions.announce(three[0].call.last_intake, by=cast["owner"])
    assert not Announcement.objects.exists()


def test_more_teams_than_places_need_a_recorded_reason(three: list[Application], cast: Cast) -> None:
    for application in three:
        actions.decide(application, Outcome.ACCEPTED, by=cast["owner"])
    with pytest.raises(Refused, match="more teams than places"):
        actions.announce(three[0].call.last_intake, by=cast["owner"])
    announcement = actions.announce(
        three[0].call.last_intake, because="All are ready, the room holds two each.", by=cast["owner"]
    )
    assert announcement.over_places_because == "All are ready, the room holds two each."
    assert Team.objects.admitted().count() == 3


def test_everybody_is_told_once_in_their_language(three: list[Application], cast: Cast) -> None:
    actions.decide(three[0], Outcome.ACCEPTED, by=cast["owner"])
    actions.decide(three[1], Outcome.RESERVE, reason="Kön är lång.", by=cast["owner"])
    actions.decide(three[2], Outcome.DECLINED, reason="Rajaus puuttuu.", by=cast["owner"])
    actions.announce(three[0].call.last_intake, by=cast["owner"])
    told = Message.objects.filter(kind__startswith="selection/").values_list("kind", "to__email", "language")
    assert sorted(told) == [
        ("selection/notices/accepted", cast["convener"].email, "fi"),
        ("selection/notices/declined", cast["member"].email, "fi"),
        ("selection/notices/reserve", cast["other_convener"].email, "sv"),
    ]
    with pytest.raises(Refused):
        actions.announce(three[0].call.last_intake, by=cast["owner"])
    assert Message.objects.filter(kind__startswith="selection/").count() == 3


def test_accepted_team_gets_its_canvases(three: list[Application], cast: Cast) -> None:
    actions.decide(three[0], Outcome.ACCEPTED, by=cast["owner"])
    for application in three[1:]:
        actions.decide(application, Outcome.DECLINED, reason="No.", by=cast["owner"])
    actions.announce(three[0].call.last_intake, by=cast["owner"])
    assert list(Canvas.objects.values_list("team", "kind")) == [(three[0].team_id, "assumption_map")]


def test_reserve_places_follow_the_order_of_arrival(three: list[Application], cast: Cast) -> None:
    for application in reversed(three):
        actions.decide(application, Outcome.RESERVE, reason="Full.", by=cast["owner"])
    actions.announce(three[0].call.last_intake, by=cast["owner"])
    bodies = {message.to_id: message.body for message in Message.objects.filter(kind="selection/notices/reserve")}
    assert "1" in bodies[cast["convener"].pk]
    assert "3" in bodies[cast["member"].pk]


def test_reserve_that_is_taken_in_later_is_told_at_once(three: list[Application], cast: Cast) -> None:
    for application in three:
        actions.decide(application, Outcome.RESERVE, reason="Full.", by=cast["owner"])
    actions.announce(three[0].call.last_intake, by=cast["owner"])
    actions.decide(three[1], Outcome.ACCEPTED, by=cast["facilitator"])
    assert Team.objects.get(pk=three[1].team_id).state == Team.State.ADMITTED
    assert Message.objects.filter(kind="selection/notices/accepted", to=cast["other_convener"]).count() == 1
    with pytest.raises(Refused):
        actions.decide(three[1], Outcome.DECLINED, reason="Sorry.", by=cast["owner"])


def test_page_announces_and_asks_for_the_reason_when_over(
    three: list[Application], cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    for application in three:
        actions.decide(application, Outcome.ACCEPTED, by=cast["owner"])
    address = reverse("selection:announce", args=[three[0].call.programme.slug])
    client = client_of(cast["owner"])
    assert "Why more teams are taken" in client.get(address).text
    client.post(address, {"because": "Three are ready."})
    assert Announcement.objects.get().over_places_because == "Three are ready."


def test_times_of_the_call_stay_once_the_decisions_are_announced(
    three: list[Application], cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    """Not later, which would let in who has read them; not earlier either."""
    call = three[0].call
    page = reverse("applications:set_times", args=[call.programme.slug])
    owner = client_of(cast["owner"])
    for application in three:
        actions.decide(application, Outcome.DECLINED, reason="No.", by=cast["owner"])
    assert "closes_on" in owner.get(page).context["form"].fields
    actions.announce(call.last_intake, by=cast["owner"])
    shown = owner.get(page).text
    assert "The decisions have been announced, so the call's times stay as they were." in shown
    assert 'name="closes_on"' not in shown
    later = (call.closes_on + timedelta(days=7)).isoformat()
    filled = {"closes_on": later, "closes_at": "12:00", "because_fi": "Siksi", "seen": call.times.mark}
    answer = owner.post(page, filled)
    assert answer.status_code == 200
    before = call.closes_on
    call.refresh_from_db()
    assert call.closes_on == before
    assert not call.amendments.exists()


def test_announced_call_refuses_other_times_whoever_asks(three: list[Application], cast: Cast) -> None:
    call = three[0].call
    for application in three:
        actions.decide(application, Outcome.DECLINED, reason="No.", by=cast["owner"])
    actions.announce(call.last_intake, by=cast["owner"])
    with pytest.raises(Refused) as refused:
        set_times(
            call,
            opens_on=call.opens_on,
            opens_at=call.opens_at,
            closes_on=call.closes_on + timedelta(days=7),
            closes_at=call.closes_at,
            seen=call.times.mark,
            because=Words(en="Because."),
            by=cast["owner"],
        )
    assert refused.value.code == "announced"


def test_page_names_the_chosen_of_whom_the_public_list_would_say_nothing(
    three: list[Application], cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    whole = Words(fi="Kokeilee velkaneuvontaa.", sv="Prövar skuldrådgivning.")
    actions.decide(three[0], Outcome.ACCEPTED, summary=whole, by=cast["owner"])
    actions.decide(three[1], Outcome.ACCEPTED, summary=Words(sv="Prövar."), by=cast["owner"])
    actions.decide(three[2], Outcome.DECLINED, reason="Rajaus puuttuu.", by=cast["owner"])
    page = client_of(cast["owner"]).get(reverse("selection:announce", args=[three[0].call.programme.slug]))
    assert [one.application for one in page.context["without_summary"]] == [three[1]]
