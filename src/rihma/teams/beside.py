"""What only some rules ask about, so that nobody else waits for it: earlier rounds, answers, organisations in answers."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from rihma.actors import counting
from rihma.actors.queries import counted_of
from rihma.base import clock
from rihma.base.expressions import BadExpression
from rihma.base.written import Written
from rihma.programmes.models import Programme
from rihma.programmes.requirements import ANSWERS, Requirement, condition, is_of_organisation, name_of
from rihma.teams.models import Member, Team

# Who was in a team of an earlier round, since only others are there for the first time.
VETERANS = Written(
    lambda starts, teams: (
        Member.objects.filter(
            state=Member.State.CONFIRMED, team__state=Team.State.ADMITTED, team__programme__starts__lt=starts
        )
        .filter(
            person__in=Member.objects.filter(
                team__in=teams, state__in=[Member.State.INVITED, Member.State.CONFIRMED]
            ).values("person")
        )
        .order_by()
        .values_list("person")
    )
)


class Beside(NamedTuple):
    """What only some rules ask about, looked up for many teams at once and only where one of them does.

    `known`: who has been in a team of an earlier round; `answers`: team → question → answer.
    """

    known: frozenset[UUID] = frozenset()
    answers: Mapping[UUID, Mapping[str, Any]] = {}
    # whether the programme counts organisations that nobody has confirmed
    counts_unconfirmed: bool = False
    # organisations that answers name, as they are counted today
    named: Mapping[UUID, counting.Counted] = {}

    def named_in(self, team: UUID) -> dict[str, counting.Counted]:
        """By the name that an answer has in conditions."""
        said = {name_of(key): value for key, value in self.answers.get(team, {}).items() if self.named}
        ids = {name: pk for name, value in said.items() if (pk := counting.id_in(value))}
        return {name: self.named[pk] for name, pk in ids.items() if pk in self.named}


def beside(programme: Programme, teams: Sequence[UUID], asked: Iterable[Requirement]) -> Beside:
    mentioned = mentions(asked)
    known: frozenset[UUID] = frozenset()
    answers: Mapping[UUID, Mapping[str, Any]] = {}
    if "first_time" in mentioned:
        known = frozenset(person for (person,) in VETERANS(programme.starts, list(teams)))
    if any(name.startswith(f"{ANSWERS}.") for name in mentioned):
        answers = import_string(settings.TEAM_ANSWERS)(teams)
    named = _named(programme, answers) if any(map(is_of_organisation, mentioned)) else {}
    return Beside(known, answers, programme.asked.unconfirmed_organisations, named)


def _named(programme: Programme, answers: Mapping[UUID, Mapping[str, Any]]) -> dict[UUID, counting.Counted]:
    values = (value for own in answers.values() for value in own.values())
    ids = {pk for value in values if (pk := counting.id_in(value))}
    return counted_of(ids, day_of(programme)) if ids else {}


def day_of(programme: Programme) -> date:
    """What an organisation became after the programme was over changes nothing of who took part."""
    return min(clock.now().astimezone(programme.zone).date(), programme.ends)


def mentions(asked: Iterable[Requirement]) -> set[str]:
    """Every name that a rule speaks of; one with a mistake speaks of nothing."""
    found: set[str] = set()
    for requirement in asked:
        with suppress(BadExpression):
            found |= condition(requirement.holds).mentions
    return found
