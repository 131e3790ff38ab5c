"""A result is drawn where it is, and its labels stay inside the drawing."""

from hypothesis import given
from hypothesis import strategies as st

from rihma.base.ruler import MARGIN, WIDTH, Ruler

numbers = st.floats(min_value=-1e6, max_value=1e6)


@given(numbers, numbers, st.one_of(st.none(), numbers), st.one_of(st.none(), numbers))
def test_every_point_is_inside_the_drawing(
    value: float, threshold: float, low: float | None, high: float | None
) -> None:
    ruler = Ruler(value, threshold, low, high)
    for number in ruler.known:
        assert MARGIN <= ruler.x(number) <= WIDTH - MARGIN


def test_larger_numbers_are_further_right() -> None:
    ruler = Ruler(42, 40, 36, 48)
    assert ruler.low_x is not None
    assert ruler.high_x is not None
    assert ruler.low_x < ruler.threshold_x < ruler.value_x < ruler.high_x


def test_single_point_stands_in_the_middle() -> None:
    assert Ruler(5, 5).value_x == WIDTH / 2


def test_labels_at_the_ends_grow_inwards() -> None:
    ruler = Ruler(0, 100)
    assert (ruler.value_anchor, ruler.threshold_anchor) == ("start", "end")
    assert Ruler(5, 5).value_anchor == "middle"
