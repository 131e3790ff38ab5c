from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max

from rihma.base.parts import Node
from rihma.canvases.models import Item
from rihma.experiments.models import Experiment
from rihma.experiments.queries import Row, listed, rows
from rihma.history.models import Event
from rihma.insights.rules import Need, Path, needs, stages, stands_still
from rihma.library.models import Lesson
from rihma.programmes.models import Programme
from rihma.teams.models import Team
from rihma.teams.queries import checked, with_places
from rihma.teams.rules import Checked, is_eligible
from rihma.workshops.models import Rsvp, Workshop
from rihma.workshops.queries import next_of

DECIDED = {Experiment.State.DECIDED, Experiment.State.PUBLISHED}


@dataclass
class Standing:
    """One team on the facilitator's page."""

    team: Team
    checked: list[Checked]
    last: datetime | None
    still: bool
    items: int
    experiments: list[Row]
    lessons: set[UUID]
    in_room: int = 0
    remote: int = 0
    needs: list[Need] = field(default_factory=list)

    @property
    def eligible(self) -> bool:
        return is_eligible(self.checked)

    @property
    def experiment(self) -> Row | None:
        """The one that needs somebody first."""
        return self.experiments[0] if self.experiments else None

    @property
    def stages(self) -> list[Node]:
        made = [row.experiment for row in self.experiments]
        return stages(
            Path(
                admitted=self.team.state == Team.State.ADMITTED,
                eligible=self.eligible,
                partners=any(len(one.partners.all()) for one in made),
                items=self.items > 0,
                decided=any(one.state in DECIDED for one in made),
                lesson=any(one.pk in self.lessons for one in made),
                carried_on=any(getattr(one, "decision", None) and one.decision.next_owner for one in made),
            )
        )


@dataclass(frozen=True)
class Overview:
    programme: Programme
    next_workshop: Workshop | None
    standings: list[Standing]

    @property
    def in_need(self) -> list[Standing]:
        return [standing for standing in self.standings if standing.needs]


def overview(programme: Programme, now: datetime) -> Overview:
    teams = list(with_places(Team.objects.admitted().filter(programme=programme)))
    workshop = next_of(programme, now)
    found = standings(teams, now, workshop)
    first = sorted(found, key=lambda one: (min((need.order for need in one.needs), default=9), str(one.team).casefold()))
    return Overview(programme, workshop, first)


def standings(teams: Sequence[Team], now: datetime, workshop: Workshop | None = None) -> list[Standing]:
    """Teams that came from `with_places`, each with how it stands; a fixed number of queries for any number."""
    last = _last_events(teams)
    items = _items(teams)
    experiments = _experiments(teams, now)
    lessons = set(Lesson.objects.published().filter(experiment__team__in=teams).values_list("experiment", flat=True))
    answers = _answers(workshop)
    return [
        _standing(
            Standing(
                team=team,
                checked=checked(team),
                last=last.get(team.pk),
                still=stands_still(last.get(team.pk), now),
                items=items.get(team.pk, 0),
                experiments=experiments[team.pk],
                lessons=lessons,
                in_room=answers[team.pk, "in_room"],
                remote=answers[team.pk, "remote"],
            )
        )
        for team in teams
    ]


def _standing(standing: Standing) -> Standing:
    states = [row.experiment.state for row in standing.experiments]
    standing.needs = needs(
        eligible=standing.eligible,
        overdue=sum(row.is_overdue for row in standing.experiments),
        still=standing.still,
        undecided=states.count(Experiment.State.CONCLUDED),
    )
    return standing


def _last_events(teams: Iterable[Team]) -> dict[UUID, datetime]:
    found = Event.objects.filter(thread__in=[team.pk for team in teams]).values("thread").annotate(last=Max("at"))
    return {row["thread"]: row["last"] for row in found.order_by()}


def _items(teams: Iterable[Team]) -> dict[UUID, int]:
    found = Item.objects.live().filter(canvas__team__in=teams).values("canvas__team").annotate(n=Count("pk"))
    return {row["canvas__team"]: row["n"] for row in found.order_by()}


def _experiments(teams: Iterable[Team], now: datetime) -> dict[UUID, list[Row]]:
    made = listed(Experiment.objects.filter(team__in=teams)).exclude(state=Experiment.State.CANCELLED)
    by_team: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows(made.prefetch_related("partners"), now):
        by_team[row.experiment.team_id].append(row)
    return by_team


def _answers(workshop: Workshop | None) -> dict[tuple[UUID, str], int]:
    counts: dict[tuple[UUID, str], int] = defaultdict(int)
    if workshop:
        answers = Rsvp.objects.standing().filter(workshop=workshop, state=Rsvp.State.CONFIRMED, team__isnull=False)
        for team, answer in answers.values_list("team", "answer"):
            counts[team, answer] += 1
    return counts
