from datetime import date
from typing import Unpack

from django.db import transaction

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.experiments import queries
from rihma.experiments.actions.planning import write
from rihma.experiments.actions.steps import locked, recorded, told
from rihma.experiments.models import Experiment, PlanVersion
from rihma.experiments.rules import plans, states
from rihma.experiments.rules.start import check_may_start
from rihma.experiments.types import PlanFields

State = Experiment.State


@transaction.atomic
def start(experiment: Experiment, *, by: Person) -> PlanVersion:
    """Lock the plan and begin. Its digest goes into history and, as a receipt, to the convener and the facilitators."""
    experiment = locked(experiment)
    if experiment.state == State.RUNNING:
        return experiment.versions.get(number=1)
    states.check_may_start(experiment.state)
    states.check_may_move(experiment.state, State.RUNNING)
    check_may_start(queries.checks_of(experiment, clock.now()))
    version = _lock(experiment, reason="", by=by)
    experiment.state = State.RUNNING
    experiment.save(update_fields=["state"])
    recorded(experiment, "started", by=by, version=version.number, digest=version.digest)
    told(experiment, "started", key=version.number, by=by, version=version)
    return version


@transaction.atomic
def amend(
    experiment: Experiment, reason: str, *, seen: int | None, by: Person, **changes: Unpack[PlanFields]
) -> PlanVersion:
    """Change a locked plan: a new version beside the old one, with a reason that everybody sees."""
    experiment = locked(experiment)
    latest = queries.latest_version(experiment)
    ends = experiment.ends
    write(experiment, changes)
    record = experiment.plan.record()
    if latest and record == latest.plan and (latest.reason, latest.by_id) == (plans.tidy(reason), by.pk):
        return latest
    states.check_may_amend(experiment.state, reason)
    states.check_is_newest(experiment.edition, seen)
    plans.check_changes(latest.plan if latest else {}, record)
    # An end that has passed may stay; a new one may not lie in the past.
    today = date.min if experiment.ends == ends else None
    check_may_start(queries.checks_of(experiment, clock.now(), today=today))
    experiment.edition += 1
    experiment.saved_at = clock.now()
    experiment.save()
    version = _lock(experiment, reason=reason, by=by)
    names = plans.changed(latest.plan if latest else {}, record)
    recorded(experiment, "amended", by=by, version=version.number, digest=version.digest, fields=names)
    told(experiment, "amended", key=version.number, by=by, version=version)
    return version


def _lock(experiment: Experiment, *, reason: str, by: Person) -> PlanVersion:
    number = experiment.versions.count() + 1
    record = experiment.plan.record()
    return PlanVersion.objects.create(
        experiment=experiment,
        number=number,
        plan=record,
        digest=plans.digest(str(experiment.pk), number, record),
        reason=plans.tidy(reason),
        observations_then=experiment.observations.count(),
        by=by,
        at=clock.now(),
    )
