"""Challenges travel in the programme file, as drafts."""

import tomllib

import pytest

from rihma.challenges.models import Challenge
from rihma.programmes import actions, file
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
[[challenge]]
organisation = "Rannikon kaupunki"
title.fi = "Kirjeet, joita ei avata"
title.sv = "Brev som inte öppnas"
problem.fi = "Kirjeet jäävät lukematta."
given.sv = "Data."
[[challenge]]
organisation = "Uudistusvirasto"
title.fi = "Jonot"
"""


def test_what_is_read_is_written_again_and_is_a_draft(cast: Cast) -> None:
    made = actions.import_file(TEXT.encode(), by=cast["owner"])
    assert tomllib.loads(file.write(made))["challenge"] == tomllib.loads(TEXT)["challenge"]
    assert set(Challenge.objects.values_list("state", "by")) == {("draft", cast["owner"].pk)}


def test_withdrawn_one_stays_behind(cast: Cast) -> None:
    made = actions.import_file(TEXT.encode(), by=cast["owner"])
    Challenge.objects.filter(organisation="Uudistusvirasto").update(state=Challenge.State.WITHDRAWN)
    assert [one["organisation"] for one in tomllib.loads(file.write(made))["challenge"]] == ["Rannikon kaupunki"]


def test_challenge_without_a_call_or_an_organisation_is_told() -> None:
    no_call = TEXT.replace("[call]\ncloses = 2027-06-11 23:59:59\nteams_max = 7\n", "")
    nobody = TEXT.replace('organisation = "Uudistusvirasto"\n', "")
    told = [[str(problem) for problem in file.check(text.encode()).problems] for text in (no_call, nobody)]
    assert ["There is no call that this belongs to." in told[0][0], "challenge[2].organisation" in told[1][0]] == [
        True
    ] * 2
