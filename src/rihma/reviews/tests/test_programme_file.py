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
