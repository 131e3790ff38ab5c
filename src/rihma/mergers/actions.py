from django.db import transaction

from rihma.accounts.models import Person
from rihma.applications import actions as applications
from rihma.applications.models import Application
from rihma.base import clock
from rihma.calls.models import Call
from rihma.calls.queries import is_announced
from rihma.history.actions import record
from rihma.mergers import rules
from rihma.mergers.models import Merger
from rihma.mergers.queries import agreed_sides, conveners, people_of, sides_of, those_who_run
from rihma.notices.actions import tell
from rihma.teams import actions as teams
from rihma.webhooks.actions import tell as tell_programs

State = Merger.State


@transaction.atomic
def propose(call: Call, *, stays: Application, goes: Application, because: str, by: Person) -> Merger:
    """Ask both conveners whether their teams become one. Each of them learns of the other team by this."""
    call = _locked(call)
    rules.check_may_propose(
        (stays.state, goes.state),
        same=stays.pk == goes.pk,
        one_call=stays.call_id == goes.call_id == call.pk,
        busy=Merger.objects.open().of(stays, goes).exists(),
        announced=_is_announced(stays, goes),
    )
    merger = Merger.objects.create(
        call=call, stays=stays, goes=goes, because=because.strip(), proposed_by=by, proposed_at=clock.now()
    )
    _record(merger, "proposed", by)
    _tell(merger, "proposed", conveners(merger))
    return merger


@transaction.atomic
def agree(merger: Merger, *, by: Person) -> Merger:
    """For each team that this person convenes. With the second yes the teams are one."""
    merger = _fresh(merger)
    rules.check_may_move(merger.state, State.AGREED)
    rules.check_may_go_on((merger.stays.state, merger.goes.state), announced=_is_announced(merger.stays, merger.goes))
    sides = sides_of(merger, by)
    rules.check_may_answer(convenes=bool(sides))
    for side in sides:
        setattr(merger, f"{side}_agreed_by", by)
    merger.save(update_fields=["stays_agreed_by", "goes_agreed_by"])
    _record(merger, "agreed", by)
    if agreed_sides(merger) == {"stays", "goes"}:
        _carry_out(merger, by)
    return merger


@transaction.atomic
def decline(merger: Merger, *, words: str = "", by: Person) -> Merger:
    """One no is enough; both applications go on as they were, and nobody reads them differently for it."""
    rules.check_may_answer(convenes=bool(sides_of(merger, by)))
    merger = _end(merger, State.DECLINED, words, by)
    _tell(merger, "declined", {*those_who_run(merger), *conveners(merger)} - {by})
    return merger


@transaction.atomic
def take_back(merger: Merger, *, by: Person) -> Merger:
    merger = _end(merger, State.TAKEN_BACK, "", by)
    _tell(merger, "taken_back", conveners(merger))
    return merger


def _carry_out(merger: Merger, by: Person) -> None:
    merger.state, merger.ended_at = State.AGREED, clock.now()
    merger.save(update_fields=["state", "ended_at"])
    everybody = people_of(merger)
    applications.merge(merger.goes, merger.stays, by=by)
    teams.merge(merger.goes.team, merger.stays.team, by=by)
    _record(merger, "carried_out", by)
    tell_programs(
        "application.merged",
        merger.call.programme_id,
        call=merger.call_id,
        application=merger.goes_id,
        into=merger.stays_id,
    )
    _tell(merger, "agreed", everybody)


def _end(merger: Merger, state: Merger.State, words: str, by: Person) -> Merger:
    merger = _fresh(merger)
    rules.check_may_move(merger.state, state)
    merger.state, merger.words, merger.ended_by, merger.ended_at = state, words.strip(), by, clock.now()
    merger.save(update_fields=["state", "words", "ended_by", "ended_at"])
    _record(merger, str(state), by)
    return merger


def _fresh(merger: Merger) -> Merger:
    """The call is locked first, as whoever submits or announces does, so that two never wait for each other."""
    _locked(merger.call)
    return Merger.objects.select_for_update(of=("self",)).whole().get(pk=merger.pk)


def _is_announced(*applications: Application) -> bool:
    return any(is_announced(one.intake) for one in applications)


def _locked(call: Call) -> Call:
    return Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call.pk)


def _record(merger: Merger, verb: str, by: Person) -> None:
    """In the history of both teams: whatever becomes of them, each can be read by itself."""
    for application in (merger.stays, merger.goes):
        record(merger, verb, scope=merger.call.programme_id, thread=application.team_id, by=by)


def _tell(merger: Merger, what: str, whom: set[Person]) -> None:
    for person in sorted(whom, key=lambda one: str(one.pk)):
        tell(
            f"mergers/notices/{what}",
            person,
            key=f"{merger.pk}:{what}",
            scope=merger.call.programme_id,
            merger=merger,
            programme=merger.call.programme,
        )
