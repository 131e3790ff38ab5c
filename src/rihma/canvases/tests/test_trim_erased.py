"""What is erased after it was folded is in no checkpoint, and what others wrote stands as before."""

from datetime import datetime

import pytest

from rihma.base import clock
from rihma.base.ids import new_id
from rihma.canvases import actions, erasing, past, trimming
from rihma.canvases.models import Canvas
from rihma.canvases.tests.long_ago import ITEMS, LONG_AGO, STORY, everywhere, folded, now, old, standing
from rihma.canvases.types import Payload
from tests.conftest import Cast

__all__ = ["now", "old"]

pytestmark = [pytest.mark.django_db, pytest.mark.req("R11", "P4")]


def test_erased_words_are_in_no_checkpoint(old: Canvas, cast: Cast, now: datetime) -> None:
    with clock.at(now - LONG_AGO):
        actions.change(old, "set", ITEMS[0], {"text": STORY}, base=120, by=cast["member"])
        actions.take_snapshot(old, 121, name="Told", by=cast["member"])
        actions.change(old, "set", ITEMS[0], {"text": f"{STORY}."}, base=121, by=cast["member"])
    folded(old, now)
    assert "Maija" in everywhere()
    erasing.erase_item(old, ITEMS[0], by=cast["owner"])
    assert "Maija" not in everywhere()
    assert past.states_at(old, old.head + 1) == standing(old)


def test_writer_is_erased_from_words_of_others_that_were_folded(old: Canvas, cast: Cast, now: datetime) -> None:
    with clock.at(now - LONG_AGO):
        own = new_id()
        said: Payload = {"kind": "assumption", "zone": "wanted", "text": "Phones are off", "lang": "en"}
        actions.change(old, "add", own, said, by=cast["convener"])
        actions.change(old, "set", own, {"text": f"Phones are off, {STORY}"}, base=121, by=cast["member"])
        actions.change(old, "set", own, {"text": f"Phones are off, says {STORY}"}, base=122, by=cast["convener"])
    folded(old, now)
    erasing.erase_writer(old, cast["member"], by=cast["owner"])
    assert ("Maija" in everywhere(), old.items.get(pk=own).text) == (False, "Phones are off")
    assert {item.text for item in old.items.filter(pk__in=ITEMS)} == {f"Item {n}" for n in range(4)}
    old.refresh_from_db()
    assert past.states_at(old, old.head) == standing(old)
    assert past.states_at(old, 50)[ITEMS[0]].text == ""


def test_words_erased_while_a_checkpoint_waits_are_not_in_the_next_one(old: Canvas, cast: Cast, now: datetime) -> None:
    trimming.trim(now)
    erasing.erase_item(old, ITEMS[0], by=cast["owner"])
    assert trimming.trim(now + trimming.REST) == 0
    folded(old, now + trimming.REST)
    assert (old.folded, "Said 56" in everywhere()) == (120, False)
    assert past.states_at(old, old.head) == standing(old)
