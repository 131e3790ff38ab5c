"""One of five words on an item, of each kind at most one a person or guest."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rihma.base.refused import Refused
from rihma.canvases import actions as canvases
from rihma.canvases.models import Canvas, Item
from rihma.canvases.types import Payload
from rihma.talk import actions, queries
from rihma.talk.models import Reaction
from rihma.talk.tests.conftest import ClientOf, ComeIn, board_url, text_of, url
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


def test_button_reacts_and_its_second_press_takes_it_back(item: Item, works: Client) -> None:
    works.post(url("react", item), {"react": "agree"})
    works.post(url("react", item), {"react": "agree"})
    works.post(url("react", item), {"react": "try"})
    assert sorted(Reaction.objects.values_list("kind", flat=True)) == ["agree", "try"]
    page = works.get(url("reactions", item), headers={"HX-Request": "true"}).content.decode()
    assert page.count('aria-pressed="true"') == 2
    works.post(url("react", item), {"take_back": "agree"})
    works.post(url("react", item), {"take_back": "agree"})
    assert list(Reaction.objects.values_list("kind", flat=True)) == ["try"]


def test_word_that_is_none_of_the_five_does_nothing(item: Item, works: Client) -> None:
    assert works.post(url("react", item), {"react": "<b>"}).status_code == 303
    assert Reaction.objects.count() == 0


def test_each_counts_once_on_the_board_in_both_views(
    canvas: Canvas, item: Item, works: Client, cast: Cast, come_in: ComeIn
) -> None:
    for by in (cast["member"], cast["mentor"], come_in()[0]):
        actions.react(item, "important", by=by)
    assert "Important 3" in text_of(works.get(board_url(canvas)))
    assert "Important: 3" in text_of(works.get(board_url(canvas, "drawn")))


def test_people_see_who_reacted_and_guests_do_not(item: Item, works: Client, cast: Cast, come_in: ComeIn) -> None:
    guest, client = come_in()
    actions.react(item, "agree", by=guest)
    actions.react(item, "agree", by=cast["mentor"])
    assert f"Aamu, {cast['mentor']}" in text_of(works.get(url("reactions", item), headers={"HX-Request": "true"}))
    assert "Who reacted" not in text_of(client.get(url("item", item)))


def test_nobody_sees_who_reacted_where_guests_stay_unknown(
    item: Item, works: Client, cast: Cast, come_in: ComeIn
) -> None:
    guest, _client = come_in(anonymous=True)
    actions.react(item, "agree", by=guest)
    actions.react(item, "agree", by=cast["mentor"])
    assert [one.people for one in queries.reactions_of(item, cast["owner"])] == [()] * 5
    assert "Who reacted" not in text_of(works.get(url("item", item)))


def test_removed_and_hidden_items_take_no_reactions_and_show_none(
    canvas: Canvas, item: Item, works: Client, cast: Cast
) -> None:
    actions.react(item, "agree", by=cast["member"])
    canvases.hide(canvas, item.pk, by=cast["mentor"])
    with pytest.raises(Refused, match="is hidden"):
        actions.react(item, "try", by=cast["member"])
    assert "I agree" not in text_of(works.get(board_url(canvas)))
    canvases.erase(canvas, item.pk, by=cast["owner"])
    item.refresh_from_db()
    assert [one.count for one in queries.reactions_of(item, cast["owner"])] == [0] * 5


def test_reader_guest_and_stranger_do_not_react(item: Item, cast: Cast, come_in: ComeIn, client_of: ClientOf) -> None:
    _guest, reads = come_in("reader")
    for client in (reads, client_of(cast["outsider"])):
        assert client.post(url("react", item), {"react": "agree"}).status_code == 404
    assert Reaction.objects.count() == 0


def test_page_of_twenty_items_asks_as_often_as_of_one(canvas: Canvas, item: Item, works: Client, cast: Cast) -> None:
    counts = []
    for _ in range(2):
        works.get(board_url(canvas))
        with CaptureQueriesContext(connection) as asked:
            works.get(board_url(canvas))
        counts.append(len(asked))
        for other in range(20):
            said: Payload = {
                "kind": "assumption",
                "zone": "wanted",
                "text": f"Item {other}",
                "lang": "en",
                "fields": {},
            }
            line = canvases.change(canvas, "add", uuid4(), said, by=cast["convener"])
            actions.comment(Item.objects.get(pk=line.item), "Why?", lang="en", by=cast["member"])
            actions.react(Item.objects.get(pk=line.item), "agree", by=cast["member"])
    assert counts[1] <= counts[0] <= 15
