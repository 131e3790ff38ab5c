"""A limit of teams for each challenge: in the meter, the search, the reasons, and the letters."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from rihma.accounts.models import Person
from rihma.applications.models import Application, Uptake
from rihma.base.words import Words
from rihma.challenges.models import Challenge
from rihma.selection import choosing, taking
from rihma.selection.cohort.finding import find
from rihma.selection.cohort.problem import Candidate, Limit, Measure, Problem, Sense
from rihma.selection.cohort.reasons import Reasons
from rihma.selection.cohort.solver import Solver
from rihma.selection.models import Decision
from rihma.selection.plans import limits_of
from rihma.selection.tests.brute import best_of
from rihma.selection.tests.test_choose import open_to_all, weighed
from tests.conftest import Cast

__all__ = ["weighed"]

type ClientOf = Callable[[Person | None], Client]


@pytest.fixture
def challenges(weighed: list[Application], cast: Cast) -> list[Challenge]:
    """The two with the most points answer the first one, the third answers the second one."""
    made = [
        Challenge.objects.create(
            call=weighed[0].call, organisation="Rannikko", title=Words(fi=title), by=cast["owner"], state="published"
        )
        for title in ("Letters", "Queues")
    ]
    for application, challenge in zip(weighed, (made[0], made[0], made[1]), strict=True):
        Uptake.objects.create(application=application, challenge=challenge)
    return made


def test_what_is_said_of_one_challenge_holds_in_the_place_of_what_is_said_of_each() -> None:
    facts = {"challenge--least": 1, "challenge--most": 3, "challenge-b-least": 0, "challenge-b-most": 5}
    assert set(limits_of(facts, [], ["a", "b"])) == {
        Limit(Measure("challenge", "a", "least", 1)),
        Limit(Measure("challenge", "a", "most", 3)),
        Limit(Measure("challenge", "b", "least", 0)),
        Limit(Measure("challenge", "b", "most", 5)),
    }


def test_each_challenge_gets_a_team_although_others_have_more_points(
    weighed: list[Application], challenges: list[Challenge], cast: Cast
) -> None:
    open_to_all(weighed[0].call, cast, **{"challenge--least": 1})
    found = choosing.search(weighed[0].call.last_intake, by=cast["owner"])
    assert found.found[0] == {weighed[1].pk, weighed[2].pk}
    bound = {tuple(one["limit"]["measure"]) for one in found.answer["binding"]}
    assert ("challenge", str(challenges[1].pk), "least", 1) in bound


def test_letter_names_the_challenge_that_was_full_and_what_would_have_turned_it(
    weighed: list[Application], challenges: list[Challenge], cast: Cast
) -> None:
    open_to_all(weighed[0].call, cast, **{"teams--most": 3, "challenge--most": 1})
    found = choosing.search(weighed[0].call.last_intake, by=cast["owner"])
    with translation.override("en"):
        taking.take(found, found.found[0], by=cast["owner"])
    reason = Decision.objects.get(application=weighed[0]).reason
    with translation.override(weighed[0].team.language):
        assert "Letters" in reason
    assert Decision.objects.get(application=weighed[0]).outcome == "declined"


def test_challenge_that_nobody_took_up_is_named_where_it_must_get_a_team(
    weighed: list[Application], challenges: list[Challenge], cast: Cast, client_of: ClientOf
) -> None:
    Uptake.objects.filter(challenge=challenges[1]).delete()
    open_to_all(weighed[0].call, cast, **{"challenge--least": 1})
    page = client_of(cast["owner"]).post(
        reverse("selection:find_best", args=[weighed[0].call.programme.slug]), follow=True
    )
    assert page.context["conflict"] == ["At least 1 team: Queues"]


def test_meter_and_form_speak_of_challenges_by_name(
    weighed: list[Application], challenges: list[Challenge], cast: Cast, client_of: ClientOf
) -> None:
    owner, slug = client_of(cast["owner"]), weighed[0].call.programme.slug
    page = owner.get(reverse("selection:limits", args=[slug]))
    facts = {one.html_name: one.value() or "" for one in page.context["form"]}
    owner.post(page.request["PATH_INFO"], {**facts, "eligible-only": "", "challenge--most": "1"})
    ticked = {"shown": "1", "chosen": [str(one.pk) for one in weighed[:2]]}
    checks = owner.get(reverse("selection:choose", args=[slug]), ticked).context["checks"]
    assert [one.missing for one in checks if one.title == "At most 1 team: Letters"] == ["Now 2: 1 too many."]


def test_list_is_narrowed_to_one_challenge(
    weighed: list[Application], challenges: list[Challenge], cast: Cast, client_of: ClientOf
) -> None:
    page = reverse("selection:applications", args=[weighed[0].call.programme.slug])
    shown = client_of(cast["owner"]).get(page, {"challenge": str(challenges[1].pk)})
    assert [row.application for row in shown.context["rows"]] == [weighed[2].pk]
    assert [(one.title, one.count) for one in shown.context["challenges"][1:]] == [("Letters", 2), ("Queues", 1)]
    assert len(client_of(cast["owner"]).get(page, {"challenge": "none"}).context["rows"]) == 3


@pytest.mark.long
@given(st.integers(4, 9), st.integers(1, 3), st.data())
@settings(max_examples=40)
def test_every_change_named_for_a_challenge_turns_the_choice_when_solved_again(
    size: int, most: int, data: st.DataObject
) -> None:
    candidates = tuple(
        Candidate(
            f"a{number}",
            f"{number:03}",
            score=data.draw(st.sampled_from([3000, 5000, 5050, 9000])),
            groups=frozenset({("challenge", data.draw(st.sampled_from("xyz")))}),
        )
        for number in range(size)
    )
    limits = tuple(Limit(Measure("challenge", one, sense, bound)) for one in "xyz" for sense, bound in _sides(most))
    problem = Problem(candidates, (*limits, Limit(Measure("teams", "", "most", 5))))
    best = find(problem, Solver())
    assert (best.chosen if best else None) == best_of(problem)
    if best is None:
        return
    for why in Reasons(problem, best, Solver()).whys(problem.candidates):
        for change in why.changes:
            changed = problem
            if change.kind == "limit" and change.limit:
                changed = problem.loosened(change.limit, change.by)
            elif change.kind == "score":
                one = problem.by_id[why.id]
                changed = problem.changed(replace(one, score=one.score + change.by))
            again = find(changed, Solver())
            assert again
            assert (why.id in again.chosen) != why.chosen


def _sides(most: int) -> tuple[tuple[Sense, int], ...]:
    return (("least", 1), ("most", most))
