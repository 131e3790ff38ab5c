"""The language of conditions, tried with names of a library: it knows nothing of what it is used for."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from rihma.base.expressions import MAYBE, BadExpression, Kind, Name, Names, Row, Rows, World, moved, read

BOOK = Rows(
    "Books",
    {
        "title": Name(Kind.TEXT, "title"),
        "genre": Name(Kind.TEXT, "genre", {"poems": "Poems", "crime": "Crime"}),
        "pages": Name(Kind.NUMBER, "pages"),
        "borrowed": Name(Kind.YES_NO, "borrowed"),
        "bought": Name(Kind.DATE, "bought"),
    },
    by="title",
)
NAMES = Names(
    {
        "open": Name(Kind.YES_NO, "open"),
        "shelves": Name(Kind.NUMBER, "shelves"),
        "town": Name(Kind.TEXT, "town"),
        "opened": Name(Kind.DATE, "opened"),
    },
    {"books": BOOK},
    frozenset({"answers"}),
)


def book(title: str = "A", *, sure: bool = True, **fields: object) -> Row:
    plain = {"genre": "poems", "pages": 100, "borrowed": False, "bought": date(2020, 5, 1)}
    return Row(sure, {"title": title, **plain, **fields})


def world(*books: Row, **values: object) -> World:
    plain = {"open": True, "shelves": 3, "town": "Saarnila", "opened": date(1999, 9, 1)}
    return World({**plain, **values}, {"books": books})


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("open", True),
        ("not open or shelves == 3", True),
        ("shelves + 1 > 4", False),
        ("2 * shelves - 1 == 5", True),
        ('town == "  SAARNILA "', True),
        ('town in ["Vaara", "Saarnila"]', True),
        ('town not in ["Vaara"]', True),
        ("opened < 2000-01-01 and opened + 30 > 1999-09-30", True),
        ("count(books) == 2", True),
        ("count(books where pages > 150) == 1", True),
        ("sum(pages of books where not borrowed) >= 300", True),
        ("exists(books where borrowed)", False),
        ('none(books where genre == "crime")', True),
        ('"b" in books', True),
        ("none(books where count(books where title == title) < 2)", True),
        ("shelves ≥ 3 and town ≠ “Vaara”", True),
        ("answers.rooms >= 4", True),
        ('answers.kind == "school"', True),
        ("answers.nothing == 1 or answers.nothing != 1", False),
        ("answers.rooms > 2027-01-01", False),
        ("answers.agreed", True),
        ('answers.chosen == "b" and answers.chosen == "a"', True),
    ],
)
def test_condition_is_answered_from_the_facts(text: str, answer: bool) -> None:
    answers = {"answers.rooms": "4,5", "answers.kind": "School", "answers.agreed": True, "answers.chosen": ["a", "b"]}
    facts = world(book(), book("B", pages=200), **answers)
    assert read(text, NAMES).answer(facts) is answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("count(books) >= 1", True),
        ("count(books) >= 2", MAYBE),
        ("count(books) >= 3", False),
        ("count(books) == 2", MAYBE),
        ("count(books) <= 1", MAYBE),
        ('"B" in books', MAYBE),
        ("sum(pages of books) > 250", MAYBE),
        ("exists(books where pages == 200) or open", True),
        ("none(books where pages == 200)", MAYBE),
        ("none(books where pages == 200) and not open", False),
    ],
)
def test_what_is_not_sure_makes_a_condition_unsure_only_where_it_matters(text: str, answer: object) -> None:
    assert read(text, NAMES).answer(world(book(), book("B", sure=False, pages=200))) is answer


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Line 1, character 1: There is no condition. Write one, such as: count(…) >= 2"),
        ("opeen", "Line 1, character 1: There is no name “opeen” here. Did you mean “open”?"),
        ("open and\n  shelvs > 1", "Line 2, character 3: There is no name “shelvs” here. Did you mean “shelves”?"),
        ("cuont(books) > 1", "Line 1, character 1: “cuont” does not fit here. Did you mean “count”?"),
        ("count(boks) > 1", "Line 1, character 7: “boks” cannot be counted. Did you mean “books”?"),
        ("books", "Line 1, character 1: “books” are several. Count them: count(books)"),
        ("shelves = 3", "Line 1, character 9: “=” is not used here. Write == instead."),
        ("open && open", "Line 1, character 6: “&&” is not used here. Write and instead."),
        (
            "shelves",
            ("Line 1, character 1: “shelves” is a number, not something that holds or does not. "
            "Compare it with something, such as: shelves >= 1"),
        ),
        (
            "shelves == 2020-01-01",
            "Line 1, character 1: Here a number is compared with a day. Compare what is of the same kind.",
        ),
        ("town > 3", "Line 1, character 1: Here a text is compared with a number. Compare what is of the same kind."),
        ('town < "a"', "Line 1, character 1: “<” compares numbers and days only. Write == or != instead."),
        (
            'exists(books where genre == "peoms")',
            "Line 1, character 29: “peoms” is not one of the choices. Did you mean “poems”?",
        ),
        ("1 < shelves < 4", "Line 1, character 13: Two comparisons stand in a row. Put “and” between them."),
        ("opened == 2021-02-29", ("Line 1, character 11: There is no day 2021-02-29. "
         "Write a day as year-month-day, such as 2027-01-29.")),
        ('town == "Vaara', ("Line 1, character 9: This text does not end. "
         "End it with a quotation mark on the same line.")),
        ("count(books", "Line 1, character 12: The condition ends in the middle. “)” was expected here."),
        ("sum(title of books) > 1", ("Line 1, character 5: “title” cannot be summed up. "
         "These are known: pages.")),
        ("(" * 60 + "open", "Line 1, character 25: Too much stands inside one another here. Make two rules of it."),
    ],
)  # fmt: skip
def test_mistake_is_told_with_its_place_and_what_to_do(text: str, told: str) -> None:
    with pytest.raises(BadExpression) as bad:
        read(text, NAMES)
    assert str(bad.value) == told


def test_long_text_is_refused_before_it_is_read() -> None:
    with pytest.raises(BadExpression, match="longer than 1000"):
        read("open or " * 200 + "open", NAMES)


def test_condition_that_looks_at_too_many_rows_is_stopped() -> None:
    heavy = read("count(books where count(books) > 1) > 1", NAMES)
    with pytest.raises(BadExpression, match="too long to find out"):
        heavy.answer(world(*(book() for _n in range(300))))


def test_many_questions_may_be_asked_of_the_same_facts() -> None:
    condition, facts = read("count(books where count(books) > 1) > 1", NAMES), world(*(book() for _n in range(100)))
    assert [condition.answer(facts) for _n in range(5)] == [True] * 5


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("count(books where borrowed) >= 2", ["Books (borrowed): now 0, at most 1. Asked: at least 2."]),
        ("open and shelves > 5", ["shelves: now 3. Asked: more than 5."]),
        ('exists(books where genre == "crime")', ["Books (genre: Crime): none yet."]),
        ("exists(books where borrowed)", ["Books (borrowed): not sure yet."]),
        ("none(books where pages > 50)", ["Books (pages > 50): there should be none, and now there is A, B."]),
        ("not open", ["open: yes"]),
        ("not open or shelves == 4", ["open: yes Or: shelves: now 3. Asked: 4."]),
        ('"Z" in books', ["Books: Z is missing."]),
        ('town in ["Vaara"]', ["town: now Saarnila. Asked: one of these: Vaara."]),
        ("answers.rooms > 2", ["answers.rooms: now no answer. Asked: more than 2."]),
        ("open", []),
    ],
)
def test_reason_tells_what_is_so_and_what_is_asked(text: str, because: list[str]) -> None:
    assert read(text, NAMES).because(world(book(), book("B", sure=False, borrowed=True))) == because


def test_days_of_a_condition_move_with_the_round() -> None:
    text = 'opened >= 2023-01-27 and  town == "2023-01-27"'
    assert moved(text, timedelta(weeks=52)) == 'opened >= 2024-01-26 and  town == "2023-01-27"'
    assert moved("not a condition =", timedelta(1)) == "not a condition ="


def test_names_are_asked_for_only_where_they_are_mentioned() -> None:
    mentions: Mapping[str, frozenset[str]] = {
        text: read(text, NAMES).mentions for text in ("open", "answers.x > 1", '"A" in books')
    }
    assert mentions == {
        "open": frozenset({"open"}),
        "answers.x > 1": frozenset({"answers.x"}),
        '"A" in books': frozenset({"books"}),
    }
