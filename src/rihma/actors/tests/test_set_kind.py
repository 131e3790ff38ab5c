from datetime import UTC, date, datetime

import pytest

from rihma.actors import actions, counting
from rihma.actors.dated import Span, becoming, corrected, kind_on, name_on, spans
from rihma.actors.kinds import level_of
from rihma.actors.models import Organisation

SPRING, AUTUMN = date(2026, 3, 1), date(2026, 9, 1)


def test_kind_is_the_one_of_the_day() -> None:
    kinds = becoming(None, "municipality", "company", SPRING)
    days = [date(2026, 2, 28), SPRING, AUTUMN]
    assert [kind_on(kinds, "company", day) for day in days] == ["municipality", "company", "company"]
    assert spans(kinds, "company") == [
        Span("municipality", None, date(2026, 2, 28)),
        Span("company", SPRING, None),
    ]


def test_later_word_about_an_earlier_day_stands_alone() -> None:
    kinds = becoming(becoming(None, "municipality", "company", AUTUMN), "municipality", "foundation", SPRING)
    assert [row["kind"] for row in kinds] == ["municipality", "foundation"]
    assert becoming(kinds, "foundation", "foundation", AUTUMN) == kinds


def test_slip_is_corrected_for_all_the_while_that_it_stood() -> None:
    kinds = becoming(None, "municipality", "company", SPRING)
    assert corrected(kinds, "foundation", AUTUMN) == [
        {"kind": "municipality", "since": None},
        {"kind": "foundation", "since": "2026-03-01"},
    ]
    assert corrected(None, "foundation", AUTUMN) is None


def test_name_is_the_one_of_the_day() -> None:
    earlier = [{"until": "2020-12-31", "name": "A", "names": {}}, {"until": "2023-12-31", "name": "B", "names": {}}]
    told = [name_on(earlier, date(year, 12, 31)) for year in (2020, 2021, 2024)]
    assert [then and then["name"] for then in told] == ["A", "B", None]


@pytest.mark.django_db
def test_kind_from_a_day_to_come_stands_ready() -> None:
    port = actions.name_organisation("Saarnilan satama", kind="municipality")
    actions.set_kind(port, "company", since=date(2099, 1, 1))
    port.refresh_from_db()
    assert (port.kind, port.kind_on(date(2099, 1, 1))) == ("municipality", "company")
    for year, kind in ((2098, "municipality"), (2099, "company")):
        actions.turn(datetime(year, 6, 1, tzinfo=UTC))
        port.refresh_from_db()
        assert port.kind == kind


@pytest.mark.django_db
def test_one_that_ended_is_counted_as_its_successor_from_the_next_day_on() -> None:
    new = actions.name_organisation("Uusi virasto", kind="state_agency", region="lappi")
    old = actions.name_organisation("Vanha virasto", kind="state_agency", region="uusimaa")
    old.ended_on, old.successor = SPRING, new
    old.save()
    (columns,) = Organisation.objects.filter(pk=old.pk).values_list(
        *(name.removeprefix("parts__") for name in counting.columns("parts"))
    )
    assert list(columns) == list(counting.columns_of(old))
    assert counting.counted(columns, SPRING) == (
        old.pk,
        "Vanha virasto",
        "state_agency",
        "state",
        "uusimaa",
        "national",
    )
    assert counting.counted(columns, AUTUMN) == (new.pk, "Uusi virasto", "state_agency", "state", "lappi", "national")
    assert counting.counted(counting.columns_of(None), AUTUMN) == counting.NOBODY


@pytest.mark.django_db
def test_region_is_told_once_and_stands() -> None:
    actions.name_organisation("Lumi Oy", kind="company")
    actions.name_organisation("lumi", kind="company", region="lappi")
    assert actions.name_organisation("LUMI OY", kind="company", region="kainuu").region == "lappi"


@pytest.mark.parametrize(
    ("told", "kind", "level"),
    [
        ("", "municipality", "local"),
        ("national", "municipality", "national"),
        ("", "company", ""),
        ("local", "", "local"),
    ],
)
def test_kind_tells_the_level_unless_somebody_has_told_another(told: str, kind: str, level: str) -> None:
    assert level_of(told, kind) == level
