import pytest
from hypothesis import given
from hypothesis import strategies as st

from rihma.canvases.merge import MOST_CELLS, TOKEN, _changes, merge3
from rihma.canvases.rules import Settled, settle

TEXTS = st.lists(st.sampled_from(["we", "try", "it", "now", ",", "ä"]), max_size=8).map(" ".join)


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "merged"),
    [
        ("one two three", "ONE two three", "one two THREE", "ONE two THREE"),
        ("one two three", "one three", "one two three four", "one three four"),
        ("one two", "one two", "one 2", "one 2"),
        ("one two", "one and two", "one and two", "one and two"),
        ("Ääkkösiä on.", "Ääkkösiä on paljon.", "Kyllä, ääkkösiä on.", "Kyllä, ääkkösiä on paljon."),
        ("one two", "one 2", "one deux", None),
        ("one", "one two", "one three", None),
        ("one two three", "one", "one TWO three", None),
        ("", "a", "b", None),
    ],
)
def test_changes_to_different_words_are_both_kept(base: str, theirs: str, mine: str, merged: str | None) -> None:
    assert merge3(base, theirs, mine) == merged


@given(base=TEXTS, mine=TEXTS)
def test_one_persons_change_alone_is_their_text(base: str, mine: str) -> None:
    assert merge3(base, base, mine) == mine
    assert merge3(base, mine, base) == mine
    assert merge3(base, mine, mine) == mine


@given(base=TEXTS, theirs=TEXTS, mine=TEXTS)
def test_word_that_somebody_added_is_in_the_merged_text(base: str, theirs: str, mine: str) -> None:
    merged = merge3(base, theirs, mine)
    if merged is not None:
        assert {*theirs.split(), *mine.split()} - {*base.split()} <= {*merged.split()}


@given(was=st.none() | TEXTS, theirs=TEXTS, mine=TEXTS)
def test_text_of_the_other_goes_only_when_it_is_merged_kept_aside_or_nothing_new(
    was: str | None, theirs: str, mine: str
) -> None:
    settled = settle(was=was, theirs=theirs, mine=mine)
    if settled.clash:
        assert settled == Settled(mine, clash=True)
    elif settled.text != theirs and theirs.strip() and theirs != was:
        assert was is not None
        assert settled.text == merge3(was, theirs, mine)


class Word(str):
    """One that counts how often it is compared."""

    __slots__ = ()
    compared = 0

    def __eq__(self, other: object) -> bool:
        Word.compared += 1
        return super().__eq__(other)

    __hash__ = str.__hash__


def compared(old: str, new: str) -> int:
    Word.compared = 0
    list(_changes([Word(word) for word in TOKEN.findall(old)], [Word(word) for word in TOKEN.findall(new)]))
    return Word.compared


def test_hostile_text_is_merged_with_a_bounded_number_of_comparisons() -> None:
    assert compared("a " * 2000, "a b " * 1000) < 10_000
    assert MOST_CELLS / 2 < compared("a " * 300, "a b " * 150) < MOST_CELLS * 2
