"""What every verb of an experiment has in common: its lock, its place in history, who hears of it."""

from typing import Any

from rihma.accounts.models import Person
from rihma.experiments.models import Experiment
from rihma.history.actions import record
from rihma.notices.actions import tell
from rihma.teams.queries import keepers


def locked(experiment: Experiment) -> Experiment:
    """The row as it is now, held until the transaction ends: two clicks come one after the other."""
    found = Experiment.objects.select_for_update(of=("self",)).select_related("team__programme")
    return found.get(pk=experiment.pk)


def recorded(experiment: Experiment, verb: str, *, by: Person, **data: Any) -> None:
    record(experiment, verb, scope=experiment.team.programme_id, thread=experiment.team_id, by=by, **data)


def told(experiment: Experiment, kind: str, *, key: object, by: Person, **context: object) -> None:
    """The convener and the facilitators hear of it, each in their own language."""
    for person in keepers(experiment.team):
        tell(
            f"experiments/notices/{kind}",
            person,
            key=f"{experiment.pk}:{key}",
            scope=experiment.team.programme_id,
            experiment=experiment,
            by=by,
            **context,
        )
