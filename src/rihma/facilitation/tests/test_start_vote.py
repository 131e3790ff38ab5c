"""Who works on a canvas starts a vote on it, one at a time."""

import pytest
from django.test import Client

from rihma.base.refused import Refused
from rihma.canvases.models import Canvas
from rihma.facilitation import actions
from rihma.facilitation.models import Vote
from rihma.facilitation.tests.conftest import ClientOf, ComeIn, Put, Start, page_url, text_of, url
from rihma.history.models import Event
from tests.conftest import Cast

SAID = {"title": "What first?", "budget": "5", "most": "2", "results": "when_closed"}
HTMX = {"HX-Request": "true"}


def test_member_starts_a_vote_from_a_form_without_script(canvas: Canvas, put: Put, works: Client) -> None:
    item = put()
    assert works.get(url("start_vote", canvas)).status_code == 200
    answer = works.post(url("start_vote", canvas), {**SAID, "zones": ["wanted", "able"]})
    assert (answer.status_code, answer["Location"]) == (303, page_url(canvas))

    vote = Vote.objects.get()
    assert (vote.title, vote.budget, vote.most, vote.zones, vote.state) == (
        "What first?",
        5,
        2,
        ["wanted", "able"],
        "open",
    )
    page = works.get(page_url(canvas))
    assert "What first? 5 of 5 dots left" in text_of(page)
    assert url("place_dot", canvas, vote.pk, item.pk) in page.content.decode()


def test_vote_started_with_script_answers_the_board_with_its_buttons(canvas: Canvas, put: Put, works: Client) -> None:
    item = put()
    answer = works.post(url("start_vote", canvas), SAID, headers=HTMX)
    assert "5 of 5 dots left" in text_of(answer)
    assert f'id="place-{item.pk}"' in answer.content.decode()


def test_form_that_was_refused_comes_back_in_its_place(canvas: Canvas, works: Client) -> None:
    answer = works.post(url("start_vote", canvas), SAID | {"most": "6"}, headers=HTMX)
    assert (answer.status_code, answer["HX-Retarget"]) == (422, "#vote-form")
    assert "at most as many as each has" in text_of(answer)
    assert 'value="What first?"' in answer.content.decode()


@pytest.mark.parametrize(
    ("budget", "most", "field"), [(0, 1, "budget"), (21, 1, "budget"), (5, 0, "most"), (5, 6, "most")]
)
def test_number_of_dots_that_makes_no_sense_is_refused(
    canvas: Canvas, cast: Cast, budget: int, most: int, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        actions.start_vote(canvas, budget=budget, most=most, results="at_once", by=cast["member"])
    assert (refused.value.code, refused.value.field, Vote.objects.count()) == ("invalid", field, 0)


def test_title_is_one_line_that_every_database_takes(canvas: Canvas, cast: Cast) -> None:
    title = "What\x00 \n first? " + "x" * 200
    vote = actions.start_vote(canvas, title=title, budget=1, most=1, results="at_once", by=cast["member"])
    assert (vote.title[:12], len(vote.title)) == ("What first? ", 120)


def test_zone_of_another_canvas_is_refused(canvas: Canvas, cast: Cast) -> None:
    with pytest.raises(Refused, match="no such zone"):
        actions.start_vote(canvas, budget=5, most=2, results="at_once", zones=["core"], by=cast["member"])


def test_second_vote_waits_until_the_first_is_closed(canvas: Canvas, start: Start, cast: Cast) -> None:
    first = start()
    with pytest.raises(Refused, match="Close it first"):
        start()
    actions.close_vote(first, by=cast["member"])
    start()
    with pytest.raises(Refused, match="Close it first"):
        actions.reopen_vote(first, by=cast["member"])
    assert [vote.state for vote in canvas.votes.newest_first()] == ["open", "closed"]


@pytest.mark.parametrize("role", ["mentor", "outsider", "other_convener"])
def test_who_does_not_work_there_starts_none(canvas: Canvas, cast: Cast, client_of: ClientOf, role: str) -> None:
    assert client_of(cast[role]).post(url("start_vote", canvas), SAID).status_code == 404
    with pytest.raises(Refused):
        actions.start_vote(canvas, budget=5, most=2, results="at_once", by=cast[role])


def test_guest_takes_part_and_leads_nothing(canvas: Canvas, start: Start, come_in: ComeIn) -> None:
    _guest, phone = come_in()
    vote = start()
    deeds = [("start_vote", ()), ("close_vote", (vote.pk,)), ("start_timer", ()), ("stop_timer", ()), ("focus", ())]
    assert {phone.post(url(name, canvas, *more)).status_code for name, more in deeds} == {404}
    page = phone.get(page_url(canvas)).content.decode()
    assert [name for name in ("close", "start", "end") if f"/votes/{name}/" in page or f"/{name}/?" in page] == []


def test_start_of_a_vote_is_told_in_history(canvas: Canvas, start: Start) -> None:
    start(budget=3)
    event = Event.objects.of_thread(canvas.team_id).get(area="facilitation")
    assert event.sentence.partition(" ")[2].endswith("started a vote on a canvas (dots for each: 3)")
