"""Old history is folded while people are away, or while the one who does it is killed."""

import json
import signal
import sys
from contextlib import closing

import pytest

from rihma.canvases.tests.dying import STEPS
from rihma.realtime.tests.conftest import Hand, Live
from rihma.site.tests.conftest import House, Serving

pytestmark = [pytest.mark.django_db, pytest.mark.req("R11")]


def test_whoever_was_away_for_longer_gets_everything_and_keeps_what_they_wrote(live: Live) -> None:
    with live.client() as away:
        live.do("add", count=10)
        away.wait(lambda: away.head == 10)
        away.close()
        own = away.add("assumption", "wanted", "written without a network")
        live.do("add", count=140)
        assert live.do("fold") == 150
        away.open()
        assert away.items.keys() - {own} == live.do("items").keys() - {own}
        away.flush()
        assert list(away.acked.values()) == [151]
        away.wait(lambda: away.head == 151)
        assert away.items.keys() == live.do("items").keys()


def test_what_was_sent_before_it_was_folded_is_taken_once(live: Live) -> None:
    with live.client() as writer:
        writer.add("assumption", "wanted", "sent twice")
        [sent] = writer.queue.values()
        writer.flush()
        live.do("add", count=140)
        live.do("fold")
        writer.queue[sent["id"]] = sent
        writer.open()
        writer.flush()
        assert (writer.acked[sent["id"]], live.do("head")) == (1, 141)


def test_history_that_was_folded_is_not_told_by_http(live: Live) -> None:
    live.do("add", count=140)
    live.do("fold")
    live.do("add", count=2)
    with closing(live.serving.line()) as line:
        path = f"/api/v1/canvases/{live.id}/operations?after=5"
        line.request("GET", path, headers={"Authorization": f"Bearer {live.tokens[0]}"})
        told = json.load(line.getresponse())
    assert (told["head"], [row["seq"] for row in told["operations"]]) == (142, [141, 142])


@pytest.mark.long
def test_killed_at_any_step_the_items_are_the_same_and_the_next_one_ends_it(
    house: House, hand: Hand, serving: Serving
) -> None:
    for step in STEPS:
        live = Live(serving, hand, 1)
        live.do("add", count=140, days_ago=500)
        before = live.do("items")
        # The last steps come with the second look, a day after the first.
        killed = [fold_in_a_process(house, day, die_at=step) for day in (0, 1)]
        assert -signal.SIGKILL in killed, step
        assert (live.do("items"), live.do("replayed")) == (before, before), step
        ended = [fold_in_a_process(house, day) for day in (2, 3, 4)]
        assert ended == [0, 0, 0], step
        assert (live.do("items"), live.do("replayed"), live.do("said")) == (before, before, []), step


def fold_in_a_process(house: House, days: int, die_at: str = "") -> int:
    python_path = {"PYTHONPATH": ":".join(sys.path), "RIHMA_DIE_AT": die_at}
    return house.run(sys.executable, "-m", "rihma.canvases.tests.dying", str(days), **python_path).returncode
