"""A call's applications, limits and wishes as a problem that can be solved."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from rihma.applications.models import Application
from rihma.base.written import Written
from rihma.calls.models import Call
from rihma.programmes.models import Theme
from rihma.selection import plans
from rihma.selection.cohort.problem import HUNDREDTHS, Candidate, Limit, Problem, must_be_in, must_be_out
from rihma.selection.models import Plan, Weighing
from rihma.selection.queries import Row, rows
from rihma.teams.models import Member

PLAN = Written(lambda call: Plan.objects.filter(call=call))
WEIGHED = Written(lambda call: Weighing.objects.filter(application__call=call).select_related("by"))
THEMES = Written(lambda programme: Theme.objects.filter(programme=programme))
PEOPLE = Written(
    lambda call: Member.objects.filter(
        team__application__call=call,
        team__application__state=Application.State.SUBMITTED,
        state=Member.State.CONFIRMED,
    ).values_list("team", "person", "person__name", "organisation_id", "organisation__name")
)

type Names = dict[str, Any]


@dataclass(frozen=True)
class Posed:
    """`names`: how teams, themes, people and organisations are called, by kind and key, for whoever puts it in words."""

    call: Call
    rows: list[Row]
    facts: dict[str, object]
    weighed: Mapping[UUID, Weighing]
    problem: Problem
    names: dict[str, Names]


def pose(call: Call) -> Posed:
    """In a fixed number of queries."""
    listed = rows(call)
    facts = plan_of(call)
    weighed = {one.application_id: one for one in WEIGHED(call.pk)}
    people = PEOPLE(call.pk)
    by_team: dict[UUID, set[tuple[str, str]]] = defaultdict(set)
    for team, person, _name, organisation, _organisation_name in people:
        by_team[team].add(("person", str(person)))
        if organisation is not None:
            by_team[team].add(("organisation", str(organisation)))
    candidates = [
        _candidate(number, row, by_team[row.team_id], weighed.get(row.application)) for number, row in enumerate(listed)
    ]
    limits = [*plans.limits_of(facts, candidates), *_forced(weighed.values(), {one.id for one in candidates})]
    names: dict[str, Names] = {
        "application": {str(row.application): row.team for row in listed},
        "theme": {str(theme.pk): theme.title.to_dict() for theme in THEMES(call.programme_id)},
        "person": {str(person): name for _team, person, name, *_ in people},
        "organisation": {str(organisation): name for *_, organisation, name in people},
    }
    problem = Problem(tuple(candidates), tuple(limits), tuple(plans.wishes_of(facts)))
    return Posed(call, listed, facts, weighed, problem, names)


def plan_of(call: Call) -> dict[str, object]:
    """What was saved, or what call and programme say by themselves."""
    plan = PLAN.first(call.pk)
    return plan.facts if plan else default_plan(call)


def default_plan(call: Call) -> dict[str, object]:
    return {
        "teams--least": call.teams_min,
        "teams--most": call.teams_max,
        "seats--most": call.programme.room_seats,
        "person--most": 1,
        "eligible-only": True,
    }


def _candidate(number: int, row: Row, groups: Iterable[tuple[str, str]], weighed: Weighing | None) -> Candidate:
    points = weighed.points if weighed else None
    return Candidate(
        id=str(row.application),
        arrived=f"{number:05}",
        score=round(points * HUNDREDTHS) if points is not None else 0,
        seats=row.seats,
        eligible=row.eligible,
        groups=frozenset(
            {
                *groups,
                *(("sector", str(sector.value)) for sector in row.sectors),
                *([("theme", str(row.theme_id))] if row.theme_id else []),
            }
        ),
    )


def _forced(weighed: Iterable[Weighing], submitted: set[str]) -> list[Limit]:
    force = {Weighing.Forced.INTO: must_be_in, Weighing.Forced.OUT: must_be_out}
    return [
        force[Weighing.Forced(one.forced)](str(one.application_id), one.reason)
        for one in weighed
        if one.forced and str(one.application_id) in submitted
    ]
