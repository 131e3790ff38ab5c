from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from rihma.base.parts import Node
from rihma.base.written import Written
from rihma.canvases.models import Item
from rihma.experiments.models import Experiment
from rihma.experiments.queries import Row, rows
from rihma.history.models import Event
from rihma.insights.rules import Need, Path, needs, stages, stands_still
from rihma.library.models import Lesson
from rihma.programmes.models import Programme
from rihma.teams.models import Team
from rihma.teams.queries import checked, completion_in_words, read_places
from rihma.teams.rules import Checked, is_eligible
from rihma.workshops.models import Rsvp, Workshop
from rihma.workshops.queries import next_of

DECIDED = {Experiment.State.DECIDED, Experiment.State.PUBLISHED}


@dataclass
class Standing:
    """One team on the facilitator's page."""

    team: Team
    checked: list[Checked]
    stages: list[Node]
    last: datetime | None
    still: bool
    experiments: list[Row]
    in_room: int = 0
    remote: int = 0
    needs: list[Need] = field(default_factory=list)

    @property
    def experiment(self) -> Row | None:
        """The one that needs somebody first."""
        return self.experiments[0] if self.experiments else None


@dataclass(frozen=True)
class Overview:
    programme: Programme
    next_workshop: Workshop | None
    standings: list[Standing]

    @property
    def in_need(self) -> list[Standing]:
        return [standing for standing in self.standings if standing.needs]


ADMITTED = Written(
    lambda programme: Team.objects.admitted().filter(programme=programme).select_related("programme", "theme")
)


def overview(programme: Programme, now: datetime) -> Overview:
    """Every team of the programme, those that need somebody first."""
    teams = ADMITTED(programme.pk)
    read_places(teams)
    workshop = next_of(programme, now)
    found = _standings(teams, now, workshop)
    found.sort(key=lambda one: (min((need.order for need in one.needs), default=9), str(one.team).casefold()))
    return Overview(programme, workshop, found)


def stages_of(teams: Sequence[Team], now: datetime) -> dict[UUID, list[Node]]:
    """The thread of each of these teams, whose places have been read: two queries for any number of them."""
    if not teams:
        return {}
    items, experiments = _items(teams), _experiments(teams, now)
    return {team.pk: _stages(team, items[team.pk], experiments[team.pk]) for team in teams}


def _stages(team: Team, items: int, experiments: Sequence[Row]) -> list[Node]:
    made = [row.experiment for row in experiments]
    return stages(
        Path(
            admitted=team.state == Team.State.ADMITTED,
            eligible=is_eligible(checked(team)),
            partners=any(_annotated(one, "has_partners") for one in made),
            items=items > 0,
            decided=any(one.state in DECIDED for one in made),
            lesson=any(_annotated(one, "has_lesson") for one in made),
            carried_on=any(hasattr(one, "decision") and one.decision.next_owner for one in made),
        )
    )


def _annotated(experiment: Experiment, name: str) -> bool:
    return bool(getattr(experiment, name))


def _standings(teams: Sequence[Team], now: datetime, workshop: Workshop | None) -> list[Standing]:
    last, items, experiments = _last_events(teams), _items(teams), _experiments(teams, now)
    answers = _answers(workshop)
    return [
        _standing(
            Standing(
                team=team,
                checked=checked(team),
                stages=_stages(team, items[team.pk], experiments[team.pk]),
                last=last.get(team.pk),
                still=stands_still(last.get(team.pk), now),
                experiments=experiments[team.pk],
                in_room=answers[team.pk, "in_room"],
                remote=answers[team.pk, "remote"],
            )
        )
        for team in teams
    ]


def _standing(standing: Standing) -> Standing:
    states = [row.experiment.state for row in standing.experiments]
    standing.needs = needs(
        eligible=is_eligible(standing.checked),
        completion="" if is_eligible(standing.checked) else completion_in_words(standing.team),
        overdue=sum(row.is_overdue for row in standing.experiments),
        still=standing.still,
        undecided=states.count(Experiment.State.CONCLUDED),
    )
    return standing


LAST = Written(
    lambda teams: Event.objects.filter(thread__in=teams).order_by().values_list("thread").annotate(last=Max("at"))
)
LIVE = Written(
    lambda teams: (
        Item.objects.live()
        .filter(canvas__team__in=teams)
        .order_by()
        .values_list("canvas__team")
        .annotate(n=Count("pk"))
    )
)


def _last_events(teams: Iterable[Team]) -> dict[UUID, datetime]:
    return {thread: last for thread, last in LAST([team.pk for team in teams]) if thread is not None}


def _items(teams: Iterable[Team]) -> dict[UUID, int]:
    return defaultdict(int, LIVE([team.pk for team in teams]))


def _made(teams: Sequence[UUID]) -> QuerySet[Experiment]:
    """Each with `has_partners` and `has_lesson`, so that no experiment is asked twice."""
    partners = Experiment.partners.through.objects.filter(experiment=OuterRef("pk"))
    lessons = Lesson.objects.published().filter(experiment=OuterRef("pk"))
    # Only these, because a plan has sixty columns, and a stage asks for four of them.
    return (
        Experiment.objects.filter(team__in=teams)
        .exclude(state=Experiment.State.CANCELLED)
        .select_related("decision")
        .only("team", "title", "state", "ends", "decision__next_owner")
        .annotate(has_partners=Exists(partners), has_lesson=Exists(lessons))
    )


MADE = Written(_made)


def _experiments(teams: Iterable[Team], now: datetime) -> dict[UUID, list[Row]]:
    known = {team.pk: team for team in teams}
    made = MADE(list(known))
    for experiment in made:
        experiment.team = known[experiment.team_id]
    by_team: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows(made, now):
        by_team[row.experiment.team_id].append(row)
    return by_team


def _answers(workshop: Workshop | None) -> dict[tuple[UUID, str], int]:
    counts: dict[tuple[UUID, str], int] = defaultdict(int)
    if workshop:
        answers = Rsvp.objects.standing().filter(workshop=workshop, state=Rsvp.State.CONFIRMED, team__isnull=False)
        for team, answer in answers.values_list("team", "answer"):
            counts[team, answer] += 1
    return counts
