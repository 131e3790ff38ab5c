"""The pages of a canvas, without a browser: everything works by forms alone, and htmx gets the same deeds."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from rihma.base import clock
from rihma.canvases import actions
from rihma.canvases.models import Canvas, Item
from rihma.canvases.tests.conftest import Put, text_of, url
from tests.conftest import Cast


def test_page_shows_each_item_in_its_zone_with_author_language_and_place(
    canvas: Canvas, put: Put, works: Client
) -> None:
    put("We get the data", zone="able", importance=75, evidence=0)
    text = text_of(works.get(url("canvas", canvas)))

    assert "Are we able? 1" in text
    assert "We get the data" in text
    assert "Cecilia Koskenniemi" in text
    assert "Importance: matters a lot" in text
    assert "Evidence: only a guess" in text


def test_drawn_view_puts_an_item_where_its_fields_say(canvas: Canvas, put: Put, works: Client) -> None:
    put(importance=100, evidence=0)
    page = works.get(url("canvas", canvas, view="drawn")).content.decode()

    assert 'data-x="100" data-y="0" data-fan="0"' in " ".join(page.split())
    assert "style=" not in page


def test_cards_on_the_same_place_are_drawn_beside_each_other(canvas: Canvas, put: Put, works: Client) -> None:
    for _ in range(3):
        put()
    page = works.get(url("canvas", canvas, view="drawn")).content.decode()
    board, _, _empty_items_to_copy = page.partition("<template")
    assert re.findall(r'data-fan="(\d)"', board) == ["0", "1", "2"]


@pytest.mark.parametrize("view", ["list", "drawn", "nonsense"])
def test_empty_canvas_can_be_added_to(canvas: Canvas, works: Client, view: str) -> None:
    response = works.get(url("canvas", canvas, view=view))
    assert response.status_code == 200
    assert "Add" in text_of(response)


def test_item_is_added_by_a_form_and_twice_sent_is_there_once(canvas: Canvas, works: Client) -> None:
    form = {"client_id": "page-1", "fixed_zone": "worth", "zone": "worth", "text": "It pays", "lang": "en"}
    form |= {"importance": "75", "evidence": "25"}
    first = works.post(url("add", canvas), form)
    works.post(url("add", canvas), form)

    item = Item.objects.get()
    assert (item.text, item.zone, item.fields) == ("It pays", "worth", {"importance": 75, "evidence": 25})
    assert first.status_code == 303
    assert first["Location"] == f"{url('canvas', canvas)}&done=1#item-{item.pk}"
    page = text_of(works.get(first["Location"]))
    assert "Added. It pays" in page


def test_text_that_is_too_long_comes_back_whole(canvas: Canvas, works: Client) -> None:
    form = {"client_id": "x", "zone": "worth", "text": "ä" * 4003, "lang": "en", "importance": "50", "evidence": "50"}
    response = works.post(url("add", canvas), form)

    assert "The text is 3 characters too long (at most 4000)." in text_of(response)
    assert "ä" * 4003 in response.content.decode()
    assert not Item.objects.exists()


def test_form_that_failed_comes_back_in_its_own_place_for_htmx(canvas: Canvas, works: Client) -> None:
    response = works.post(url("add", canvas), {"client_id": "x", "fixed_zone": "able"}, headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Retarget"]) == (422, "#add-able-form")


def test_deed_by_htmx_answers_the_board_as_it_is_now(canvas: Canvas, put: Put, works: Client) -> None:
    item = put()
    response = works.post(url("remove", canvas, item.pk), headers={"HX-Request": "true"})

    assert response.status_code == 200
    assert " ".join(response.content.decode().split()).startswith('<div id="board"')
    assert "Removed. People open the letter" in text_of(response)
    assert "Restore" in text_of(response)


def test_text_is_changed_and_changes_meanwhile_are_told(canvas: Canvas, put: Put, cast: Cast, works: Client) -> None:
    item = put("People open the letter")
    form = {
        "client_id": "x",
        "base": item.text_seq,
        "text": "People burn the letter",
        "lang": "en",
        "initial-lang": "en",
    }
    actions.change(canvas, "set", item.pk, {"text": "People frame the letter"}, base=1, by=cast["convener"])
    response = works.post(url("set", canvas, item.pk), form, follow=True)

    assert "Both texts are kept: choose together which stands." in text_of(response)
    item.refresh_from_db()
    assert item.text == "People burn the letter"

    works.post(url("settle", canvas, item.pk), {"settles": 2, "base": item.text_seq, "keep": "other"})
    item.refresh_from_db()
    assert (item.text, item.alternatives) == ("People frame the letter", [])


def test_language_of_a_text_is_changed_only_when_it_was_chosen(canvas: Canvas, put: Put, works: Client) -> None:
    item = put()
    form = {"client_id": "x", "base": item.text_seq, "text": item.text, "lang": "en", "initial-lang": "en"}
    works.post(url("set", canvas, item.pk), form)
    assert canvas.operations.last().payload == {"text": item.text}  # type: ignore[union-attr]  # it is there

    works.post(url("set", canvas, item.pk), form | {"client_id": "y", "lang": "fi"})
    item.refresh_from_db()
    assert item.lang == "fi"


def test_move_form_changes_only_what_was_chosen_anew(canvas: Canvas, put: Put, cast: Cast, works: Client) -> None:
    item = put()
    form = {"client_id": "x", "zone": "able", "initial-zone": "wanted", "order": "stay"}
    form |= {"importance": "75", "initial-importance": "50", "evidence": "50", "initial-evidence": "50"}
    actions.change(canvas, "move", item.pk, {"fields": {"evidence": 10}}, by=cast["convener"])
    works.post(url("move", canvas, item.pk), form)

    item.refresh_from_db()
    assert (item.zone, item.fields) == ("able", {"importance": 75, "evidence": 10})


def test_hand_that_drags_sends_only_places(canvas: Canvas, put: Put, works: Client) -> None:
    item = put()
    works.post(url("move", canvas, item.pk, view="drawn"), {"importance": "35", "client_id": "x"})

    item.refresh_from_db()
    assert item.fields == {"importance": 35, "evidence": 50}
    assert "in between (35)" in text_of(works.get(url("move", canvas, item.pk)))


@pytest.mark.parametrize(
    ("wish", "order"), [("first", "cab"), ("up", "acb"), ("down", "abc"), ("last", "abc"), ("stay", "abc")]
)
def test_item_is_moved_among_its_neighbours(canvas: Canvas, put: Put, works: Client, wish: str, order: str) -> None:
    put("a"), put("b")
    item = put("c")
    works.post(url("move", canvas, item.pk), {"client_id": "x", "order": wish})
    assert "".join(Item.objects.order_by("order").values_list("text", flat=True)) == order


def test_each_own_deed_can_be_taken_back(canvas: Canvas, put: Put, cast: Cast, works: Client) -> None:
    item = put("One")
    works.post(url("move", canvas, item.pk), {"importance": "90", "client_id": "a"})
    works.post(url("set", canvas, item.pk), {"text": "Two", "base": item.text_seq, "lang": "en", "client_id": "b"})
    for seq in (3, 2):
        works.post(url("undo", canvas), {"seq": seq})

    item.refresh_from_db()
    assert (item.text, item.fields["importance"]) == ("One", 50)
    works.post(url("undo", canvas), {"seq": 1})
    item.refresh_from_db()
    assert not item.removed


def test_removed_item_is_restored_from_the_page(canvas: Canvas, put: Put, works: Client) -> None:
    item = put()
    works.post(url("remove", canvas, item.pk))
    assert "Removed 1" in text_of(works.get(url("canvas", canvas)))

    works.post(url("restore", canvas, item.pk))
    item.refresh_from_db()
    assert not item.removed


def test_history_tells_every_change_the_newest_first(canvas: Canvas, put: Put, works: Client) -> None:
    item = put("One")
    works.post(url("set", canvas, item.pk), {"text": "Two", "base": 1, "lang": "en", "client_id": "b"})
    works.post(url("move", canvas, item.pk), {"importance": "100", "zone": "able", "client_id": "c"})
    works.post(url("remove", canvas, item.pk))

    text = text_of(works.get(url("history", canvas)))
    told = [
        "removed: Two",
        "moved: Two → Are we able?, everything depends on it",
        "changed the text: Two",
        "added: One",
    ]
    places = [text.index(words) for words in told]
    assert places == sorted(places)


def test_team_page_shows_the_canvas_and_how_full_it_is(canvas: Canvas, put: Put, works: Client) -> None:
    put()
    with translation.override("en"):
        page = works.get(reverse("teams:team", args=[canvas.team_id]))
    assert "Assumption map" in text_of(page)
    assert "1 item" in text_of(page)
    assert '<circle cx="50"' in page.content.decode()


@pytest.mark.parametrize("view", ["list", "drawn"])
def test_page_of_many_items_asks_no_more_than_that_of_one(
    canvas: Canvas, put: Put, cast: Cast, works: Client, view: str, django_assert_max_num_queries: Any
) -> None:
    def queries() -> int:
        with django_assert_max_num_queries(15) as asked:
            assert works.get(url("canvas", canvas, view=view)).status_code == 200
        return len(asked)

    put()
    one = queries()
    for text in "abcdef":
        put(text)
    actions.change(canvas, "add", uuid4(), {"kind": "assumption", "zone": "able", "text": "x"}, by=cast["owner"])
    assert queries() == one


def test_note_of_an_old_deed_is_not_shown_again(canvas: Canvas, put: Put, cast: Cast, works: Client) -> None:
    item = put()
    operation = actions.change(canvas, "remove", item.pk, by=cast["member"])
    assert "Removed. People" in text_of(works.get(f"{url('canvas', canvas)}&done={operation.seq}"))

    canvas.operations.update(at=clock.now().replace(year=2020))
    for done in (operation.seq, "x", "9" * 40, ""):
        assert "Removed. People" not in text_of(works.get(f"{url('canvas', canvas)}&done={done}"))
