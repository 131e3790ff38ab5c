from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status
from pydantic import BeforeValidator, WithJsonSchema

from rihma.accounts.api import person_auth
from rihma.accounts.http import PersonRequest
from rihma.base import clock
from rihma.experiments import actions, queries
from rihma.experiments.models import Decision, Experiment, ExperimentQuerySet, Observation, PlanVersion
from rihma.experiments.rules import states
from rihma.experiments.rules.numbers import DECIMALS, WHOLE

router = Router(tags=["experiments"], auth=person_auth("experiments"))


class VersionOut(Schema):
    number: int
    digest: str
    reason: str
    at: datetime
    plan: dict[str, object]


LARGEST = 99_999_999_999.9999
# As a text it must look like a number, and there is no room for any number, which the description would not say by itself.
MEASURED = {
    "anyOf": [
        {"type": "number", "minimum": -LARGEST, "maximum": LARGEST},
        {"type": "string", "pattern": r"^-?[0-9]{1,11}([.][0-9]{1,4})?$"},
    ]
}


def _rounded(value: object) -> object:
    """A computed number, as 0.1 + 0.2, has more decimals than anybody meant; whoever means them writes a text."""
    return round(value, DECIMALS) if isinstance(value, float) else value


Measured = Annotated[Decimal, BeforeValidator(_rounded), WithJsonSchema(MEASURED, mode="validation")]


class ObservationIn(Schema):
    """`once` makes sending twice write once; `n` is the number of people or cases behind the value.

    A `value` that is a number is rounded to four decimals; as a text it may have no more.
    """

    value: Measured = Field(max_digits=WHOLE + DECIMALS, decimal_places=DECIMALS)
    n: int = Field(ge=0, le=1_000_000_000)
    observed_on: date
    evidence: Observation.Evidence
    note: str = Field("", max_length=5_000)
    once: UUID | None = None


class ObservationOut(Schema):
    id: UUID
    value: Decimal
    n: int
    observed_on: date
    evidence: str
    note: str


# Written out where it stands, so that outcomes of two areas do not share one name in the description.
Outcome = Annotated[Decision.Outcome, WithJsonSchema({"type": "string", "enum": Decision.Outcome.values})]


class ExperimentDecisionIn(Schema):
    """Either `next_owner` or `nobody`."""

    outcome: Outcome
    reason: str = Field(max_length=5_000)
    maker: str = Field(max_length=200)
    next_owner: str = Field("", max_length=200)
    nobody: bool = False
    decided_on: date


class ExperimentDecisionOut(Schema):
    outcome: str
    reason: str
    maker: str
    next_owner: str
    decided_on: date


class ConclusionOut(Schema):
    own_verdict: str
    learned: str
    surprises: str
    deviations: str
    confidence: str


class VerdictOut(Schema):
    answer: str
    value: Decimal | None
    n: int
    because: str


class ExperimentOut(Schema):
    id: UUID
    team_id: UUID
    state: str
    title: str
    language: str
    url: str = Field(alias="get_absolute_url")
    overdue: str
    plan: dict[str, object]
    # null before the start
    lock_holds: bool | None
    versions: list[VersionOut]
    observations: list[ObservationOut]
    # null until the experiment has ended
    verdict: VerdictOut | None
    conclusion: ConclusionOut | None
    decision: ExperimentDecisionOut | None


@router.get("/{experiment_id}", response=ExperimentOut)
def experiment(request: PersonRequest, experiment_id: UUID) -> dict[str, object]:
    """One experiment with its plan, what was locked, what was observed and what followed."""
    return _told(_whole(experiment_id, Experiment.objects.seen_by(request.user)))


@router.post("/{experiment_id}/start", response=VersionOut)
def start(request: PersonRequest, experiment_id: UUID) -> PlanVersion:
    """Lock the plan and begin; a second call answers the same version."""
    return actions.start(_worked(request, experiment_id), by=request.user)


@router.post("/{experiment_id}/observations", response={201: ObservationOut})
def observe(request: PersonRequest, experiment_id: UUID, given: ObservationIn) -> Status[Observation]:
    """Add an observation in the unit of the plan."""
    return Status(201, actions.observe(_worked(request, experiment_id), by=request.user, **given.dict()))


@router.post("/{experiment_id}/decision", response={201: ExperimentDecisionOut})
def decide(request: PersonRequest, experiment_id: UUID, given: ExperimentDecisionIn) -> Status[Decision]:
    """Write down what follows; the same decision again changes nothing."""
    return Status(201, actions.decide(_worked(request, experiment_id), by=request.user, **given.dict()))


def _worked(request: PersonRequest, experiment_id: UUID) -> Experiment:
    return _whole(experiment_id, Experiment.objects.worked_by(request.user))


def _whole(experiment_id: UUID, experiments: ExperimentQuerySet) -> Experiment:
    return get_object_or_404(queries.whole(experiments), pk=experiment_id)


def _told(found: Experiment) -> dict[str, object]:
    lock = queries.lock_of(found)
    finished = found.is_locked and not found.is_under_way
    simple = ("id", "team_id", "state", "title", "language", "get_absolute_url")
    return {
        **{name: getattr(found, name) for name in simple},
        "overdue": str(states.overdue(found.ends, found.state, found.day_of(clock.now()))),
        "plan": found.plan.record(),
        "lock_holds": lock.holds if lock else None,
        "versions": list(found.versions.all()),
        "observations": list(found.observations.all()),
        "verdict": queries.result_of(found).verdict if finished else None,
        "conclusion": getattr(found, "conclusion", None),
        "decision": getattr(found, "decision", None),
    }
