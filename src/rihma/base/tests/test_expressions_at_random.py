"""Whatever is written, however odd: it is read or refused, and what is read is answered rightly."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from rihma.base.expressions import MAYBE, BadExpression, Row, World, read
from rihma.base.expressions.parsing import parse
from rihma.base.expressions.printing import printed
from rihma.base.expressions.tree import (
    Compared,
    Gathered,
    Listed,
    Literal,
    Named,
    Node,
    Not,
    Reckoned,
    Several,
    Within,
)
from rihma.base.tests.test_expressions import NAMES, book, world

# Everything that a tree can be, even if it means nothing.
LITERALS = st.one_of(
    st.booleans(),
    st.integers(-999, 999),
    st.decimals(-99, 99, places=2, allow_nan=False),
    st.dates(date(1900, 1, 1)),
    st.sampled_from(["", "poems", "Vaara", "ä b"]),
).map(Literal)
LEAVES = st.one_of(LITERALS, st.sampled_from(["open", "shelves", "pages", "answers.x", "zzz"]).map(Named))
SIGNS = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])


def _more(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(
        inner.map(Not),
        st.builds(Several, st.sampled_from(["and", "or"]), st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Compared, SIGNS, inner, inner),
        st.builds(Reckoned, st.sampled_from(["+", "-", "*"]), inner, inner),
        st.builds(Within, inner, st.one_of(st.just(Named("books")), st.lists(LITERALS, min_size=1, max_size=3).map(lambda some: Listed(tuple(some))))),
        st.builds(Gathered, st.sampled_from(["count", "exists", "none"]), st.just("books"), st.none() | inner),
        st.builds(Gathered, st.just("sum"), st.just("books"), st.none() | inner, inner),
    )  # fmt: skip


TREES = st.recursive(LEAVES, _more, max_leaves=8)
WORDS = st.sampled_from(
    ["open", "shelves", "books", "town", "count", "(", ")", "where", "and", "or", "not", "in", "[", "]", ",", "==",
     ">", "<=", "3", "1.5", "2020-01-01", '"a"', "pages", "sum", "of", "none", ".", "answers", "+", "-", "*", "yes"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=14).map(" ".join), TREES.map(printed))


def parsed(text: str) -> Node | BadExpression:
    try:
        return parse(text)
    except BadExpression as bad:
        return bad


@given(TREES)
def test_what_is_printed_reads_back_as_the_same(tree: Node) -> None:
    text = printed(tree)
    again = parsed(text)
    if isinstance(again, BadExpression):
        # Because a tree deeper or longer than a person may write can be made, and is refused.
        assert again.remedy == "Make two rules of it."
    else:
        assert (again, printed(again)) == (tree, text)


@given(TEXTS)
def test_any_text_is_read_or_refused_with_words(text: str) -> None:
    tree = parsed(text)
    if isinstance(tree, BadExpression):
        assert (tree.what != "", tree.place.line >= 1, tree.place.column >= 1) == (True, True, True)
    else:
        assert parse(printed(tree)) == tree


@given(
    TEXTS,
    st.lists(st.booleans(), max_size=3),
    st.sampled_from(["x", "4", "", 7, 1.5, True, ["a", {}], {"name": "x"}, None, date(2020, 1, 1)]),
)
def test_whatever_is_read_can_be_answered_and_explained(text: str, sure: list[bool], filled: object) -> None:
    facts = world(*(book(str(n), sure=one) for n, one in enumerate(sure)), **{"answers.x": filled})
    with suppress(BadExpression):
        condition = read(text, NAMES)
        assert condition.answer(facts) in (True, False, MAYBE)
        assert all(condition.because(facts))


def worlds(books: list[Row]) -> Iterator[World]:
    """Each way in which what is not sure may turn out."""
    for there in product([True, False], repeat=len(books)):
        settled = [Row(True, one.fields) for one, comes in zip(books, there, strict=True) if one.sure or comes]
        yield world(*settled)


BOOKS = st.lists(
    st.builds(
        book, st.sampled_from("ABC"), sure=st.booleans(), pages=st.sampled_from([-5, 0, 10, 60]), borrowed=st.booleans()
    ),
    max_size=4,
)
SENSIBLE = st.recursive(
    st.sampled_from(
        ["open", "count(books) {s} 2", "sum(pages of books) {s} 50", "exists(books where borrowed)", '"A" in books',
         "none(books where pages > 20)", "count(books where borrowed) {s} count(books where not borrowed)",
         "count(books) * 2 - 1 {s} 3", "sum(pages * 2 of books where borrowed) {s} 20"]
    ).flatmap(lambda text: SIGNS.map(lambda sign: text.format(s=sign))),
    lambda inner: st.one_of(
        inner.map(lambda one: f"not ({one})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda three: f"({three[0]}) {three[1]} ({three[2]})"),
    ),
    max_leaves=3,
)  # fmt: skip


@given(SENSIBLE, BOOKS)
def test_what_is_said_for_sure_is_so_however_things_turn_out(text: str, books: list[Row]) -> None:
    condition = read(text, NAMES)
    said = condition.answer(world(*books))
    outcomes = {condition.answer(settled) for settled in worlds(books)}
    assert said is MAYBE or outcomes == {said}


@given(BOOKS, st.integers(0, 4))
def test_one_count_is_unsure_only_between_what_is_sure_and_what_is_hoped(books: list[Row], least: int) -> None:
    """Then it is the same as asking twice: of those who are sure, and of all."""
    condition = read(f"count(books where borrowed) >= {least}", NAMES)
    sure = condition.answer(world(*(one for one in books if one.sure)))
    hoped = condition.answer(world(*(Row(True, one.fields) for one in books)))
    assert condition.answer(world(*books)) is (sure if sure is hoped else MAYBE)
