"""A set of teams becomes the decisions, each with a reason that a person can edit before anybody is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.base.seen import check_seen, mark_of
from rihma.history.actions import record
from rihma.selection import rules
from rihma.selection.actions import write_down
from rihma.selection.cohort.problem import from_json
from rihma.selection.models import Decision, Search
from rihma.selection.queries import Row, is_announced, is_tied, locked, rows
from rihma.selection.saying import Sayer

Outcome = Decision.Outcome


@dataclass(frozen=True)
class Taken:
    """What one application gets. `turn`: its place on the reserve list."""

    row: Row
    outcome: Decision.Outcome
    proposed: Decision.Outcome
    turn: int | None
    reason: str
    # the reason is a plain one, because the search has not reckoned it yet
    waits: bool = False


@transaction.atomic
def take(
    found: Search, chosen: frozenset[UUID], *, reserves: int = 0, because: str = "", seen: str | None = None, by: Person
) -> list[Taken]:
    """Write down a decision on every application; those that stood before are overwritten.

    `because`: needed where the set is not the best one that the search found, and told to those whom it touches.
    """
    intake = locked(found.intake)
    listed = rows(intake)
    rules.check_may_choose(announced=is_announced(intake))
    rules.check_not_tied(tied=is_tied(intake, by))
    if seen is not None:
        check_seen(seen, mark_of_decisions(listed))
    rules.check_may_take(
        frozenset(row.application for row in listed),
        frozenset(UUID(one["id"]) for one in found.problem["candidates"]),
        chosen,
    )
    best = found.found[0] if found.found else frozenset()
    rules.check_may_differ(differs=chosen != best, because=because)
    taken = list(_taken(found, listed, chosen, reserves=reserves, because=because))
    applications = {one.pk: one for one in Application.objects.filter(intake=intake).select_related("call__programme")}
    for one in taken:
        application = applications[one.row.application]
        write_down(
            application,
            one.outcome,
            reason=one.reason,
            proposed=one.proposed,
            turn=one.turn,
            waits_for=found if one.waits else None,
            by=by,
        )
    record(found, "taken", scope=intake.call.programme_id, by=by, accepted=len(chosen), digest=found.digest)
    return taken


def mark_of_decisions(listed: list[Row]) -> str:
    """Names all decisions as they are now, so that nobody takes a set over what another wrote meanwhile."""
    return mark_of({str(row.application): [row.outcome, row.reason] for row in listed})


def _taken(
    found: Search, listed: list[Row], chosen: frozenset[UUID], *, reserves: int, because: str
) -> Iterator[Taken]:
    best = found.found[0] if found.found else frozenset()
    turns = {one: turn for turn, one in enumerate(_waiting(found, chosen)[:reserves], start=1)}
    best_turns = _waiting(found, best)[:reserves]
    whys = {UUID(why["id"]): why for why in found.whys}
    unexplained = frozenset(map(UUID, found.unexplained))
    for row in listed:
        one = row.application
        outcome = Outcome.ACCEPTED if one in chosen else Outcome.RESERVE if one in turns else Outcome.DECLINED
        proposed = Outcome.ACCEPTED if one in best else Outcome.RESERVE if one in best_turns else Outcome.DECLINED
        by_hand = (one in chosen) != (one in best)
        # The letter speaks the language of the application, whoever takes the set.
        with translation.override(row.language):
            reason = _by_hand(because) if by_hand else reason_of(found, whys.get(one), chosen=one in chosen)
        yield Taken(
            row,
            outcome,
            proposed if best else outcome,
            turns.get(one),
            reason,
            waits=one in unexplained and one not in chosen and not by_hand,
        )


def _waiting(found: Search, chosen: frozenset[UUID]) -> list[UUID]:
    """Those who could move up, the most points first, then as they arrived."""
    problem = from_json(found.problem)
    out = {limit.measure.what for limit in problem.limits if limit.measure.kind == "application"}
    waiting = [one for one in problem.in_question if UUID(one.id) not in chosen and one.id not in out]
    return [UUID(one.id) for one in sorted(waiting, key=lambda one: (-one.score, one.arrived))]


def _by_hand(because: str) -> str:
    return _("A person decided this otherwise than the reckoned best set: %(because)s") % {"because": because.strip()}


def reason_of(found: Search, why: dict[str, Any] | None, *, chosen: bool = False) -> str:
    """What decided and what would have turned it; without a reckoned reason only that others were chosen."""
    if why is None:
        return "" if chosen else _("Other teams were chosen.")
    return " ".join(Sayer(found.names, open_=False).why(why, from_json(found.problem)))
