"""A closed vote shows its results to all who see the canvas, sorted, and can be opened again."""

import csv

import pytest
from django.test import Client

from rihma.base.refused import Refused
from rihma.canvases import actions as canvases
from rihma.canvases.models import Canvas, Item
from rihma.facilitation import actions
from rihma.facilitation.models import Vote
from rihma.facilitation.tests.conftest import ClientOf, ComeIn, Put, Start, page_url, seen, text_of, url
from rihma.history.models import Event
from tests.conftest import Cast


def lay(vote: Vote, cast: Cast, **dots: list[Item]) -> None:
    for role, items in dots.items():
        for item in items:
            actions.place_dot(vote, item.pk, by=cast[role])


def test_results_are_sorted_and_equal_counts_share_a_rank(put: Put, start: Start, cast: Cast) -> None:
    a, b, c, d = put("A"), put("B"), put("C"), put("D")
    vote = start()
    lay(vote, cast, member=[b, b, c], convener=[a, b, d])
    actions.close_vote(vote, by=cast["facilitator"])
    rows = seen(vote, cast["mentor"]).rows
    assert [(row.rank, row.text, row.count) for row in rows] == [(1, "B", 3), (2, "A", 1), (2, "C", 1), (2, "D", 1)]


def test_counts_are_hidden_from_everybody_until_the_vote_is_closed(
    canvas: Canvas, put: Put, start: Start, cast: Cast, client_of: ClientOf, come_in: ComeIn
) -> None:
    item, vote = put(), start(results="when_closed")
    lay(vote, cast, member=[item, item])
    _guest, phone = come_in("reader")
    browsers = [client_of(cast[role]) for role in ("owner", "convener", "mentor")] + [phone]
    for browser in browsers:
        assert "2 dots People open the letter" not in text_of(browser.get(page_url(canvas)))
        assert "shown when the vote is closed" in text_of(browser.get(url("vote", canvas, vote.pk)))
        assert browser.get(url("export_vote", canvas, vote.pk)).status_code == 409

    actions.close_vote(vote, by=cast["convener"])
    for browser in browsers:
        assert "2 dots People open the letter" in text_of(browser.get(page_url(canvas)))
        assert "Is it wanted? 2 dots" in text_of(browser.get(url("vote", canvas, vote.pk)))
        assert browser.get(url("export_vote", canvas, vote.pk)).status_code == 200


def test_counts_shown_at_once_are_seen_while_people_vote(
    canvas: Canvas, put: Put, start: Start, cast: Cast, client_of: ClientOf
) -> None:
    item, vote = put(), start(results="at_once")
    lay(vote, cast, member=[item, item])
    page = text_of(client_of(cast["convener"]).get(page_url(canvas)))
    assert ("2 dots in all" in page, "1 has voted." in page) == (True, True)
    drawn = text_of(client_of(cast["mentor"]).get(page_url(canvas, "drawn")))
    assert "● 2 dots" in drawn


def test_results_are_given_as_a_spreadsheet_without_voters_or_formulas(
    canvas: Canvas, put: Put, start: Start, cast: Cast, works: Client
) -> None:
    plain, formula = put("Plain"), put("=1+1")
    vote = start()
    lay(vote, cast, member=[plain, formula], convener=[formula])
    actions.close_vote(vote, by=cast["member"])
    text = works.get(url("export_vote", canvas, vote.pk)).content.decode("utf-8-sig")
    rows = list(csv.reader(text.splitlines(), delimiter=";"))
    assert [row[:4] for row in rows] == [
        ["Rank", "Dots", "Zone", "Text"],
        ["1", "2", str(seen(vote, cast["member"]).rows[0].zone), "'=1+1"],
        ["2", "1", str(seen(vote, cast["member"]).rows[0].zone), "Plain"],
    ]


def test_item_removed_while_people_vote_counts_no_more_and_later_it_does(
    canvas: Canvas, put: Put, start: Start, cast: Cast
) -> None:
    before, after, vote = put("Before"), put("After"), start()
    lay(vote, cast, member=[before, after])
    canvases.change(canvas, "remove", before.pk, by=cast["convener"])
    actions.close_vote(vote, by=cast["member"])
    canvases.change(canvas, "remove", after.pk, by=cast["convener"])
    canvases.change(canvas, "restore", before.pk, by=cast["convener"])
    assert [row.text for row in seen(vote, cast["member"]).rows] == ["After"]


def test_reopened_vote_goes_on_with_the_dots_it_had(put: Put, start: Start, cast: Cast) -> None:
    item, vote = put(), start(budget=2)
    lay(vote, cast, member=[item])
    actions.close_vote(vote, by=cast["member"])
    vote = actions.reopen_vote(vote, by=cast["convener"])
    assert (vote.state, vote.closed_at, seen(vote, cast["member"]).left) == ("open", None, 1)
    actions.place_dot(vote, item.pk, by=cast["member"])


def test_vote_is_closed_once(start: Start, cast: Cast) -> None:
    vote = start()
    actions.close_vote(vote, by=cast["member"])
    with pytest.raises(Refused, match="already in that state"):
        actions.close_vote(vote, by=cast["member"])
    assert [event.verb for event in Event.objects.filter(area="facilitation").order_by("number")] == [
        "vote_started",
        "vote_closed",
    ]


def test_vote_started_anew_is_as_the_last_one_was(canvas: Canvas, start: Start, cast: Cast, works: Client) -> None:
    vote = start(budget=7, most=4, title="Which first?")
    works.post(url("close_vote", canvas, vote.pk))
    form = works.get(f"{url('start_vote', canvas)}&again").content.decode()
    assert [f'value="{value}"' in form for value in ("7", "4", "Which first?")] == [True] * 3
    works.post(url("reopen_vote", canvas, vote.pk))
    assert Vote.objects.get().state == "open"


def test_votes_of_a_canvas_are_listed_newest_first(canvas: Canvas, start: Start, cast: Cast, works: Client) -> None:
    actions.close_vote(start(title="The first"), by=cast["member"])
    start(title="The second")
    page = text_of(works.get(url("votes", canvas)))
    assert 0 < page.index("The second") < page.index("The first")


def test_vote_of_another_canvas_is_not_found(canvas: Canvas, start: Start, cast: Cast, works: Client) -> None:
    other = canvases.open_canvas(canvas.team, "phenomenon_map", by=cast["owner"])
    vote = start()
    assert works.get(url("vote", other, vote.pk)).status_code == 404
    assert works.post(url("close_vote", other, vote.pk)).status_code == 404
