"""The table of the programme file that says how applications are read."""

import tomllib
from datetime import datetime

import pytest

from rihma.programmes import actions, file
from rihma.reviews.models import Reviewing
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
TEXT = """\
rihma = 1
[programme]
slug = "autumn"
title.fi = "Syksy"
starts = 2027-08-27
ends = 2027-12-10
[call]
closes = 2027-06-11 23:59:59
teams_max = 7
[reviewing]
readers = 3
blind = true
due = 2027-06-30 16:00:00
talk = 2027-07-02 09:00:00
after_due = "refuse"
"""


def mistakes(text: str) -> list[str]:
    return [str(problem) for problem in file.check(text.encode()).problems]


def test_what_is_read_is_written_again(cast: Cast) -> None:
    made = actions.import_file(TEXT.encode(), by=cast["owner"])
    reviewing = Reviewing.objects.select_related("intake__call__programme").get()
    due = reviewing.times.due
    assert (reviewing.readers, reviewing.blind, due and due.told) == (3, True, "2027-06-30 16:00:00 Europe/Helsinki")
    assert tomllib.loads(file.write(made))["reviewing"] == tomllib.loads(TEXT)["reviewing"]


def test_copy_for_the_next_round_moves_the_phases_along(cast: Cast) -> None:
    made = actions.import_file(TEXT.encode(), by=cast["owner"])
    copied = actions.copy(made, "winter", datetime(2027, 9, 3).date(), by=cast["owner"])  # noqa: DTZ001 - a day
    reviewing = Reviewing.objects.get(intake__call__programme=copied)
    assert (str(reviewing.due_on), str(reviewing.due_at), reviewing.state) == ("2027-07-07", "16:00:00", "preparing")


def test_phases_in_the_wrong_order_are_told_with_their_line() -> None:
    (told,) = mistakes(TEXT.replace("talk = 2027-07-02", "talk = 2027-06-20"))
    assert told.startswith("Line 14: reviewing.talk: The phases of the review must follow each other.")


def test_phase_that_is_due_before_the_first_cut_off_is_told_with_its_line() -> None:
    early = "due = 2027-06-11 23:59:59"
    (told,) = mistakes(TEXT.replace("due = 2027-06-30 16:00:00", early))
    assert told.startswith("Line 13: reviewing.due: The review would end before all applications have arrived.")
    cut_off = TEXT.replace("teams_max = 7", "teams_max = 7\ncut_offs = [2027-05-11 16:00:00]")
    assert mistakes(cut_off.replace("due = 2027-06-30 16:00:00", "due = 2027-06-01 16:00:00")) == []


LATER = (
    TEXT.replace("teams_max = 7", "teams_max = 7\ncut_offs = [2027-05-11 16:00:00]")
    + """\
[[later_reviewing]]
cut_off = 2
readers = 1
due = 2027-07-20 16:00:00
"""
)


def test_each_cut_off_has_its_own_phases_in_the_file(cast: Cast) -> None:
    made = actions.import_file(LATER.encode(), by=cast["owner"])
    found = Reviewing.objects.filter(intake__call__programme=made).order_by("intake__number")
    assert [(one.readers, str(one.due_on)) for one in found] == [(3, "2027-06-30"), (1, "2027-07-20")]
    assert tomllib.loads(file.write(made))["later_reviewing"] == tomllib.loads(LATER)["later_reviewing"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("cut_off = 3", "later_reviewing[1].cut_off: There is no cut-off 3, or it has been told already."),
        ("cut_off = 2\ndue = 2027-06-01 16:00:00", "The review would end before all applications have arrived."),
    ],
)
def test_cut_off_that_is_not_there_or_would_end_too_early_is_told(change: str, told: str) -> None:
    text = LATER.replace("readers = 1\ndue = 2027-07-20 16:00:00\n", "").replace("cut_off = 2", change)
    (said,) = mistakes(text)
    assert told in said
