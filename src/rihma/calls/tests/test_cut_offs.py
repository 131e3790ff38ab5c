from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from rihma.base.refused import Refused
from rihma.calls.rules import (
    Moment,
    Stage,
    check_may_add_cut_off,
    check_may_move_cut_off,
    check_may_remove_cut_off,
    may_remove_cut_off,
)

HELSINKI = ZoneInfo("Europe/Helsinki")
NOW = datetime(2027, 3, 1, 12, tzinfo=HELSINKI)
WHY = {"fi": "Talvi on pitkä."}
LATER = NOW + timedelta(days=9)


def on(day: date) -> Moment:
    return Moment(day, time(16), HELSINKI)


MARCH, MAY, JULY = on(date(2027, 3, 31)), on(date(2027, 5, 31)), on(date(2027, 7, 31))


def refused_adding(new: Moment, *, opens: datetime | None = None, answered: bool = False) -> str:
    with pytest.raises(Refused) as refused:
        check_may_add_cut_off(new, [MAY], opens=opens, answered=answered, now=NOW)
    return refused.value.code


def test_cut_off_is_added_ahead_and_not_before_one_that_people_have_sent_for() -> None:
    check_may_add_cut_off(MARCH, [MAY], opens=None, answered=False, now=NOW)
    assert refused_adding(on(date(2027, 2, 1))) == "past"
    assert refused_adding(MAY) == "known"
    assert refused_adding(MARCH, opens=MARCH.instant) == "order"
    assert refused_adding(MARCH, answered=True) == "answered"


def refused_moving(before: Moment, after: Moment, because: dict[str, str] = WHY, stage: Stage = Stage.OPEN) -> str:
    with pytest.raises(Refused) as refused:
        check_may_move_cut_off(before, after, (MARCH.instant, JULY.instant), stage=stage, now=NOW, because=because)
    return refused.value.code


def test_moved_cut_off_stays_between_its_neighbours() -> None:
    assert refused_moving(MAY, MARCH) == "order"
    assert refused_moving(MAY, JULY) == "order"
    around = (MARCH.instant, JULY.instant)
    check_may_move_cut_off(MAY, on(date(2027, 6, 15)), around, stage=Stage.OPEN, now=NOW, because=WHY)
    check_may_move_cut_off(MAY, on(date(2027, 6, 15)), around, stage=Stage.AHEAD, now=NOW, because={})


def test_what_people_plan_by_moves_with_a_reason_and_a_week_ahead() -> None:
    assert refused_moving(MAY, on(date(2027, 6, 15)), because={}) == "because"
    soon = on((NOW + timedelta(days=3)).date())
    with pytest.raises(Refused) as refused:
        check_may_move_cut_off(MARCH, soon, (None, MAY.instant), stage=Stage.OPEN, now=NOW, because=WHY)
    assert refused.value.code == "too_soon"


def test_cut_off_that_has_passed_stays_as_it_was() -> None:
    assert refused_moving(on(date(2027, 2, 1)), on(date(2027, 4, 1))) == "over"


@pytest.mark.parametrize(
    ("only", "answered", "days", "code"),
    [(True, False, None, "only"), (False, True, None, "answered"), (False, False, 3, "too_soon")],
)
def test_cut_off_goes_only_where_nobody_loses_by_it(only: bool, answered: bool, days: int | None, code: str) -> None:
    closes_then = None if days is None else NOW + timedelta(days=days)
    with pytest.raises(Refused) as refused:
        check_may_remove_cut_off(
            LATER, only=only, answered=answered, closes_then=closes_then, stage=Stage.OPEN, now=NOW, because=WHY
        )
    assert refused.value.code == code


def test_cut_off_for_which_nothing_came_goes_with_a_reason() -> None:
    for stage, because in ((Stage.OPEN, WHY), (Stage.AHEAD, {})):
        check_may_remove_cut_off(
            LATER, only=False, answered=False, closes_then=None, stage=stage, now=NOW, because=because
        )


def test_cut_off_that_has_passed_goes_only_before_the_call_opens() -> None:
    def is_offered(closes: datetime, stage: Stage) -> bool:
        return may_remove_cut_off(closes, only=False, answered=False, closes_then=None, stage=stage, now=NOW)

    assert (is_offered(NOW, Stage.AHEAD), is_offered(NOW, Stage.OPEN)) == (True, False)
    assert is_offered(LATER, Stage.OPEN)
