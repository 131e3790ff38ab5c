from collections.abc import Mapping
from typing import Any, Unpack

from django.db import transaction

from rihma.accounts.models import Person
from rihma.actors.actions import name_organisation
from rihma.base import clock
from rihma.canvases.models import Item
from rihma.experiments import queries
from rihma.experiments.actions.steps import locked, recorded
from rihma.experiments.models import Experiment
from rihma.experiments.rules import law, plans, start, states, texts
from rihma.experiments.types import PlanFields
from rihma.notices.actions import tell
from rihma.teams.models import Team

State = Experiment.State


@transaction.atomic
def draft_from(item: Item | None, team: Team, *, by: Person) -> Experiment:
    """Begin an experiment, from an assumption or from nothing.

    An idea from the same assumption that nobody has planned yet is taken up instead of a second one.
    """
    Team.objects.select_for_update().get(pk=team.pk)
    untouched = Experiment.objects.filter(team=team, assumption=item, state=State.IDEA)
    if item is None:
        untouched = untouched.filter(drafted_by=by)
    if known := untouched.first():
        return known
    text = item.text.strip() if item else ""
    experiment = Experiment.objects.create(
        team=team,
        assumption=item,
        title=texts.title_of(text),
        belief=texts.without_opening(text),
        language=item.lang if item else team.language,
        starts=clock.now().astimezone(team.programme.zone).date(),
        owner=by if by in queries.members_of(team) else None,
        drafted_by=by,
        drafted_at=clock.now(),
    )
    recorded(experiment, "drafted", by=by, assumption=str(item.pk) if item else None)
    return experiment


@transaction.atomic
def edit(experiment: Experiment, *, seen: int | None, by: Person, **changes: Unpack[PlanFields]) -> Experiment:
    """Change a plan that is not locked; saving the same again does nothing.

    `seen` is the edition that was edited. Saved at each pause of typing, so history tells the first time only.
    """
    experiment = locked(experiment)
    before = experiment.plan.record()
    write(experiment, changes)
    if not plans.changed(before, experiment.plan.record()):
        return experiment
    states.check_may_edit(experiment.state, edition=experiment.edition, seen=seen)
    if experiment.state == State.IDEA:
        states.check_may_move(experiment.state, State.DRAFT)
        experiment.state = State.DRAFT
        recorded(experiment, "edited", by=by)
    experiment.edition += 1
    experiment.saved_at = clock.now()
    experiment.save()
    return experiment


@transaction.atomic
def make_ready(experiment: Experiment, *, by: Person) -> Experiment:
    """The team asks its mentors to spar the plan; they get a mail."""
    experiment = locked(experiment)
    if experiment.state == State.READY:
        return experiment
    states.check_may_move(experiment.state, State.READY)
    start.check_may_be_ready(experiment.plan)
    experiment.state = State.READY
    experiment.save(update_fields=["state"])
    recorded(experiment, "made_ready", by=by)
    for mentor in experiment.team.mentors.all():
        tell(
            "experiments/notices/ready",
            mentor,
            key=str(experiment.pk),
            scope=experiment.team.programme_id,
            experiment=experiment,
            by=by,
        )
    return experiment


@transaction.atomic
def allow_dates(experiment: Experiment, reason: str, *, by: Person) -> Experiment:
    """Those who run the programme let one experiment take longer than the rule, and say why."""
    experiment = locked(experiment)
    start.check_may_allow_dates(experiment.state, reason)
    experiment.dates_allowed_because = reason.strip()
    experiment.dates_allowed_by = by
    experiment.save(update_fields=["dates_allowed_because", "dates_allowed_by"])
    recorded(experiment, "dates_allowed", by=by)
    return experiment


def write(experiment: Experiment, changes: Mapping[str, Any]) -> None:
    """Put changes on the row and its partners; whoever calls checks and saves."""
    people = queries.members_of(experiment.team)
    for name, value in changes.items():
        if name == "partners":
            experiment.partners.set(value)
        elif name == "new_partner":
            experiment.partners.add(name_organisation(value[0], kind=value[1]))
        elif name == "law":
            experiment.law = law.tidy(value)
        else:
            if name in {"owner", "deputy"}:
                start.check_may_answer_for(value, {*people, getattr(experiment, name)}, name)
            setattr(experiment, name, plans.tidy(value))
    experiment.title = experiment.title or texts.title_of(experiment.belief)
