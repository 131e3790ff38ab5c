from datetime import date

import pytest

from rihma.base.words import Words
from rihma.experiments import actions as experiments
from rihma.experiments.models import Experiment
from rihma.experiments.tests.conftest import (
    concluded,
    draft,
    ended,
    idea,
    observe,
    ready,
    running,
    team,
    today,
    whole,
)
from rihma.library import actions
from rihma.library.models import Lesson
from tests.conftest import Cast
from tests.remembered import remembered

__all__ = ["concluded", "draft", "ended", "idea", "observe", "ready", "running", "team", "today", "whole"]


@pytest.fixture
@remembered
def decided(concluded: Experiment, cast: Cast, today: date) -> Experiment:
    experiments.decide(
        concluded,
        outcome="stop",
        reason="Letters were not the problem.",
        maker="The team",
        decided_on=today,
        nobody=True,
        by=cast["convener"],
    )
    concluded.refresh_from_db()
    return concluded


@pytest.fixture
@remembered
def lesson(decided: Experiment, cast: Cast) -> Lesson:
    """Written in all three languages, not yet public."""
    lesson = actions.draft(decided, by=cast["convener"])
    return actions.edit(
        lesson,
        headline=Words(fi="Ihmiset lukevat alun", sv="Människor läser början", en="People read the beginning"),
        question=Words(fi="Luetaanko päätös loppuun?", sv="Läses beslutet till slut?", en="Is it read to the end?"),
        what_was_done=Words(fi="Kirje uusiksi.", sv="Ett nytt brev.", en="A letter was rewritten."),
        names_agreed=True,
        by=cast["convener"],
    )
