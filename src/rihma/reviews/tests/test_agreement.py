from uuid import UUID

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rihma.reviews.rules.agreement import agreement, alpha_of, pairs_of
from rihma.reviews.rules.calibration import calibrate, places

SCORES = st.lists(st.lists(st.one_of(st.none(), st.integers(1, 5)), min_size=4, max_size=4), min_size=2, max_size=12)


@settings(max_examples=150)
@given(table=SCORES)
def test_alpha_is_that_of_the_published_package(table: list[list[int | None]]) -> None:
    given = [[score for score in row if score is not None] for row in table]
    paired = [score for row in given if len(row) > 1 for score in row]
    assume(len(set(paired)) > 1)
    units = np.array([[np.nan if score is None else score for score in row] for row in table]).T
    # The package counts values that were never paired among those that may occur, which changes no distance.
    theirs = krippendorff.alpha(reliability_data=units, level_of_measurement="ordinal", value_domain=[1, 2, 3, 4, 5])
    assert alpha_of(pairs_of(given)) == pytest.approx(theirs)


def test_nothing_is_said_where_nothing_was_read_twice() -> None:
    assert agreement([[[5], [3]]] * 6) is None
    assert agreement([[[4, 4], [4, 4]]] * 6) is None


def test_nothing_is_said_of_fewer_than_five_applications() -> None:
    assert agreement([[[n, n]] for n in (1, 2, 3, 4)]) is None


def test_bounds_hold_the_value_and_are_the_same_each_time() -> None:
    scores = [[[n % 5 + 1, min(5, n % 5 + 2)], [3, 4]] for n in range(12)]
    found = agreement(scores)
    assert found == agreement(scores)
    assert found
    assert found.low <= found.alpha <= found.high
    assert found.low < found.high


def test_full_agreement_is_one() -> None:
    found = agreement([[[n, n, n]] for n in (1, 2, 3, 4, 5)])
    assert found
    assert (found.alpha, found.high) == (1.0, 1.0)


FIRST, SECOND, THIRD = (UUID(int=n) for n in range(3))
HARSH, MILD, OTHER = (UUID(int=n) for n in range(10, 13))


def test_harsh_juror_is_found_though_they_read_other_applications() -> None:
    worth = {FIRST: 3.0, SECOND: 2.0, THIRD: 4.0}
    bias = {HARSH: -0.5, MILD: 0.5}
    read = [(FIRST, HARSH), (FIRST, MILD), (SECOND, MILD), (THIRD, HARSH), (SECOND, HARSH)]
    found = calibrate({(a, j): worth[a] + bias[j] for a, j in read})
    assert found.mildness[MILD] - found.mildness[HARSH] == pytest.approx(1.0)
    assert found.corrected[FIRST] - found.corrected[SECOND] == pytest.approx(1.0)
    assert found.corrected[THIRD] - found.corrected[FIRST] == pytest.approx(1.0)


def test_correction_turns_an_order_that_luck_had_made() -> None:
    means = {(FIRST, HARSH): 3.0, (SECOND, MILD): 3.5, (THIRD, HARSH): 2.0, (THIRD, MILD): 3.4}
    found = calibrate(means)
    assert (places(found.plain)[FIRST], places(found.corrected)[FIRST]) == (2, 1)


def test_equal_ones_share_a_place() -> None:
    assert places({FIRST: 3.0, SECOND: 3.0, THIRD: 1.0}) == {FIRST: 1, SECOND: 1, THIRD: 3}
