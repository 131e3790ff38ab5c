from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from rihma.accounts.models import Person
from rihma.base.written import Written
from rihma.experiments.models import Experiment, Observation, PlanVersion
from rihma.experiments.rules import law, plans, start, states
from rihma.experiments.rules.verdicts import Measure, Verdict, read_together, verdict
from rihma.history.models import Event
from rihma.teams.models import Member, Team
from rihma.teams.queries import STAYS


def members_of(team: Team) -> list[Person]:
    """Those who may answer for an experiment of the team."""
    confirmed = Member.State.CONFIRMED
    return list(Person.objects.filter(memberships__team=team, memberships__state=confirmed).order_by("name"))


def checks_of(experiment: Experiment, now: datetime, *, today: date | None = None) -> list[start.Check]:
    """What the plan still needs before it can start."""
    return start.checks(experiment.plan, frame_of(experiment, today or experiment.day_of(now)))


def frame_of(experiment: Experiment, today: date) -> start.Frame:
    own = set(experiment.team.members.filter(state__in=STAYS).values_list("organisation", flat=True))
    return start.Frame(
        today=today,
        programme_ends=experiment.team.programme.ends,
        dates_allowed=experiment.dates_allowed_by_id is not None,
        partner_outside=any(partner.pk not in own for partner in experiment.partners.all()),
    )


def latest_version(experiment: Experiment) -> PlanVersion | None:
    return experiment.versions.last()


def locked_at(experiment: Experiment) -> datetime:
    return experiment.versions.get(number=1).at


@dataclass(frozen=True)
class Lock:
    versions: Sequence[PlanVersion]
    # whether the plan that is shown is the one that was locked
    holds: bool

    @property
    def first(self) -> PlanVersion:
        return self.versions[0]

    @property
    def latest(self) -> PlanVersion:
        return self.versions[-1]

    @property
    def changes(self) -> Sequence[PlanVersion]:
        return self.versions[1:]


def lock_of(experiment: Experiment) -> Lock | None:
    """The lock, held against the plan as it stands now and against the digests that history keeps."""
    versions = list(experiment.versions.all())
    if not versions:
        return None
    events = Event.objects.filter(
        scope=experiment.team.programme_id,
        subject=f"experiment:{experiment.pk}",
        verb__in=["started", "amended"],
    )
    kept = {event.data["version"]: event.data["digest"] for event in events}
    whole = all(
        plans.digest(str(experiment.pk), version.number, version.plan) == version.digest == kept.get(version.number)
        for version in versions
    )
    return Lock(versions, whole and len(kept) == len(versions) and experiment.plan.record() == versions[-1].plan)


@dataclass(frozen=True)
class Result:
    """What came in, and what it says: against the plan as it stands, and against the one first locked."""

    measure: Measure
    verdict: Verdict
    first_measure: Measure
    first_verdict: Verdict
    value: Decimal | None
    n: int

    @property
    def first_operator(self) -> str:
        return str(Experiment.Operator(self.first_measure.operator).label)

    @property
    def goal_moved(self) -> bool:
        return self.measure != self.first_measure


def result_of(experiment: Experiment) -> Result:
    versions = list(experiment.versions.all())
    seen = [observation.seen for observation in experiment.observations.all()]
    first, latest = versions[0].measure, versions[-1].measure
    value, n = read_together(latest.reading, seen) if seen else (None, 0)
    return Result(latest, verdict(latest, seen), first, verdict(first, seen), value, n)


def whole(experiments: QuerySet[Experiment]) -> QuerySet[Experiment]:
    """With everything that an experiment's own page shows, in a fixed number of queries."""
    return experiments.select_related(
        "team__programme", "owner", "deputy", "dates_allowed_by", "conclusion__by", "decision__by", "assumption__canvas"
    ).prefetch_related(
        "partners",
        Prefetch("versions", PlanVersion.objects.select_related("by")),
        Prefetch("observations", Observation.objects.select_related("by")),
    )


WORKED = Written(lambda pk, person: whole(Experiment.objects.worked_by(Person(pk=person))).filter(pk=pk))
SEEN = Written(lambda pk, person: whole(Experiment.objects.seen_by(Person(pk=person))).filter(pk=pk))


def page_of(experiment: Experiment, person: Person, now: datetime) -> dict[str, object]:
    """What the page of an experiment that came from `whole` shows to this person."""
    today = experiment.day_of(now)
    frame = frame_of(experiment, today)
    return {
        "experiment": experiment,
        "team": experiment.team,
        "programme": experiment.team.programme,
        "works": Team.objects.worked_by(person).filter(pk=experiment.team_id).exists(),
        "runs": Team.objects.run_by(person).filter(pk=experiment.team_id).exists(),
        "checks": start.checks(experiment.plan, frame) if experiment.is_planned else [],
        "needs_leave": experiment.is_planned and start.needs_leave(experiment.plan, frame),
        "lock": lock_of(experiment),
        "result": result_of(experiment) if experiment.is_locked else None,
        "row": Row(experiment, states.overdue(experiment.ends, experiment.state, today)),
        "law": law.told(experiment.law),
    }


@dataclass(frozen=True)
class Row:
    """An experiment on a list, with how late it is."""

    experiment: Experiment
    overdue: states.Overdue

    @property
    def is_overdue(self) -> bool:
        return self.overdue is not states.Overdue.NO

    @property
    def is_long_overdue(self) -> bool:
        return self.overdue is states.Overdue.LONG


URGENCY = {states.Overdue.LONG: 0, states.Overdue.YES: 1, states.Overdue.NO: 2}
# after the late ones: those that wait for a decision, then by how far they are
TURNS = ["concluded", "ended", "running", "paused", "ready", "draft", "idea", "decided", "published", "cancelled"]


def rows(experiments: Iterable[Experiment], now: datetime) -> list[Row]:
    """Those that need somebody first."""
    found = [Row(one, states.overdue(one.ends, one.state, one.day_of(now))) for one in experiments]
    return sorted(
        found,
        key=lambda row: (URGENCY[row.overdue], TURNS.index(row.experiment.state), row.experiment.ends or date.max),
    )


def listed(experiments: QuerySet[Experiment]) -> QuerySet[Experiment]:
    """With everything that a list shows, in one query."""
    return experiments.select_related("team__programme", "owner", "conclusion", "decision")


# Only these, because a plan has sixty columns, and the line of a task shows three.
WAITING = Written(
    lambda person: (
        Experiment.objects.answered_by(Person(pk=person))
        .filter(state__in=[*states.WITHOUT_RESULT, "concluded"])
        .select_related("team__programme")
        .only("title", "state", "ends", "team__programme__time_zone")
    )
)


def waiting_for(person: Person, now: datetime) -> list[Row]:
    """What the person should act on: past its end without a result, or concluded and not decided."""
    return [row for row in rows(WAITING(person.pk), now) if row.is_overdue or row.experiment.state == "concluded"]
