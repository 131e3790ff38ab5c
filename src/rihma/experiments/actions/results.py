from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.experiments import queries
from rihma.experiments.actions.steps import locked, recorded, told
from rihma.experiments.models import Conclusion, Decision, Experiment, Observation
from rihma.experiments.rules import endings, plans, states, verdicts

State = Experiment.State


@transaction.atomic
def observe(
    experiment: Experiment,
    *,
    value: Decimal,
    n: int,
    observed_on: date,
    evidence: str,
    note: str = "",
    once: UUID | None = None,
    by: Person,
) -> Observation:
    """Add one value in the unit of the plan. `once` is made by the form: sent again, it writes nothing."""
    experiment = locked(experiment)
    if once and (known := experiment.observations.filter(pk=once).first()):
        return known
    states.check_may_observe(experiment.state)
    now = clock.now()
    verdicts.check_observation(
        n=n,
        observed_on=observed_on,
        locked_on=experiment.day_of(queries.locked_at(experiment)),
        today=experiment.day_of(now),
    )
    observation = Observation(
        experiment=experiment,
        value=value,
        n=n,
        observed_on=observed_on,
        evidence=evidence,
        note=plans.tidy(note),
        by=by,
        at=now,
    )
    if once and not Observation.objects.filter(pk=once).exists():
        observation.pk = once
    observation.save(force_insert=True)
    recorded(experiment, "observed", by=by, observation=str(observation.pk), n=n)
    return observation


@transaction.atomic
def conclude(
    experiment: Experiment,
    *,
    own_verdict: str,
    learned: str,
    confidence: str,
    surprises: str = "",
    deviations: str = "",
    by: Person,
) -> Conclusion:
    """The people's own word, beside the verdict of the numbers; nothing can be observed after it."""
    experiment = locked(experiment)
    texts = {"learned": learned, "surprises": surprises, "deviations": deviations}
    said = {
        "own_verdict": own_verdict,
        "confidence": confidence,
        "by": by,
        **{name: plans.tidy(text) for name, text in texts.items()},
    }
    if known := Conclusion.objects.filter(experiment=experiment, **said).first():
        return known
    states.check_may_move(experiment.state, State.CONCLUDED)
    endings.check_conclusion(learned=learned)
    conclusion = Conclusion.objects.create(experiment=experiment, at=clock.now(), **said)
    experiment.state = State.CONCLUDED
    experiment.save(update_fields=["state"])
    verdict = queries.result_of(experiment).verdict.answer
    recorded(experiment, "concluded", by=by, own=own_verdict, verdict=str(verdict), confidence=confidence)
    return conclusion


@transaction.atomic
def decide(
    experiment: Experiment,
    *,
    outcome: str,
    reason: str,
    maker: str,
    decided_on: date,
    next_owner: str = "",
    nobody: bool = False,
    by: Person,
) -> Decision:
    """What follows, who decided it and who carries it on; “nobody” is an answer, silence is not."""
    experiment = locked(experiment)
    texts = {"reason": reason, "maker": maker, "next_owner": next_owner}
    said = {
        "outcome": outcome,
        "decided_on": decided_on,
        "by": by,
        **{name: plans.tidy(text) for name, text in texts.items()},
    }
    if known := Decision.objects.filter(experiment=experiment, **said).first():
        return known
    states.check_may_move(experiment.state, State.DECIDED)
    endings.check_decision(reason=reason, maker=maker, next_owner=next_owner, nobody=nobody)
    endings.check_decided_on(decided_on, today=experiment.day_of(clock.now()))
    decision = Decision.objects.create(experiment=experiment, at=clock.now(), **said)
    experiment.state = State.DECIDED
    experiment.save(update_fields=["state"])
    recorded(experiment, "decided", by=by, outcome=outcome, nobody=nobody)
    told(experiment, "decided", key="", by=by, decision=decision)
    return decision


@transaction.atomic
def mark_published(experiment: Experiment, *, by: Person) -> Experiment:
    """The library says that the lesson of this experiment is public."""
    experiment = locked(experiment)
    if experiment.state == State.PUBLISHED:
        return experiment
    states.check_may_move(experiment.state, State.PUBLISHED)
    experiment.state = State.PUBLISHED
    experiment.save(update_fields=["state"])
    recorded(experiment, "published", by=by)
    return experiment
