from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from rihma.accounts.api import person_auth
from rihma.accounts.http import PersonRequest
from rihma.base import clock
from rihma.experiments import actions, queries
from rihma.experiments.models import Conclusion, Decision, Experiment, Observation, PlanVersion

router = Router(tags=["experiments"], auth=person_auth)


class VersionOut(Schema):
    number: int
    digest: str
    reason: str
    at: datetime
    plan: dict[str, object]


class ObservationIn(Schema):
    """`once` makes sending twice write once; `n` is the number of people or cases behind the value."""

    value: Decimal = Field(max_digits=16, decimal_places=4)
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


class DecisionIn(Schema):
    """Either `next_owner` or `nobody`."""

    outcome: Decision.Outcome
    reason: str = Field(max_length=5_000)
    maker: str = Field(max_length=200)
    next_owner: str = Field("", max_length=200)
    nobody: bool = False
    decided_on: date


class DecisionOut(Schema):
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
    decision: DecisionOut | None
