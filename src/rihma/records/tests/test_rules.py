from datetime import date

import pytest

from rihma.base.refused import Refused
from rihma.records import rules
from rihma.records.redacting import BLACK, blackened, without


@pytest.mark.parametrize("written", ["{year}-{number}", "KV/{number}", "{number}", "VM {{x}} {number}/{year}"])
def test_number_may_look_as_the_register_wants_it(written: str) -> None:
    rules.check_format(written)
    assert "7" in rules.number_of(written, year=2026, number=7)


@pytest.mark.parametrize(
    "written",
    ["", "{year}", "{number", "{}", "{0}", "{number.__class__}", "{number!r}", "{number:999999999}", "{name}"],
)
def test_number_that_would_tell_nothing_or_too_much_is_refused(written: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.check_format(written)
    assert refused.value.field == "number_format"


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 11, 30), 12, date(2027, 11, 30)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_one(day: date, months: int, then: date) -> None:
    assert rules.months_after(day, months) == then


def test_answer_is_due_in_two_weeks() -> None:
    assert rules.due(date(2026, 11, 30)) == date(2026, 12, 14)


@pytest.mark.parametrize(
    ("text", "names", "left"),
    [
        ("Kysy Cecilia Koskenniemeltä.", ["Cecilia Koskenniemi"], f"Kysy {BLACK}."),
        ("Mustajärven luona", ["Elli Mustajärvi"], f"{BLACK} luona"),
        ("KOSKENNIEMI", ["Cecilia Koskenniemi"], BLACK),
        ("Anna-Liisa ja Liisan koira", ["Anna-Liisa Ek"], f"{BLACK}-{BLACK} ja {BLACK} koira"),
        ("Kirjoita cecilia@saarnila.example tänään", [], f"Kirjoita {BLACK} tänään"),
        ("Soita +358 40 123 4567 tai 09 1234 567", [], f"Soita {BLACK} tai {BLACK}"),
        ("Tunnus 131052-308T", [], f"Tunnus {BLACK}"),
        ("Vuonna 2026 oli 12 000 velallista", ["Cecilia Koskenniemi"], "Vuonna 2026 oli 12 000 velallista"),
        ("koski ja niemi", ["Cecilia Koskenniemi"], "koski ja niemi"),
        (".* (", [".*"], ".* ("),
    ],
)
def test_names_addresses_and_numbers_go_and_the_rest_stays(text: str, names: list[str], left: str) -> None:
    assert blackened(text, names) == left


def test_length_of_a_name_is_not_told() -> None:
    assert blackened("Bo Ek!", ["Bo Ekströms-Längenäs"]) == "Bo Ek!"
    assert blackened("Ekström", ["Ekström"]) == blackened("Koskenniemi", ["Koskenniemi"])


def test_sentence_that_is_secret_elsewhere_is_black_here_too() -> None:
    secret = "Our secret recipe is salt. Salt."
    text = "We start in May. Our secret recipe is salt. Salt is cheap."
    assert without(text, [secret]) == f"We start in May. {BLACK} Salt is cheap."
