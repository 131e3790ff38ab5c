"""Any moment of a canvas: looked at, given a name, brought back as new operations."""

from uuid import UUID

import pytest
from django.test import Client

from rihma.base.refused import Refused
from rihma.canvases import actions, past
from rihma.canvases.models import Canvas
from rihma.canvases.tests.conftest import Put, text_of, url
from rihma.canvases.types import State
from tests.conftest import Cast


def said(states: dict[UUID, State]) -> set[tuple[str, str, bool]]:
    return {(state.text, state.zone, state.removed) for state in states.values()}


@pytest.fixture
def worked(canvas: Canvas, cast: Cast, put: Put) -> Canvas:
    """Three items; then one is changed, one moved, one removed, and one comes."""
    first, second, third = put("First"), put("Second"), put("Third")
    actions.change(canvas, "set", first.pk, {"text": "First, changed"}, base=1, by=cast["member"])
    actions.change(canvas, "move", second.pk, {"zone": "able", "fields": {"importance": 10}}, by=cast["member"])
    actions.change(canvas, "mark", second.pk, {"tag": "late"}, by=cast["member"])
    actions.change(canvas, "remove", third.pk, by=cast["member"])
    put("Fourth")
    canvas.refresh_from_db()
    return canvas


def test_any_moment_is_shown_as_it_was(works: Client, worked: Canvas) -> None:
    page = text_of(works.get(f"{url('moment', worked)}&at=3"))
    assert [text in page for text in ("First", "Second", "Third", "changed", "Fourth", "late")] == [True] * 3 + [
        False
    ] * 3
    assert "Cecilia Koskenniemi added Third" in page


@pytest.mark.parametrize("at", ["", "0", "999", "nonsense"])
def test_moment_that_never_was_is_the_last_one(works: Client, worked: Canvas, at: str) -> None:
    page = text_of(works.get(f"{url('moment', worked)}&at={at}"))
    assert "Moment: change 8 of 8" in page


def test_moment_is_brought_back_by_new_operations(works: Client, worked: Canvas) -> None:
    works.post(url("bring_back", worked), {"at": "3"})
    worked.refresh_from_db()
    then, now = past.states_at(worked, 3), past.states_at(worked, worked.head)
    assert said(now) == said(then) | {("Fourth", "wanted", True)}
    assert {pk: state.fields for pk, state in now.items() if pk in then} == {pk: one.fields for pk, one in then.items()}
    assert all(not state.marks for state in now.values())
    assert {item.pk: item.state for item in worked.items.all()} == now


def test_what_was_written_since_is_only_removed(works: Client, worked: Canvas, cast: Cast) -> None:
    head = worked.head
    works.post(url("bring_back", worked), {"at": "3"})
    worked.refresh_from_db()
    assert said(past.states_at(worked, head)) >= {("Fourth", "wanted", False), ("First, changed", "wanted", False)}


def test_moment_that_stands_already_changes_nothing(worked: Canvas, cast: Cast) -> None:
    assert actions.bring_back(worked, worked.head, by=cast["member"]) == (0, 0)
    worked.refresh_from_db()
    assert worked.head == 8


def test_named_moment_is_found_again(works: Client, worked: Canvas) -> None:
    works.post(f"{url('snapshot', worked)}&at=3", {"name": "After the first round"})
    page = works.get(url("moment", worked)).content.decode()
    assert worked.snapshots.get().seq == 3
    assert "After the first round" in page


def test_moment_needs_a_name(works: Client, worked: Canvas) -> None:
    answer = works.post(f"{url('snapshot', worked)}&at=3", {"name": " "})
    assert (answer.status_code, worked.snapshots.count()) == (200, 0)


def test_nothing_is_brought_back_on_a_frozen_canvas(worked: Canvas, cast: Cast) -> None:
    actions.freeze(worked, by=cast["owner"])
    with pytest.raises(Refused) as refused:
        actions.bring_back(worked, 3, by=cast["member"])
    assert refused.value.code == "closed"


def test_who_may_only_read_brings_nothing_back(worked: Canvas, cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.bring_back(worked, 3, by=cast["mentor"])


def test_hidden_words_are_hidden_in_the_past_too(works: Client, worked: Canvas, cast: Cast) -> None:
    item = worked.items.get(text="First, changed")
    actions.hide(worked, item.pk, by=cast["member"])
    assert "First" not in text_of(works.get(f"{url('moment', worked)}&at=3"))
