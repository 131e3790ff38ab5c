from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.applications import actions as applications
from rihma.applications import cut_offs
from rihma.applications.models import Application
from rihma.base import clock
from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.calls.models import Call, Intake
from rihma.reviews import actions as reviews
from rihma.reviews.queries import standings
from rihma.selection import actions, moving
from rihma.selection.models import Decision
from rihma.selection.posing import plan_of
from rihma.selection.queries import announcement_of, places_left, reserve_places, rows, seats_left
from rihma.selection.rules import Places
from tests.conftest import Cast
from tests.remembered import remembered

Outcome = Decision.Outcome
type ClientOf = Callable[[Person | None], Client]
PAGES = ("selection:applications", "selection:choose", "reviews:reviewing", "selection:announce", "selection:limits")


@pytest.fixture
@remembered
def two(call: Call, cast: Cast) -> list[Application]:
    """One that counts for a cut-off in five days, and one for the closing in ten."""
    cut_offs.add(
        call, closes_on=call.closes_on - timedelta(days=5), closes_at=time(16), because=Words(), by=cast["owner"]
    )
    call.refresh_from_db()
    first = call.intakes.get(number=1).closes
    return [
        _sent(call, cast["convener"], "Debt advisers", first - timedelta(days=1)),
        _sent(call, cast["other_convener"], "Archipelago", first + timedelta(days=1)),
    ]


def _sent(call: Call, person: Person, name: str, at: datetime) -> Application:
    with clock.at(at):
        draft = applications.start(call, by=person)
        draft = applications.save(draft, version=0, answers={"problem": "It is hard."}, by=person, name=name)
        applications.submit(draft, by=person)
    return Application.objects.select_related("intake", "call__programme", "team").get(pk=draft.pk)


def intakes(two: list[Application]) -> list[Intake]:
    return [one.counts_for for one in two]


def test_each_cut_off_has_its_own_applications_readers_and_announcement(two: list[Application], cast: Cast) -> None:
    early, late = intakes(two)
    assert [[row.team for row in rows(one)] for one in (early, late)] == [["Debt advisers"], ["Archipelago"]]
    reviews.set_up(early, readers=1, blind=True, by=cast["owner"])
    assert [list(standings(one)) for one in (early, late)] == [[two[0].pk], [two[1].pk]]
    actions.decide(two[0], Outcome.ACCEPTED, by=cast["owner"])
    actions.announce(early, by=cast["owner"])
    assert (announcement_of(early) is None, announcement_of(late)) == (False, None)
    two[0].team.refresh_from_db()
    two[1].team.refresh_from_db()
    assert (two[0].team.state, two[1].team.state) == ("admitted", "forming")
    with pytest.raises(Refused, match="waits for a decision"):
        actions.announce(late, by=cast["owner"])


def test_letter_names_the_next_cut_off_while_there_is_one(
    two: list[Application], cast: Cast, client_of: ClientOf
) -> None:
    early, late = intakes(two)
    actions.decide(two[0], Outcome.DECLINED, reason="Not yet bounded.", by=cast["owner"])
    actions.announce(early, by=cast["owner"])
    letter = reverse("selection:letter", args=[two[0].pk])
    assert "You may send a new application until" in client_of(cast["convener"]).get(letter).text
    Call.objects.filter(pk=early.call_id).update(may_try_again=False)
    assert "You may send a new application until" not in client_of(cast["convener"]).get(letter).text
    actions.decide(two[1], Outcome.DECLINED, reason="No experiment.", by=cast["owner"])
    actions.announce(late, by=cast["owner"])
    text = client_of(cast["other_convener"]).get(reverse("selection:letter", args=[two[1].pk])).text
    assert ("No experiment." in text, "You may send a new application until" in text) == (True, False)


def test_places_hold_for_all_cut_offs_together_or_for_each(two: list[Application], cast: Cast) -> None:
    early, late = intakes(two)
    assert [places_left(one) for one in (early, late)] == [Places(0, 2), Places(1, 2)]
    actions.decide(two[0], Outcome.ACCEPTED, by=cast["owner"])
    assert [places_left(one) for one in (early, late)] == [Places(0, 2), Places(0, 1)]
    early.call.places_each = late.call.places_each = True
    assert [places_left(one) for one in (early, late)] == [Places(1, 2), Places(1, 2)]


def test_seats_hold_for_each_cut_off_or_for_all_together(
    two: list[Application], cast: Cast, client_of: ClientOf
) -> None:
    early, late = intakes(two)
    room = early.programme.room_seats
    actions.decide(two[0], Outcome.ACCEPTED, by=cast["owner"])
    assert [seats_left(one) for one in (early, late)] == [room, room]
    Call.objects.filter(pk=late.call_id).update(seats_together=True)
    early.call.seats_together = late.call.seats_together = True
    assert [seats_left(one) for one in (early, late)] == [room, room - 1]
    assert plan_of(late)["seats--most"] == room - 1
    page = reverse("selection:limits", args=[late.programme.slug])
    assert f"{room - 1} are left for this one" in client_of(cast["owner"]).get(page, {"cut-off": 2}).text


def test_reserve_moves_up_within_its_own_cut_off(two: list[Application], cast: Cast) -> None:
    early, late = intakes(two)
    actions.decide(two[0], Outcome.ACCEPTED, by=cast["owner"])
    actions.decide(two[1], Outcome.RESERVE, reason="Waits.", by=cast["owner"])
    assert (reserve_places(early), reserve_places(late)) == ({}, {two[1].pk: 1})
    for one in (early, late):
        actions.announce(one, by=cast["owner"])
    two[0].team.refresh_from_db()
    assert moving.leave_programme(two[0].team, by=cast["owner"]).decision is None
    two[1].team.refresh_from_db()
    assert two[1].team.state == "reserve"


def test_pages_show_one_cut_off_and_lead_to_the_others(two: list[Application], cast: Cast, client_of: ClientOf) -> None:
    client, slug = client_of(cast["owner"]), two[0].call.programme.slug
    for page in PAGES:
        for number, (own, other) in enumerate((("Debt advisers", "Archipelago"), ("Archipelago", "Debt advisers")), 1):
            text = client.get(reverse(page, args=[slug]), {"cut-off": number}).text
            assert other not in text, page
            assert own in text or page == "selection:limits", page
    listed = client.get(reverse("selection:applications", args=[slug])).text
    assert ('aria-current="page"' in listed, "?cut-off=2" in listed) == (True, True)


def test_cohort_of_one_cut_off_is_announced_from_its_page(
    two: list[Application], cast: Cast, client_of: ClientOf
) -> None:
    client, slug = client_of(cast["owner"]), two[0].call.programme.slug
    actions.decide(two[1], Outcome.ACCEPTED, by=cast["owner"])
    page = reverse("selection:announce", args=[slug])
    assert client.post(f"{page}?cut-off=2", {"because": ""}).status_code == 302
    early, late = intakes(two)
    assert (announcement_of(early), announcement_of(late) is None) == (None, False)
    public = client_of(None).get(reverse("selection:chosen", args=[slug]))
    assert "Archipelago" in public.text
    assert "Debt advisers" not in public.text


def test_one_closing_shows_no_cut_offs(three: list[Application], cast: Cast, client_of: ClientOf) -> None:
    client, slug = client_of(cast["owner"]), three[0].call.programme.slug
    for page in PAGES:
        assert "ut-off" not in client.get(reverse(page, args=[slug])).text, page
