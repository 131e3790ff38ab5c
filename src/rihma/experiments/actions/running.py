from django.db import transaction

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.experiments.actions.steps import locked, recorded, told
from rihma.experiments.models import Experiment
from rihma.experiments.rules import plans, states

State = Experiment.State


@transaction.atomic
def pause(experiment: Experiment, *, by: Person) -> Experiment:
    return _move(experiment, State.PAUSED, "paused", by=by)


@transaction.atomic
def resume(experiment: Experiment, *, by: Person) -> Experiment:
    experiment = locked(experiment)
    if experiment.state != State.RUNNING:
        states.check_may_resume(experiment.state)
    return _move(experiment, State.RUNNING, "resumed", by=by)


@transaction.atomic
def end(experiment: Experiment, *, by: Person) -> Experiment:
    """From here on only late numbers come in, and the verdict is told."""
    return _move(experiment, State.ENDED, "ended", by=by)


@transaction.atomic
def cancel(experiment: Experiment, reason: str, *, by: Person) -> Experiment:
    """The page stays, with the reason: what was not done is worth knowing too."""
    experiment = locked(experiment)
    if experiment.state == State.CANCELLED:
        return experiment
    states.check_may_cancel(experiment.state, reason)
    experiment.state = State.CANCELLED
    experiment.cancelled_because = plans.tidy(reason)
    experiment.cancelled_at = clock.now()
    experiment.save(update_fields=["state", "cancelled_because", "cancelled_at"])
    recorded(experiment, "cancelled", by=by)
    told(experiment, "cancelled", key="", by=by)
    return experiment


def _move(experiment: Experiment, to: Experiment.State, verb: str, *, by: Person) -> Experiment:
    """To where it is already: a second click, which does nothing."""
    experiment = locked(experiment)
    if experiment.state == to:
        return experiment
    states.check_may_move(experiment.state, to)
    experiment.state = to
    if to == State.ENDED:
        experiment.ended_at = clock.now()
    experiment.save(update_fields=["state", "ended_at"])
    recorded(experiment, verb, by=by)
    return experiment
