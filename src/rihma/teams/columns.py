"""For long lists: what the rules ask of many teams, as plain columns in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import cast
from uuid import UUID

from django.db.models import BooleanField, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from rihma.actors import counting
from rihma.programmes.models import Programme
from rihma.teams.beside import beside
from rihma.teams.models import Member, Partner, Shortfall, Team
from rihma.teams.queries import PARTNER, STAYS, Columns, facts_from
from rihma.teams.rules import Facts


def columns_of_members(teams: QuerySet[Team]) -> QuerySet[Member, Columns]:
    """And of the organisations beside them, in the same query, because long lists have none to spare."""
    organisation = ("team", *counting.columns("organisation"))
    found = Member.objects.filter(team__in=teams.values("pk"), state__in=STAYS).order_by()
    members = found.values_list(*organisation, "state", "role", "wants_seat", "person", "answered_at")
    nobody = {
        "is": Value(PARTNER),
        "seat": Value(value=False, output_field=BooleanField()),
        "who": Cast(Value(None), UUIDField()),
    }
    partners = Partner.objects.filter(team__in=teams.values("pk")).standing().order_by().annotate(**nobody)
    columns = partners.values_list(*organisation, "state", "is", "seat", "who", "answered_at")
    return members.union(cast("QuerySet[Member, Columns]", columns), all=True).order_by()


def columns_of_teams(teams: QuerySet[Team]) -> QuerySet[Team, Columns]:
    told = ("theme", "phenomenon", "willing_to_open", "experiment_idea", "formed_at")
    return teams.order_by().values_list("pk", *told)


def exceptions_of_many(teams: QuerySet[Team]) -> QuerySet[Shortfall, Columns]:
    """Team, rule, and why it is not asked."""
    found = Shortfall.objects.filter(team__in=teams.values("pk"), state=Shortfall.State.EXCEPTED).order_by()
    return found.values_list("team", "rule", "reason")


def facts_of_many(programme: Programme, teams: Sequence[Columns], members: Iterable[Columns]) -> dict[UUID, Facts]:
    """For long lists: a fixed number of queries for all of them, and no object made of each member."""
    more = beside(programme, [team for team, *_told in teams], programme.requirements)
    by_team: dict[UUID, list[Columns]] = defaultdict(list)
    for team, *member in members:
        by_team[team].append(member)
    return {told[0]: facts_from(by_team[told[0]], told, programme, more) for told in teams}
