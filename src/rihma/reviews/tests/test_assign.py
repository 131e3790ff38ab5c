from collections import Counter
from uuid import UUID

import pytest

from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.reviews import actions
from rihma.reviews.models import Assignment
from rihma.reviews.rules.choosing import Reader, Table, Text, in_words
from rihma.reviews.rules.solving import choose
from tests.conftest import Cast

FI, SV = frozenset({"fi"}), frozenset({"fi", "sv"})


def ids(n: int, start: int = 1) -> list[UUID]:
    return [UUID(int=start * 1_000 + one) for one in range(n)]


def test_everybody_reads_as_much_and_no_language_is_strange() -> None:
    texts = [Text(pk, "sv" if n % 3 == 0 else "fi") for n, pk in enumerate(ids(12))]
    readers = [Reader(pk, SV if n < 2 else FI) for n, pk in enumerate(ids(4, 2))]
    chosen = choose(Table(texts, readers, 2))
    load = Counter(person for _application, person in chosen.pairs)
    assert (chosen.short, set(load.values())) == ({}, {6})
    language = {text.application: text.language for text in texts}
    known = {reader.person: reader.languages for reader in readers}
    assert all(language[application] in known[person] for application, person in chosen.pairs)


def test_whoever_knows_the_theme_reads_it_where_work_stays_even() -> None:
    themes = ids(2, 7)
    texts = [Text(pk, "fi", themes[n % 2]) for n, pk in enumerate(ids(8))]
    readers = [Reader(pk, FI, frozenset({themes[n % 2]})) for n, pk in enumerate(ids(4, 2))]
    chosen = choose(Table(texts, readers, 2))
    theme = {text.application: text.theme for text in texts}
    knows = {reader.person: reader.themes for reader in readers}
    assert all(theme[application] in knows[person] for application, person in chosen.pairs)


def test_conflict_is_never_overridden_and_what_lacks_is_told() -> None:
    (text,), readers = [Text(ids(1)[0], "fi")], [Reader(pk, FI) for pk in ids(2, 2)]
    chosen = choose(Table([text], readers, 2, barred=frozenset({(text.application, readers[0].person)})))
    assert (chosen.pairs, chosen.short) == (((text.application, readers[1].person),), {text.application: 1})


def test_same_table_gives_the_same_answer() -> None:
    texts = [Text(pk, "sv" if n % 4 == 1 else "fi") for n, pk in enumerate(ids(40))]
    readers = [Reader(pk, SV if n % 3 == 0 else FI) for n, pk in enumerate(ids(7, 2))]
    barred = frozenset((t.application, r.person) for n, t in enumerate(texts) for r in readers[n % 5 : n % 5 + 1])
    assert len({choose(Table(texts, readers, 3, barred=barred)).pairs for _again in range(3)}) == 1


@pytest.mark.django_db
def test_assignment_says_why_each_was_chosen(submitted: list[Application], jurors: list[Person], cast: Cast) -> None:
    first, second = submitted
    actions.set_up(first.call.last_intake, readers=1, blind=False, by=cast["owner"])
    assert actions.assign_all(first.call.last_intake, by=cast["owner"]) == {}
    found = {one.application_id: one for one in Assignment.objects.current()}
    assert found[second.pk].person == cast["outsider"]
    assert in_words(found[second.pk].because) == [
        "reads Swedish",
        "the only one free who does",
        "1 application in all",
    ]
    assert found[first.pk].person != cast["outsider"]


@pytest.mark.django_db
def test_what_was_given_by_hand_stays(submitted: list[Application], jurors: list[Person], cast: Cast) -> None:
    first = submitted[0]
    by_hand = actions.assign(first, cast["outsider"], by=cast["owner"])
    actions.assign_all(first.call.last_intake, by=cast["owner"])
    actions.assign_all(first.call.last_intake, by=cast["owner"])
    current = Assignment.objects.current()
    assert by_hand in current.filter(application=first)
    assert Counter(current.values_list("application", flat=True)) == {one.pk: 2 for one in submitted}


@pytest.mark.django_db
def test_jurors_see_nothing_while_the_review_is_prepared(
    submitted: list[Application], jurors: list[Person], cast: Cast
) -> None:
    actions.assign_all(submitted[0].call.last_intake, by=cast["owner"])
    assert [Assignment.objects.read_by(juror).count() for juror in jurors] == [0, 0, 0]
    actions.begin(submitted[0].call.last_intake, by=cast["owner"])
    assert sum(Assignment.objects.read_by(juror).count() for juror in jurors) == 4
