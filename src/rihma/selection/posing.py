"""An intake's applications, limits and wishes as a problem that can be solved."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation

from rihma.applications.challenges import answerable
from rihma.applications.queries import considered
from rihma.base.written import Written
from rihma.calls.models import Intake
from rihma.reviews.models import Reviewing
from rihma.reviews.queries import criteria_of, heard, standing_of
from rihma.selection import plans
from rihma.selection.cohort.problem import HUNDREDTHS, Candidate, Limit, Problem, must_be_in, must_be_out
from rihma.selection.models import Plan, Weighing
from rihma.selection.queries import Row, places_left, rows, seats_left
from rihma.teams.models import Member

PLAN = Written(lambda intake: Plan.objects.filter(intake=intake))
PEOPLE = Written(
    lambda intake: Member.objects.filter(
        team__application__in=considered().filter(intake=intake),
        state=Member.State.CONFIRMED,
    ).values_list("team", "person", "person__name")
)

type Names = dict[str, Any]


@dataclass(frozen=True)
class Posed:
    """`names`: how teams, themes, people and organisations are called, by kind and key, for whoever puts it in words.

    Beside these whose score is of jurors ("by_jurors"), which rules each does not meet ("unmet"), and whether these are ideas ("stage").
    """

    intake: Intake
    rows: list[Row]
    facts: dict[str, object]
    scores: Mapping[UUID, float]
    problem: Problem
    names: dict[str, Names]


def pose(intake: Intake) -> Posed:
    """In a fixed number of queries."""
    listed = rows(intake)
    plan = getattr(intake, "plan", None)
    facts = plan.facts if plan else default_plan(intake)
    scores = scores_of(intake)
    people = PEOPLE(intake.pk)
    by_team: dict[UUID, set[tuple[str, str]]] = defaultdict(set)
    for team, person, _name in people:
        by_team[team].add(("person", str(person)))
    # By the facts, so that one that has ended and its successor are one organisation here as in the rules.
    bodies = {place.organisation: place.name for row in listed for place in row.facts.places}
    for row in listed:
        sure = {place.organisation for place in row.facts.places if place.confirmed and place.organisation}
        by_team[row.team_id] |= {("organisation", organisation) for organisation in sure}
    candidates = [
        _candidate(number, row, by_team[row.team_id], score_of(row, scores)) for number, row in enumerate(listed)
    ]
    challenges = _challenges(intake, facts, listed)
    limits = [*plans.limits_of(facts, candidates, challenges), *_forced(listed)]
    names: dict[str, Names] = {
        "application": {str(row.application): row.team for row in listed},
        "theme": _themes(intake, listed, limits),
        "person": {str(person): name for _team, person, name in people},
        "organisation": bodies,
        "challenge": challenges,
        "by_jurors": {str(row.application): True for row in listed if row.application in scores},
        "unmet": _unmet(intake, listed),
        "stage": {"idea": True} if intake.is_idea else {},
    }
    problem = Problem(tuple(candidates), tuple(limits), tuple(plans.wishes_of(facts)))
    return Posed(intake, listed, facts, scores, problem, names)


def plan_of(intake: Intake) -> dict[str, object]:
    """What was saved, or what call and programme say by themselves."""
    plan = PLAN.first(intake.pk)
    return plan.facts if plan else default_plan(intake)


def default_plan(intake: Intake) -> dict[str, object]:
    places = places_left(intake)
    if intake.is_idea:
        # No more than that, because a team may still be gathering, and nobody sits in the room for an idea.
        return {"teams--most": places.most}
    return {
        "teams--least": places.least,
        "teams--most": places.most,
        "seats--most": seats_left(intake),
        "person--most": 1,
        "eligible-only": True,
    }


def scores_of(intake: Intake) -> dict[UUID, float]:
    """What the jurors came to. Before they begin there is nothing to ask for."""
    reviewing: Reviewing | None = getattr(intake, "reviewing", None)
    if reviewing is None or reviewing.state == Reviewing.State.PREPARING:
        return {}
    measured = criteria_of(reviewing)
    stand = {one: standing_of(said, measured, reviewing.readers) for one, said in heard(intake).items()}
    return {application: one.score for application, one in stand.items() if one.score is not None}


def score_of(row: Row, scores: Mapping[UUID, float]) -> int:
    """In hundredths; points that those who run the programme gave count where no review does."""
    if row.application in scores:
        return round(scores[row.application] * HUNDREDTHS)
    return 0 if row.points is None else round(row.points * HUNDREDTHS)


def _candidate(number: int, row: Row, groups: Iterable[tuple[str, str]], score: int) -> Candidate:
    return Candidate(
        id=str(row.application),
        arrived=f"{number:05}",
        score=score,
        seats=row.seats,
        eligible=row.eligible,
        groups=frozenset(
            {
                *groups,
                *(("sector", str(sector.value)) for sector in row.sectors),
                *(("region", region) for region in row.regions),
                *([("theme", str(row.theme_id))] if row.theme_id else []),
                *([("challenge", str(row.challenge))] if row.challenge else []),
            }
        ),
    )


def _forced(listed: Iterable[Row]) -> list[Limit]:
    force = {Weighing.Forced.INTO: must_be_in, Weighing.Forced.OUT: must_be_out}
    return [
        force[Weighing.Forced(row.forced)](str(row.application), row.forced_because or "")
        for row in listed
        if row.forced
    ]


def _unmet(intake: Intake, listed: Iterable[Row]) -> Names:
    """Application → the rules that keep it out, as letters call them in their languages."""
    titles = defaultdict[str, dict[str, str]](dict)
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for one in intake.programme.requirements:
                titles[one.key][language] = str(one.title)
    return {
        str(row.application): [titles[one.rule] for one in row.checked if not one.lets_in]
        for row in listed
        if not row.eligible
    }


def _challenges(intake: Intake, facts: plans.Facts, listed: Iterable[Row]) -> Names:
    """Those that applications put first; all that can be answered only where a limit speaks of them."""
    known = {
        str(row.challenge): row.challenge_title.to_dict() for row in listed if row.challenge and row.challenge_title
    }
    if not plans.speaks_of_challenges(facts):
        return known
    return known | {str(one.pk): one.title.to_dict() for one in answerable(intake.call_id)}


def _themes(intake: Intake, listed: Iterable[Row], limits: Iterable[Limit]) -> Names:
    """Those of the applications; the others only where a limit speaks of one."""
    known = {str(row.theme_id): row.theme.to_dict() for row in listed if row.theme_id and row.theme}
    if all(limit.measure.what in known for limit in limits if limit.measure.kind == "theme"):
        return known
    return {str(theme.pk): theme.title.to_dict() for theme in intake.programme.themes.all()}
