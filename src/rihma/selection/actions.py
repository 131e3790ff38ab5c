from collections.abc import Mapping
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from rihma.accounts.models import Person
from rihma.applications.continuing import go_on
from rihma.applications.models import Application
from rihma.applications.queries import considered
from rihma.base import clock
from rihma.base.seen import check_seen, mark_of
from rihma.base.words import Words
from rihma.calls.models import Intake
from rihma.calls.rules import LEAST, MOST
from rihma.canvases.actions import open_canvas
from rihma.history.actions import record
from rihma.notices.actions import tell
from rihma.reviews.actions import carry
from rihma.reviews.queries import Standing, standings
from rihma.selection import rules
from rihma.selection.fitting import asks_again, said_broken
from rihma.selection.models import Announcement, Decision, Search
from rihma.selection.queries import (
    announcement_of,
    cohort,
    decided,
    is_tied,
    locked,
    next_chance,
    reserve_places,
    rows,
    time_to_go_on,
)
from rihma.teams import actions as teams
from rihma.teams.models import Member, Team
from rihma.webhooks.actions import tell as tell_programs


class Given(TypedDict, total=False):
    """What else a decision may bring; whatever is not given stays as it was."""

    summary: Words
    proposed: str
    turn: int | None
    waits_for: Search | None


PLACE = {
    Decision.Outcome.ACCEPTED: Team.State.ADMITTED,
    Decision.Outcome.RESERVE: Team.State.RESERVE,
    Decision.Outcome.DECLINED: Team.State.DECLINED,
}


def decide(
    application: Application,
    outcome: Decision.Outcome,
    *,
    reason: str = "",
    seen: str | None = None,
    by: Person,
    **given: Unpack[Given],
) -> Decision:
    """Write down what is decided. Nobody is told before the announcement; what is decided after it is told at once.

    Whoever is tied to one application of the intake decides on none: they gain by what the others lose.
    """
    rules.check_submitted(application.state)
    rules.check_not_tied(tied=is_tied(application.counts_for, by))
    return write_down(application, outcome, reason=reason, seen=seen, by=by, **given)


@transaction.atomic
def write_down(
    application: Application,
    outcome: Decision.Outcome,
    *,
    reason: str = "",
    seen: str | None = None,
    by: Person,
    **given: Unpack[Given],
) -> Decision:
    """The same for what somebody has been found free to decide, or what follows from it by itself."""
    intake = locked(application.counts_for)
    before = Decision.objects.filter(application=application).first()
    if seen is not None:
        check_seen(seen, mark_of(decided(before)))
    announced = announcement_of(intake)
    rules.check_may_decide(
        application.state,
        before.outcome if before else None,
        outcome,
        reason=reason,
        announced=announced is not None,
    )
    if announced and outcome == Decision.Outcome.ACCEPTED and intake.is_idea:
        rules.check_time_to_go_on(is_open=time_to_go_on(intake))
    if announced and before and outcome == Decision.Outcome.ACCEPTED and asks_again(before):
        limits = said_broken(intake, str(application.pk))
        rules.check_may_exceed(limits=limits, changed=reason.strip() not in {"", before.reason})
    decision, _new = Decision.objects.update_or_create(
        application=application,
        defaults={
            "outcome": outcome,
            "reason": reason.strip(),
            "by": by,
            "decided_at": clock.now(),
            "waits_for": None,
            **given,
        },
    )
    # No thread: the team's own page must not show that something was decided.
    record(decision, "decided", scope=intake.call.programme_id, by=by, outcome=str(outcome))
    if announced:
        _carry_out(decision, by=by)
    return decision


@transaction.atomic
def announce(intake: Intake, *, because: str = "", by: Person) -> Announcement:
    """Tell everybody at once: teams take their places, their canvases open, every member gets a mail.

    Of ideas nobody takes a place yet: who is chosen gets a full application to write.
    """
    intake = locked(intake)
    listed = rows(intake)
    made = cohort(intake, listed)
    rules.check_may_announce(made, announced=announcement_of(intake) is not None, because=because)
    if intake.is_idea and made.accepted:
        rules.check_time_to_go_on(is_open=time_to_go_on(intake))
    waiting = Decision.objects.filter(application__intake=intake, waits_for__isnull=False)
    rules.check_reasons_are_there(waiting.count())
    announcement = Announcement.objects.create(
        intake=intake, at=clock.now(), by=by, over_places_because=because.strip()
    )
    said = standings(intake)
    decided = Decision.objects.filter(application__in=considered().filter(intake=intake))
    for decision in decided.select_related(
        "application__team", "application__intake", "application__call__programme", "by"
    ).order_by("application__receipt__received_at"):
        _carry_out(decision, said=said, by=by)
    record(announcement, "announced", scope=intake.call.programme_id, by=by, decisions=len(listed))
    return announcement


def _carry_out(decision: Decision, *, said: Mapping[UUID, Standing] | None = None, by: Person) -> None:
    application = decision.application
    outcome = Decision.Outcome(decision.outcome)
    team = teams.settle(application.team, Team.State.CONTINUED if decision.goes_on else PLACE[outcome], by=by)
    programme = application.call.programme
    if decision.goes_on:
        carry(application, go_on(application, by=by))
    elif outcome == Decision.Outcome.ACCEPTED:
        for kind in programme.canvas_kinds:
            open_canvas(team, kind, by=by)
    facts = {"call": application.call_id, "application": application.pk, "outcome": str(outcome)}
    tell_programs("decision.announced", programme.pk, **facts, stage=application.stage)
    told = told_of(decision, standings(application.counts_for) if said is None else said)
    for member in team.members.filter(state=Member.State.CONFIRMED).select_related("person"):
        tell(
            f"selection/notices/{decision.sign}",
            member.person,
            key=f"{application.pk}:{outcome}",
            scope=programme.pk,
            **told,
        )


def told_of(decision: Decision, said: Mapping[UUID, Standing]) -> dict[str, object]:
    """What the letter to each member is written from. Jurors' reasons carry no names."""
    application = decision.application
    standing = said.get(application.pk)
    return {
        "decision": decision,
        "application": application,
        "team": application.team,
        "programme": application.call.programme,
        "place": reserve_places(application.counts_for).get(application.pk),
        "reasons": standing.reasons if standing else (),
        "given": marks_of(standing),
        "scale": (LEAST, MOST),
        "again": next_chance(application.counts_for),
        "full": Application.objects.filter(continues=application).first() if decision.goes_on else None,
        "call": application.call,
        "at": clock.now(),
    }


def marks_of(standing: Standing | None) -> list[dict[str, object]]:
    """What the jurors gave on each criterion, as letters tell it."""
    if standing is None:
        return []
    return [{"title": one.title, "weight": one.weight, "mean": mean} for one, mean in standing.by_criterion]
