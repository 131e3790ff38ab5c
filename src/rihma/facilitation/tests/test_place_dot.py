"""Who may write lays as many dots as each has, and no more."""

from uuid import uuid4

import pytest
from django.test import Client

from rihma.base.refused import Refused
from rihma.canvases import actions as canvases
from rihma.canvases.models import Canvas
from rihma.facilitation import actions
from rihma.facilitation.models import Dots, Vote
from rihma.facilitation.tests.conftest import ComeIn, Put, Start, page_url, seen, text_of, url
from rihma.teams import actions as teams
from rihma.teams.models import Member
from tests.conftest import Cast

HTMX = {"HX-Request": "true"}


def test_member_and_guest_lay_dots_and_see_how_many_are_left(
    canvas: Canvas, put: Put, start: Start, works: Client, come_in: ComeIn
) -> None:
    item, vote = put(), start(budget=5)
    _guest, phone = come_in()
    assert "5 of 5 dots left" in text_of(phone.get(page_url(canvas)))

    for browser in (works, phone):
        assert browser.post(url("place_dot", canvas, vote.pk, item.pk)).status_code == 303
        assert "4 of 5 dots left" in text_of(browser.get(page_url(canvas)))
    actions.take_dot(vote, item.pk, by=_guest)
    assert "5 of 5 dots left" in text_of(phone.get(page_url(canvas)))


def test_nobody_lays_more_than_they_have(put: Put, start: Start, cast: Cast) -> None:
    first, second, vote = put(), put(), start(budget=3, most=2)
    for item in (first, first, second):
        actions.place_dot(vote, item.pk, by=cast["member"])
    with pytest.raises(Refused) as refused:
        actions.place_dot(vote, second.pk, by=cast["member"])
    assert (refused.value.code, str(refused.value)) == (
        "full",
        "You have laid all your 3 dots. Take one back first, then lay it elsewhere.",
    )
    assert seen(vote, cast["member"]).left == 0
    assert seen(vote, cast["convener"]).left == 3


def test_one_item_takes_no_more_of_somebody_than_the_vote_says(put: Put, start: Start, cast: Cast) -> None:
    item, vote = put(), start(budget=3, most=2)
    for _ in range(2):
        actions.place_dot(vote, item.pk, by=cast["member"])
    with pytest.raises(Refused, match="at most 2 dots on one item"):
        actions.place_dot(vote, item.pk, by=cast["member"])
    assert Dots.objects.get().count == 2


def test_closed_vote_takes_and_gives_back_no_dot(put: Put, start: Start, cast: Cast) -> None:
    item, vote = put(), start()
    actions.place_dot(vote, item.pk, by=cast["member"])
    actions.close_vote(vote, by=cast["facilitator"])
    for deed in (actions.place_dot, actions.take_dot):
        with pytest.raises(Refused, match="The vote is closed"):
            deed(vote, item.pk, by=cast["member"])


def test_dot_is_taken_back_only_where_one_lies(put: Put, start: Start, cast: Cast) -> None:
    item, vote = put(), start()
    actions.place_dot(vote, item.pk, by=cast["convener"])
    with pytest.raises(Refused, match="You have no dot on this item"):
        actions.take_dot(vote, item.pk, by=cast["member"])


def test_vote_on_one_zone_takes_no_dots_elsewhere(put: Put, start: Start, cast: Cast) -> None:
    inside, outside = put(zone="able"), put(zone="wanted")
    vote = start(zones=("able",))
    actions.place_dot(vote, inside.pk, by=cast["member"])
    with pytest.raises(Refused, match="This vote is not about that item"):
        actions.place_dot(vote, outside.pk, by=cast["member"])


def test_item_of_another_canvas_takes_no_dots(canvas: Canvas, start: Start, cast: Cast) -> None:
    other = canvases.open_canvas(canvas.team, "phenomenon_map", by=cast["owner"])
    pk = uuid4()
    canvases.change(
        other, "add", pk, {"kind": "note", "zone": "people", "text": "Aamu", "lang": "en"}, by=cast["member"]
    )
    vote = start()
    for item in (pk, uuid4()):
        with pytest.raises(Refused, match="This vote is not about that item"):
            actions.place_dot(vote, item, by=cast["member"])
    assert Dots.objects.count() == 0


def test_removed_item_takes_no_dots_and_gives_back_those_it_had(
    canvas: Canvas, put: Put, start: Start, cast: Cast
) -> None:
    gone, stays, vote = put(), put(), start(budget=2)
    for _ in range(2):
        actions.place_dot(vote, gone.pk, by=cast["member"])
    canvases.change(canvas, "remove", gone.pk, by=cast["convener"])

    with pytest.raises(Refused):
        actions.place_dot(vote, gone.pk, by=cast["convener"])
    assert seen(vote, cast["member"]).left == 2
    for _ in range(2):
        actions.place_dot(vote, stays.pk, by=cast["member"])
    canvases.change(canvas, "restore", gone.pk, by=cast["convener"])
    assert (seen(vote, cast["member"]).mine, seen(vote, cast["member"]).left) == ({stays.pk: 2}, 0)


def test_hidden_item_takes_no_dots_and_its_words_are_in_no_results(
    canvas: Canvas, put: Put, start: Start, cast: Cast
) -> None:
    now, later, vote = put("Hidden now"), put("Hidden later"), start()
    canvases.change(canvas, "hide", now.pk, by=cast["convener"])
    with pytest.raises(Refused, match="This vote is not about that item"):
        actions.place_dot(vote, now.pk, by=cast["member"])
    actions.place_dot(vote, later.pk, by=cast["member"])
    actions.close_vote(vote, by=cast["member"])
    canvases.change(canvas, "hide", later.pk, by=cast["convener"])
    assert [(row.text, row.count) for row in seen(vote, cast["member"]).rows] == [("", 1)]


def test_who_has_left_the_team_or_only_reads_lays_no_dot(
    canvas: Canvas, put: Put, start: Start, cast: Cast, come_in: ComeIn
) -> None:
    item, vote = put(), start()
    reader, phone = come_in("reader")
    teams.leave(Member.objects.get(team=canvas.team, person=cast["member"]), by=cast["member"])
    for who in (cast["member"], cast["mentor"], cast["outsider"], reader):
        with pytest.raises(Refused):
            actions.place_dot(vote, item.pk, by=who)
    assert phone.post(url("place_dot", canvas, vote.pk, item.pk)).status_code == 404
    assert "dots left" not in text_of(phone.get(page_url(canvas)))


def test_dots_are_laid_on_a_frozen_canvas_too(canvas: Canvas, put: Put, start: Start, cast: Cast) -> None:
    item, vote = put(), start()
    canvases.freeze(canvas, by=cast["facilitator"])
    actions.place_dot(vote, item.pk, by=cast["member"])
    assert seen(vote, cast["member"]).mine == {item.pk: 1}


def test_dot_laid_with_script_answers_the_item_and_what_is_left(
    canvas: Canvas, put: Put, start: Start, works: Client
) -> None:
    item, vote = put(), start()
    answer = works.post(url("place_dot", canvas, vote.pk, item.pk), headers=HTMX)
    assert "1 dot of yours" in text_of(answer)
    assert "2 of 3 dots left" in text_of(answer)
    again = works.post(url("take_dot", canvas, vote.pk, uuid4()), headers=HTMX)
    assert (again.status_code, text_of(again)) == (409, "You have no dot on this item.")


def test_panel_of_an_item_holds_the_same_buttons(canvas: Canvas, put: Put, start: Start, works: Client) -> None:
    item, vote = put(), start()
    works.post(url("place_dot", canvas, vote.pk, item.pk, view="drawn"), headers=HTMX)
    drawn = works.get(page_url(canvas, "drawn")).content.decode()
    panel = works.get(f"{page_url(canvas).partition('?')[0]}items/{item.pk}/?view=drawn", headers=HTMX)
    place = f"{url('place_dot', canvas, vote.pk, item.pk, view='drawn')}"
    assert (place in drawn, place in panel.content.decode()) == (False, True)
    assert "1 dot of yours" in text_of(panel)
    asked = works.get(url("dots_on", canvas, vote.pk, item.pk, view="drawn"), headers=HTMX)
    assert "1 dot of yours" in text_of(asked)


def test_guest_who_signed_in_is_one_voter(put: Put, start: Start, cast: Cast, come_in: ComeIn) -> None:
    item, vote = put(), start(budget=2)
    guest, _phone = come_in()
    guest.person = cast["member"]
    guest.save()
    for who in (guest, cast["member"]):
        actions.place_dot(vote, item.pk, by=who)
    assert Vote.objects.counted().get().voters == 1
    assert seen(vote, cast["member"]).left == 0
