"""Old history gives way to a checkpoint that was found right twice; whoever is killed on the way loses nothing."""

import json
import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import Client
from pytest_django import Settings

from rihma.base.refused import Refused
from rihma.canvases import actions, log, past, trimming
from rihma.canvases.models import Canvas, Item, Stood
from rihma.canvases.tests.conftest import text_of, url
from rihma.canvases.tests.dying import STEPS
from rihma.canvases.tests.long_ago import ITEMS, LONG_AGO, folded, now, old, standing, tell
from rihma.canvases.types import Payload, Proposed
from tests.conftest import Cast

__all__ = ["now", "old"]

pytestmark = [pytest.mark.django_db, pytest.mark.req("R11")]


def test_history_is_folded_once_the_checkpoint_was_found_right_twice(old: Canvas, cast: Cast, now: datetime) -> None:
    tell(old, cast, 60)
    before, moments = standing(old), {seq: past.states_at(old, seq) for seq in (120, 121, 122)}
    rows = list(old.operations.order_by("seq").values_list("seq", "client_id", "verb", "item", "by", "at"))

    assert trimming.trim(now) == 0
    assert not old.operations.filter(payload={}).exists()
    assert trimming.trim(now + timedelta(hours=23)) == 0
    assert not old.operations.filter(payload={}).exists()
    assert trimming.trim(now + trimming.REST) == 1

    old.refresh_from_db()
    assert (old.folded, old.operations.exclude(payload={}).count()) == (120, 2)
    assert list(old.operations.order_by("seq").values_list("seq", "client_id", "verb", "item", "by", "at")) == rows
    assert standing(old) == before == past.states_at(old, old.head)
    assert {seq: past.states_at(old, seq) for seq in moments} == moments
    assert trimming.trim(now + 2 * trimming.REST) == 0


def test_checkpoint_gives_way_to_the_next_one(old: Canvas, cast: Cast, now: datetime) -> None:
    folded(old, now)
    for n in range(60, 120):
        tell(old, cast, n)
    before = standing(old)
    folded(old, now + LONG_AGO)
    assert (old.folded, standing(old), past.states_at(old, old.head)) == (240, before, before)
    assert list(old.checkpoints.values_list("seq", flat=True)) == [50, 240]


def test_moment_with_a_name_is_never_lost(old: Canvas, cast: Cast, now: datetime) -> None:
    then = past.states_at(old, 50)
    folded(old, now)
    assert past.states_at(old, 50) == then
    actions.bring_back(old, 50, by=cast["member"])
    now_said = {pk: (state.text, state.zone, state.fields, state.removed) for pk, state in standing(old).items()}
    assert now_said == {pk: (state.text, state.zone, state.fields, state.removed) for pk, state in then.items()}


def test_moment_that_gets_its_name_between_the_two_looks_is_kept(old: Canvas, cast: Cast, now: datetime) -> None:
    then = past.states_at(old, 70)
    trimming.trim(now)
    actions.take_snapshot(old, 70, name="Later", by=cast["member"])
    assert trimming.trim(now + trimming.REST) == 0
    folded(old, now + trimming.REST)
    assert (old.folded, past.states_at(old, 70)) == (120, then)


def test_history_begins_at_the_checkpoint_and_says_so(old: Canvas, works: Client, cast: Cast, now: datetime) -> None:
    folded(old, now)
    tell(old, cast, 60)
    page = " ".join(works.get(f"{url('moment', old)}&at=3").content.decode().split())
    assert 'min="120" max="122" value="120"' in page
    assert "The history begins at change 120." in page
    assert "One change back" not in page
    half = works.get(f"{url('moment', old)}&at=50").content.decode()
    assert ("Moment: change 50 of 122" in half, "at=120" in half, "Said 58" in half) == (True, True, False)
    told = text_of(works.get(url("history", old)))
    assert ("Said 60" in told, "Said 58" in told, "too old to be told" in told) == (True, False, True)


def test_moment_that_is_no_longer_known_is_refused(old: Canvas, cast: Cast, now: datetime) -> None:
    folded(old, now)
    deeds: list[Callable[[], object]] = [
        lambda: past.states_at(old, 49),
        lambda: actions.bring_back(old, 49, by=cast["member"]),
        lambda: actions.take_snapshot(old, 119, name="Too late", by=cast["member"]),
        lambda: actions.undo(old, 119, by=cast["convener"]),
    ]
    for deed in deeds:
        with pytest.raises(Refused):
            deed()
    assert actions.take_snapshot(old, 120, name="Just so", by=cast["member"]).seq == 120


def test_what_is_sent_again_keeps_its_old_number(old: Canvas, cast: Cast, now: datetime) -> None:
    first = old.operations.get(seq=1)
    payload: Payload = {"kind": "assumption", "zone": "wanted", "text": "Item 0", "lang": "en"}
    folded(old, now)
    [again] = actions.apply(old, [Proposed(first.client_id, "add", first.item, payload)], by=cast["convener"])
    assert (again.again, again.operation and again.operation.seq) == (True, 1)
    [other] = actions.apply(old, [Proposed(first.client_id, "remove", first.item, {})], by=cast["convener"])
    assert other.refused
    assert Canvas.objects.get(pk=old.pk).head == 120


def test_text_written_on_folded_words_is_merged_or_kept_beside_them(old: Canvas, cast: Cast, now: datetime) -> None:
    folded(old, now)
    item = ITEMS[0]
    was = old.items.get(pk=item).text
    actions.change(old, "set", item, {"text": f"{was} today"}, base=120, by=cast["member"])
    actions.change(old, "set", item, {"text": f"Now: {was}"}, base=120, by=cast["convener"])
    assert old.items.get(pk=item).text == f"Now: {was} today"
    # Somebody who was away since before the history begins has not seen the words that stand there.
    other = ITEMS[1]
    there = old.items.get(pk=other).text
    actions.change(old, "set", other, {"text": "From long ago"}, base=2, by=cast["convener"])
    found = old.items.get(pk=other)
    assert (found.text, [one["text"] for one in found.alternatives]) == ("From long ago", [there])


def test_checkpoint_that_does_not_lead_to_the_canvas_folds_nothing_and_is_told(
    old: Canvas, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    Item.objects.filter(pk=ITEMS[0]).update(text="Nobody wrote this")
    with caplog.at_level(logging.ERROR):
        folded(old, now)
    assert (old.folded, Stood.objects.count(), old.operations.filter(payload={}).count()) == (0, 0, 0)
    assert f"The history of canvas {old.pk} is not folded" in caplog.text
    assert [found.id for found in warnings()] == ["rihma.canvases.W001"]
    text = old.operations.filter(item=ITEMS[0], payload__has_key="text").order_by("-seq")[0].payload["text"]
    Item.objects.filter(pk=ITEMS[0]).update(text=text)
    folded(old, now + 2 * trimming.REST)
    assert (old.folded, warnings()) == (120, [])


def test_checkpoint_that_was_damaged_meanwhile_folds_nothing(old: Canvas, now: datetime) -> None:
    trimming.trim(now)
    Stood.objects.filter(checkpoint__seq=120, item=ITEMS[0]).update(zone="lawful")
    assert trimming.trim(now + trimming.REST) == 0
    old.refresh_from_db()
    assert (old.folded, old.operations.filter(payload={}).count()) == (0, 0)
    assert len(warnings()) == 1


def warnings() -> list[Any]:
    return [found for found in run_checks(databases=["default"]) if str(found.id).startswith("rihma.canvases")]


class Stopped(BaseException):
    """As if the process were gone."""


REACHED: list[str] = []


def note(step: str) -> None:
    REACHED.append(step)
    if REACHED.count(step) == 1 and step == STOP_AT[0]:
        raise Stopped


STOP_AT = [""]


@pytest.fixture
def stopping(settings: Settings) -> Iterator[None]:
    settings.CANVAS_TRIMMING_WATCH = f"{__name__}.note"
    yield
    REACHED.clear()


@pytest.mark.usefixtures("stopping")
@pytest.mark.parametrize("step", STEPS)
def test_whoever_is_stopped_at_any_step_leaves_the_same_canvas(old: Canvas, now: datetime, step: str) -> None:
    before, half = standing(old), past.states_at(old, 50)
    STOP_AT[0] = step
    with pytest.raises(Stopped):
        folded(old, now)
    assert (standing(old), past.states_at(old, 120), past.states_at(old, 50)) == (before, before, half)
    for turn in range(1, 6):
        trimming.trim(now + turn * trimming.REST)
    old.refresh_from_db()
    assert (old.folded, old.operations.exclude(payload={}).count()) == (120, 0)
    assert (standing(old), past.states_at(old, 120), past.states_at(old, 50)) == (before, before, half)
    assert log.replay([], past.stood_at(old, 120)) == before
    assert json.dumps(sorted(old.checkpoints.values_list("seq", flat=True))) == "[50, 120]"


def test_second_who_begins_leaves_it_to_the_first(old: Canvas, now: datetime, settings: Settings) -> None:
    seen: list[bool] = []
    settings.CANVAS_TRIMMING_WATCH = f"{__name__}.begin_too"
    BEGINS[0] = lambda: seen.append(trimming.trim_one(old, now, now))
    trimming.trim(now)
    assert (seen[0], old.checkpoints.filter(checked_at__isnull=False).count()) == (False, 2)
    assert Stood.objects.filter(checkpoint__canvas=old).count() == 8


BEGINS: list[Callable[[], object]] = [lambda: None]


def begin_too(step: str) -> None:
    if step == "made":
        BEGINS[0]()


def test_history_is_kept_for_ever_where_the_setting_says_so(old: Canvas, now: datetime, settings: Settings) -> None:
    settings.CANVAS_HISTORY_DAYS = 0
    folded(old, now)
    assert (old.folded, old.checkpoints.count()) == (0, 0)
