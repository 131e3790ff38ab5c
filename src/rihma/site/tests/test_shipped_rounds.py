"""The two rounds that the product ships are whole, true to their facts, and can be held again."""

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from rihma.accounts.models import Person
from rihma.programmes import actions, file
from rihma.programmes.models import Programme
from rihma.programmes.queries import lacks_of
from tests.conftest import Cast

DEMO = Path(__file__).resolve().parent.parent / "demo"
SECOND = DEMO / "ekosysteemikoulu-2.toml"
ROUNDS = [DEMO / "ekosysteemikoulu-1.toml", SECOND]


@pytest.fixture
def owner(cast: Cast) -> Person:
    return cast["owner"]


@pytest.fixture
def second(owner: Person) -> Programme:
    return actions.import_file(SECOND.read_bytes(), by=owner)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ROUNDS, ids=lambda path: path.stem)
def test_shipped_file_has_no_mistake(path: Path) -> None:
    assert file.check(path.read_bytes()).problems == ()


@pytest.mark.parametrize("path", ROUNDS, ids=lambda path: path.stem)
def test_shipped_round_comes_out_as_it_went_in(path: Path, owner: Person) -> None:
    made = actions.import_file(path.read_bytes(), by=owner)
    assert tomllib.loads(file.write(made)) == tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", ROUNDS, ids=lambda path: path.stem)
def test_shipped_round_can_be_published_as_it_is(path: Path, owner: Person) -> None:
    made = actions.import_file(path.read_bytes(), by=owner)
    assert lacks_of(made) == []
    assert actions.publish(made, by=owner).is_public


def test_second_round_keeps_to_the_facts(second: Programme) -> None:
    call = second.call
    assert (second.starts, second.ends, second.room_seats) == (date(2023, 1, 27), date(2023, 6, 15), 30)
    assert call.closes == datetime(2023, 1, 13, 21, 59, 59, tzinfo=UTC)
    assert (call.teams_min, call.teams_max) == (5, 7)
    assert [(w.date, f"{w.starts:%H:%M}", f"{w.ends:%H:%M}") for w in second.workshops.all()] == [
        (date(2023, 1, 27), "09:00", "13:00"),
        (date(2023, 2, 16), "12:00", "17:00"),
        (date(2023, 3, 23), "12:00", "16:00"),
        (date(2023, 5, 5), "09:00", "13:00"),
        (date(2023, 6, 15), "12:00", "16:00"),
    ]
    assert (second.themes.count(), second.lectures.count()) == (8, 8)


def test_second_round_held_again_keeps_weekdays_and_hours(second: Programme, owner: Person) -> None:
    again = actions.copy(second, "ekosysteemikoulu-3", date(2027, 1, 29), by=owner)
    pairs = list(zip(second.workshops.all(), again.workshops.all(), strict=True))
    assert {(new.date - old.date).days for old, new in pairs} == {209 * 7}
    assert all((old.starts, old.ends, old.bring) == (new.starts, new.ends, new.bring) for old, new in pairs)
    assert again.starts == date(2027, 1, 29)
