"""How a score is said: on the jurors' scale or in points, and rounded so that what would have been enough is enough."""

from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from django.utils import translation

from rihma.selection.cohort.problem import BEST_SCORE, Candidate, Limit, Measure, Problem
from rihma.selection.saying import Sayer
from rihma.selection.scores import Scored, mean_of, said

ONE = Candidate("a", "1", score=5972)


def test_jurors_are_told_on_their_own_scale_in_each_language() -> None:
    one = Scored(5972, of_jurors=True)
    told = {}
    for language in ("en", "fi", "sv"):
        with translation.override(language):
            told[language] = [one.told(), one.enough(1668), one.too_little(972)]
    assert told == {
        "en": [
            "The mean of the jurors' scores was 3.39 on the scale from 1 to 5.",
            "With a mean of 4.06 it would have been chosen.",
            "With a mean of 3.00 it would not have been chosen.",
        ],
        "fi": [
            "Arvioijien pisteiden keskiarvo oli 3,39 asteikolla 1–5.",
            "Keskiarvolla 4,06 hakemus olisi valittu.",
            "Keskiarvolla 3,00 hakemusta ei olisi valittu.",
        ],
        "sv": [
            "Medeltalet av bedömarnas poäng var 3,39 på skalan 1–5.",
            "Med medeltalet 4,06 skulle ansökan ha valts.",
            "Med medeltalet 3,00 skulle ansökan inte ha valts.",
        ],
    }


@pytest.mark.parametrize("score", [0, 1, 24, 25, 5972, 7222, 9998, 9999])
@pytest.mark.parametrize("by", [1, 12, 25, 417])
def test_mean_that_is_said_to_be_enough_is_enough_and_is_above_the_one_that_was_given(score: int, by: int) -> None:
    """However it is rounded, nobody reads that their own mean would have been enough."""
    words = Scored(score, of_jurors=True)
    if score + by <= BEST_SCORE:
        named = _number(words.enough(by))
        assert named > words.mean or words.mean == 5
        assert (named - 1) * BEST_SCORE / 4 >= score + by or words.mean == 5
    if score - by >= 0:
        named = _number(words.too_little(by))
        assert named < words.mean or words.mean == 1
        assert (named - 1) * BEST_SCORE / 4 <= score - by or words.mean == 1


def _number(sentence: str) -> Decimal:
    return Decimal(sentence.split()[4])


def test_typed_points_that_only_break_a_tie_are_said_without_hundredths() -> None:
    one = Scored(5000, of_jurors=False)
    assert one.told() == "It was given 50 points of 100."
    assert one.enough(1001) == "With more than 60 points it would have been chosen."
    assert one.enough(1000) == "With 60 points it would have been chosen."
    assert one.too_little(1001) == "With fewer than 40 points it would not have been chosen."
    assert one.too_little(1000) == "With 40 points it would not have been chosen."
    assert said(mean_of(10_000, ROUND_HALF_EVEN)) == "5.00"


def test_whoever_does_not_meet_the_rules_reads_which() -> None:
    problem = Problem((ONE,), (Limit(Measure("ineligible", "", "most", 0)),))
    why = {"id": "a", "rank": 1, "decided": "ineligible", "limits": [], "changes": [{"kind": "eligible", "by": 1}]}
    title = {"fi": "Mukana kunta", "en": "A municipality is in"}
    told = list(Sayer({"unmet": {"a": [title]}, "by_jurors": {"a": True}}).why(why, problem))
    assert told == [
        "The mean of the jurors' scores was 3.39 on the scale from 1 to 5.",
        "It does not meet this rule of the programme: “A municipality is in”.",
        "Had it met the rules, it would have been chosen.",
    ]
    old = list(Sayer({}).why(why, problem))
    assert old[:2] == ["It was given 59.72 points of 100.", "It does not meet the rules of the programme."]
