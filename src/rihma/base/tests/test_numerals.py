import pytest

from rihma.base.numerals import FURTHEST, span, whole


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("007", 7), ("", 0), ("-7", 0), ("7.5", 0), ("٣", 0), ("²", 0), ("9" * 15, 10**15 - 1), ("9" * 5000, 0)],
)
def test_what_is_no_whole_number_is_none(text: str, number: int) -> None:
    assert whole(text) == number


@pytest.mark.parametrize(
    ("offset", "limit", "meant"),
    [
        (0, 50, slice(0, 50)),
        (-5, 0, slice(0, 1)),
        (20, 10**30, slice(20, 220)),
        (10**30, 1, slice(FURTHEST, FURTHEST + 1)),
    ],
)
def test_part_of_a_list_is_one_that_a_database_can_give(offset: int, limit: int, meant: slice) -> None:
    assert span(offset, limit, 200) == meant
