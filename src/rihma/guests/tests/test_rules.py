from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from rihma.base.refused import Refused
from rihma.guests import rules

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def door(**said: object) -> rules.Door:
    parts = {"ends_at": NOW + timedelta(hours=1), "closed_at": None, "revoked_at": None, "most": 2}
    return SimpleNamespace(**parts | said)  # type: ignore[return-value]  # has what a door has


@pytest.mark.parametrize(
    ("said", "inside", "code"),
    [
        ({"ends_at": NOW}, 0, "ended"),
        ({"closed_at": NOW}, 0, "closed"),
        ({"revoked_at": NOW}, 0, "closed"),
        ({}, 2, "full"),
    ],
)
def test_link_that_lets_nobody_in_says_why(said: dict[str, object], inside: int, code: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.check_may_come(door(**said), inside=inside, now=NOW)
    assert refused.value.code == code


def test_link_lets_in_as_many_as_its_owner_said() -> None:
    rules.check_may_come(door(), inside=1, now=NOW)
    with pytest.raises(Refused):
        rules.check_may_come(door(), inside=2, now=NOW)


def test_code_is_known_however_it_was_typed() -> None:
    assert rules.tidy_code(" abc-defg hjk ") == "BCDFGHJK"
    assert rules.tidy_code(rules.spoken("23BCDFGHJK")) == "23BCDFGHJK"


def test_name_keeps_its_script_and_loses_what_hides_in_it() -> None:
    assert rules.tidy_name("  Äijä\n\x00 이름  ") == "Äijä 이름"
    assert len(rules.tidy_name("a" * 500)) == rules.LONGEST_NAME


@pytest.mark.parametrize("after", [timedelta(0), rules.LONGEST_LIFE + timedelta(seconds=1)])
def test_link_ends_in_the_future_and_within_sixty_days(after: timedelta) -> None:
    with pytest.raises(Refused):
        rules.check_ends(NOW + after, NOW)
