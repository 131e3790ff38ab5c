"""What is said of an item beside its words: tags, groups, people in the room, links, translations, duplicates."""

from collections.abc import Callable
from typing import Any
from typing import cast as cast_to
from uuid import UUID

import pytest
from django.test import Client

from rihma.base.ids import new_id
from rihma.base.refused import Refused
from rihma.canvases import actions, log, marks
from rihma.canvases.about import about_one
from rihma.canvases.models import Canvas, Item
from rihma.canvases.tests.conftest import Put, text_of, url
from rihma.canvases.types import Payload
from rihma.teams.models import Team
from tests.conftest import Cast

type Mark = Callable[..., Item]


@pytest.fixture
def mark(canvas: Canvas, cast: Cast) -> Mark:
    def mark(item: Item, verb: str = "mark", base: int | None = None, **said: Any) -> Item:
        actions.change(canvas, verb, item.pk, cast_to("Payload", said), base=base, by=cast["member"])
        item.refresh_from_db()
        return item

    return mark


def test_each_mark_is_set_and_taken_away_by_itself(put: Put, mark: Mark) -> None:
    item = put()
    for said in ({"tag": "money"}, {"tag": "trust"}, {"group": "The letter"}, {"people": 4}, {"untag": "money"}):
        mark(item, **said)
    assert item.marks == {"tags": ["trust"], "group": "The letter", "people": 4}
    mark(item, group="")
    mark(item, people=0)
    mark(item, untag="trust")
    assert item.marks == {}


def test_the_log_amounts_to_what_stands_in_the_items(canvas: Canvas, put: Put, mark: Mark) -> None:
    item, other = put(), put("Advisers have time")
    mark(item, tag="money")
    mark(item, link={"to": str(other.pk), "word": "leads to"})
    mark(item, translation={"lang": "fi", "text": "Kirje avataan", "made": "human"})
    mark(other, "remove", same_as=str(item.pk))
    replayed = log.replay(canvas.operations.all())
    assert replayed == {one.pk: one.state for one in canvas.items.all()}


def test_taking_a_mark_back_leaves_what_others_marked(canvas: Canvas, cast: Cast, put: Put, mark: Mark) -> None:
    item = mark(put(), tag="money")
    line = actions.change(canvas, "mark", item.pk, {"tag": "trust", "group": "Ours"}, by=cast["convener"])
    mark(item, tag="time")
    actions.undo(canvas, line.seq, by=cast["convener"])
    item.refresh_from_db()
    assert item.marks == {"tags": ["money", "time"]}


def test_translation_is_stale_once_the_text_has_changed(canvas: Canvas, cast: Cast, put: Put, mark: Mark) -> None:
    item = mark(put(), translation={"lang": "sv", "text": "Folk öppnar brevet", "made": "machine"})
    assert not marks.is_stale(item.state, item.marks["translations"]["sv"])
    actions.change(canvas, "set", item.pk, {"text": "People read the letter"}, base=1, by=cast["convener"])
    item.refresh_from_db()
    about = about_one(item)
    assert about
    assert [(one.made, one.stale) for one in about.translations] == [("machine", True)]


def test_translation_of_an_older_text_is_stale_from_the_start(canvas: Canvas, cast: Cast, put: Put, mark: Mark) -> None:
    item = put()
    actions.change(canvas, "set", item.pk, {"text": "People read the letter"}, base=1, by=cast["convener"])
    mark(item, base=1, translation={"lang": "sv", "text": "Folk öppnar brevet", "made": "human"})
    assert marks.is_stale(item.state, item.marks["translations"]["sv"])


@pytest.mark.parametrize(
    "said",
    [
        {"tag": ""},
        {"tag": "x" * 41},
        {"tag": "two\nlines"},
        {"group": "x" * 81},
        {"people": 1001},
        {"translation": {"lang": "en", "text": "The same language", "made": "human"}},
        {"translation": {"lang": "de", "text": "Brief", "made": "human"}},
        {"translation": {"lang": "fi", "text": "x" * 4001, "made": "human"}},
        {"translation": {"lang": "fi", "text": "Kirje", "made": "guess"}},
        {"link": {"to": str(UUID(int=7)), "word": ""}},
        {"text": "not a mark"},
    ],
    ids=str,
)
def test_mark_that_cannot_be_is_refused_and_changes_nothing(put: Put, mark: Mark, said: dict[str, Any]) -> None:
    item = put()
    with pytest.raises(Refused):
        mark(item, **said)
    item.refresh_from_db()
    assert item.marks == {}


def test_thirteenth_tag_finds_no_room(put: Put, mark: Mark) -> None:
    item = put()
    for n in range(marks.MOST_TAGS):
        mark(item, tag=f"tag {n}")
    with pytest.raises(Refused) as refused:
        mark(item, tag="one more")
    assert refused.value.code == "full"


def test_item_is_not_linked_with_itself_or_what_is_gone(put: Put, mark: Mark) -> None:
    item, gone = put(), mark(put("Gone"), "remove")
    for to in (item, gone):
        with pytest.raises(Refused):
            mark(item, link={"to": str(to.pk), "word": ""})


def test_duplicate_goes_and_the_one_that_stays_knows_of_it(works: Client, canvas: Canvas, put: Put) -> None:
    stays, goes = put("People open the letter"), put("Letters get opened")
    works.post(url("same_as", canvas, goes.pk), {"to": str(stays.pk)})
    goes.refresh_from_db()
    assert (goes.removed, goes.marks) == (True, {"same_as": str(stays.pk)})
    assert "Also said: Letters get opened" in text_of(works.get(url("canvas", canvas)))


def test_duplicate_that_comes_back_is_no_duplicate_any_more(canvas: Canvas, cast: Cast, put: Put, mark: Mark) -> None:
    stays, goes = put(), put("Letters get opened")
    mark(goes, "remove", same_as=str(stays.pk))
    mark(goes, "restore")
    assert (goes.removed, goes.marks) == (False, {})


def test_page_saves_only_the_marks_that_were_changed_on_it(works: Client, canvas: Canvas, put: Put, mark: Mark) -> None:
    item = mark(put(), tag="money")
    page = {"initial-tags": "money", "initial-group": "", "initial-people": ""}
    mark(item, group="Set meanwhile by somebody else")
    works.post(url("mark", canvas, item.pk), page | {"tags": "trust, time,  trust ", "group": "", "people": ""})
    item.refresh_from_db()
    assert item.marks == {"tags": ["trust", "time"], "group": "Set meanwhile by somebody else"}


def test_marks_are_all_saved_or_none_and_what_was_typed_stays(works: Client, canvas: Canvas, put: Put) -> None:
    item = put()
    sent = {"tags": f"fine, {'x' * 41}", "group": "Group", "people": "3"}
    answer = works.post(url("mark", canvas, item.pk), sent)
    item.refresh_from_db()
    assert item.marks == {}
    assert f"fine, {'x' * 41}" in answer.content.decode()


def test_what_is_said_of_an_item_is_read_in_both_views(works: Client, canvas: Canvas, put: Put, mark: Mark) -> None:
    item, other = put(), put("Advisers have time")
    for said in (
        {"tag": "money"},
        {"people": 4},
        {"group": "The letter"},
        {"link": {"to": str(other.pk), "word": "needs"}},
        {"translation": {"lang": "fi", "text": "Kirje avataan", "made": "machine"}},
    ):
        mark(item, **said)
    page = text_of(works.get(url("canvas", canvas)))
    panel = text_of(works.get(url("item", canvas, item.pk, view="drawn")))
    for words in ("money", "said by 4 people", "The letter", "needs: Advisers have time", "Kirje avataan"):
        assert words in page
        assert words in panel


def test_items_of_a_group_stand_together_under_its_title(works: Client, canvas: Canvas, put: Put, mark: Mark) -> None:
    for text, group in (("First", "B"), ("Second", ""), ("Third", "A"), ("Fourth", "B")):
        mark(put(text), group=group)
    page = works.get(url("canvas", canvas)).content.decode()
    places = [page.index(f">{text}<") for text in ("Second", "Third", "First", "Fourth")]
    assert places == sorted(places)


def test_item_sent_on_keeps_where_it_came_from(works: Client, canvas: Canvas, team: Team, cast: Cast, put: Put) -> None:
    item = put()
    other = actions.open_canvas(team, "ground_rules", by=cast["owner"])
    sent = {"canvas": str(other.pk), "client_id": str(new_id())}
    for _again in range(2):
        works.post(url("send", canvas, item.pk), sent)
    copy = other.items.get()
    assert (copy.text, copy.marks) == (item.text, {"came_from": {"canvas": str(canvas.pk), "item": str(item.pk)}})


def test_item_is_not_sent_where_its_sender_may_not_write(works: Client, canvas: Canvas, cast: Cast, put: Put) -> None:
    item = put()
    answer = works.post(url("send", canvas, item.pk), {"canvas": str(new_id())})
    assert (answer.status_code, Item.objects.count()) == (200, 1)


def test_hidden_item_is_not_carried_elsewhere(works: Client, canvas: Canvas, team: Team, cast: Cast, put: Put) -> None:
    item = put("My neighbour has lumbago")
    other = actions.open_canvas(team, "ground_rules", by=cast["owner"])
    actions.hide(canvas, item.pk, by=cast["mentor"])
    works.post(url("send", canvas, item.pk), {"canvas": str(other.pk), "client_id": str(new_id())})
    page = works.get(url("more", canvas, item.pk), follow=True).content.decode()
    assert (other.items.count(), "lumbago" in page) == (0, False)


def test_hidden_item_is_read_by_nobody_and_shown_again_with_its_words(
    works: Client, canvas: Canvas, cast: Cast, put: Put
) -> None:
    item = put("My neighbour has lumbago")
    actions.hide(canvas, item.pk, by=cast["mentor"])
    for address in (
        url("canvas", canvas),
        url("canvas", canvas, view="drawn"),
        url("item", canvas, item.pk),
        url("history", canvas),
        f"/api/v1/canvases/{canvas.pk}",
        f"/api/v1/canvases/{canvas.pk}/operations",
    ):
        assert "lumbago" not in works.get(address).content.decode()
    with pytest.raises(Refused):
        actions.change(canvas, "set", item.pk, {"text": "Again"}, base=1, by=cast["member"])
    with pytest.raises(Refused):
        actions.show(canvas, item.pk, by=cast["member"])
    actions.show(canvas, item.pk, by=cast["owner"])
    assert "lumbago" in works.get(url("canvas", canvas)).content.decode()


def test_erased_item_does_not_come_back(canvas: Canvas, cast: Cast, put: Put) -> None:
    item = put("My neighbour has lumbago")
    actions.erase(canvas, item.pk, by=cast["owner"])
    item.refresh_from_db()
    assert (item.text, item.removed) == ("", True)
    with pytest.raises(Refused):
        actions.change(canvas, "restore", item.pk, by=cast["owner"])


@pytest.mark.parametrize("verb", ["hide", "show", "erase"])
def test_decisions_about_an_item_come_over_no_wire(works: Client, canvas: Canvas, put: Put, verb: str) -> None:
    item = put()
    sent = {"operations": [{"id": "a:1", "verb": verb, "item": str(item.pk)}]}
    answer = works.post(f"/api/v1/canvases/{canvas.pk}/operations", sent, content_type="application/json")
    assert (answer.status_code, canvas.operations.count()) == (422, 1)
