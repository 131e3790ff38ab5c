"""What becomes of a team that no longer meets a rule of its programme. It works on meanwhile.

Every deed that may change how a team stands asks `review`; a round asks it of all, because an organisation's kind, the
rules and the day change without any deed of a team.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.history.actions import record
from rihma.notices.actions import tell
from rihma.programmes.models import Programme, Role
from rihma.teams import rules
from rihma.teams.beside import beside
from rihma.teams.models import Member, Shortfall, Team
from rihma.teams.queries import checked, facts_of

State = Shortfall.State
OPEN = (State.NEEDED, State.PASSED)


@transaction.atomic
def review(known_as: Team, *, by: Person | None) -> None:
    """Hold the team to the rules as it is now: what it lost is to be completed by a date, what it has again is over."""
    if known_as.state != Team.State.ADMITTED:
        return
    team = Team.objects.select_for_update(of=("self",)).select_related("programme").get(pk=known_as.pk)
    if team.state != Team.State.ADMITTED or team.programme.state == Programme.State.CLOSED:
        return
    asked = team.programme.requirements
    lost = rules.lost(facts_of(team, beside(team.programme, [team.pk], asked)), asked)
    known = {one.rule: one for one in team.shortfalls.all()}
    begun = [key for key in lost if key not in known or known[key].state == State.OVER]
    over = [one for one in known.values() if one.state in OPEN and one.rule not in lost]
    if begun:
        _need(team, begun, known, by=by)
    if over:
        for one in over:
            _move(one, State.OVER)
        record(
            team, "completed", scope=team.programme_id, thread=team.pk, by=by, rules=sorted(one.rule for one in over)
        )


def _need(team: Team, keys: Sequence[str], known: dict[str, Shortfall], *, by: Person | None) -> None:
    now = clock.now()
    due = rules.due_on(now, team.programme.zone, team.programme.asked.completion_days)
    for key in keys:
        one = known.get(key) or Shortfall(team=team, rule=key, state=State.OVER)
        one.since, one.due, one.reminded_at = now, due, None
        _move(one, State.NEEDED)
    record(team, "completion_needed", scope=team.programme_id, thread=team.pk, by=by, rules=sorted(keys), due=str(due))
    _tell(team, "completion_needed", keys, due, key=f"{team.pk}:{now.isoformat()}", to=_convener_and_owners(team))


@transaction.atomic
def grant_exception(team: Team, rule: str, reason: str, *, by: Person) -> Shortfall:
    """The rule is not asked of this team, because. Whoever sees the rule sees why; the convener is told."""
    team = Team.objects.select_for_update(of=("self",)).select_related("programme").get(pk=team.pk)
    asked = {one.key: one for one in team.programme.requirements}
    rules.check_may_except(reason, asked.get(rule), closed=team.programme.state == Programme.State.CLOSED)
    one = team.shortfalls.filter(rule=rule).first() or Shortfall(team=team, rule=rule, state=State.OVER)
    one.reason, one.by, one.since = reason.strip(), by, clock.now()
    _move(one, State.EXCEPTED)
    record(team, "excepted", scope=team.programme_id, thread=team.pk, by=by, rule=rule)
    for person in _conveners(team):
        tell(
            "teams/notices/exception",
            person,
            key=f"{one.pk}:{one.since.isoformat()}",
            scope=team.programme_id,
            team=team,
            title=partial(_title, team.programme, rule),
            reason=one.reason,
            by=by,
        )
    return one


@transaction.atomic
def take_back_exception(team: Team, rule: str, *, by: Person) -> None:
    """The rule is asked again: a team of the programme that does not meet it gets a date."""
    team = Team.objects.select_for_update(of=("self",)).get(pk=team.pk)
    one = team.shortfalls.get(rule=rule)
    one.reason, one.by = "", None
    _move(one, State.OVER)
    record(team, "exception_taken_back", scope=team.programme_id, thread=team.pk, by=by, rule=rule)
    review(team, by=by)


def go_round(now: datetime) -> None:
    """Look at every team of the programmes that run; remind before the date, and say when it has passed."""
    running = Team.objects.admitted().filter(programme__state=Programme.State.PUBLISHED)
    for team in running.order_by("pk"):
        review(team, by=None)
        _keep_time(team.pk, now)


@transaction.atomic
def _keep_time(pk: UUID, now: datetime) -> None:
    waiting = list(Shortfall.objects.select_for_update(of=("self",)).filter(team=pk, state=State.NEEDED))
    if not waiting:
        return
    team = Team.objects.select_related("programme").get(pk=pk)
    today = now.astimezone(team.programme.zone).date()
    for due in sorted({one.due for one in waiting if one.due}):
        same = [one for one in waiting if one.due == due]
        fresh = [one for one in same if one.reminded_at is None]
        if due < today:
            _pass(team, same, due)
        elif fresh and rules.is_to_be_reminded(due, today):
            for one in fresh:
                one.reminded_at = now
                one.save(update_fields=["reminded_at"])
            keys = [one.rule for one in fresh]
            _tell(team, "completion_soon", keys, due, key=f"{fresh[0].pk}:{due}", to=_conveners(team))


def _pass(team: Team, same: Sequence[Shortfall], due: date) -> None:
    for one in same:
        _move(one, State.PASSED)
    keys = [one.rule for one in same]
    record(team, "completion_passed", scope=team.programme_id, thread=team.pk, by=None, rules=sorted(keys))
    _tell(team, "completion_passed", keys, due, key=f"{same[0].pk}:{due}", to=_convener_and_owners(team))


def _move(one: Shortfall, to: State) -> None:
    rules.check_may_become(one.state, to)
    one.state = to
    one.save()


def _tell(team: Team, kind: str, keys: Iterable[str], due: date, *, key: str, to: Iterable[Person]) -> None:
    wanted = set(keys)

    def lacking() -> list[rules.Checked]:
        # Asked while the mail is written, because the words are in the language of whoever reads it.
        return [one for one in checked(team) if one.rule in wanted]

    for person in to:
        tell(f"teams/notices/{kind}", person, key=key, scope=team.programme_id, team=team, due=due, lacking=lacking)


def _title(programme: Programme, rule: str) -> str:
    return next((str(one.title) for one in programme.requirements if one.key == rule), rule)


def _conveners(team: Team) -> list[Person]:
    found = Member.objects.filter(team=team, role=Member.Role.CONVENER, state=Member.State.CONFIRMED)
    return [member.person for member in found.select_related("person")]


def _convener_and_owners(team: Team) -> list[Person]:
    owners = Role.objects.filter(programme=team.programme_id, role=Role.Kind.OWNER, ended_at=None)
    people = [*_conveners(team), *(role.person for role in owners.select_related("person"))]
    return list(dict.fromkeys(people))
