"""A team that no longer meets a rule completes itself by a date, or gets an exception; it works on meanwhile."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.actors.actions import set_kind
from rihma.actors.models import Organisation
from rihma.base import clock
from rihma.base.refused import Refused
from rihma.history.models import Event
from rihma.notices.models import Message
from rihma.programmes.models import Programme
from rihma.teams import actions, shortfalls
from rihma.teams.beside import Beside
from rihma.teams.models import Member, Shortfall, Team
from rihma.teams.queries import checked, due_of, facts_of
from rihma.teams.rules import Facts, is_eligible
from rihma.teams.rules.shortfalls import MOVES, check_may_become
from tests.conftest import Cast
from tests.remembered import remembered

type ClientOf = Callable[[Person | None], Client]
State = Shortfall.State
RULE = "state_administration"
IN_TEN_DAYS = timedelta(days=10)


@pytest.fixture
@remembered
def official(team: Team, cast: Cast, agency: Organisation) -> Member:
    """The only one from the state administration, in a team that is in the programme and meets every rule."""
    actions.edit(team, phenomenon="Debt", willing_to_open=True, experiment_idea="A letter", by=cast["convener"])
    member = actions.join(
        actions.invite(team, cast["member"].email, organisation=agency, by=cast["convener"]), by=cast["member"]
    )
    actions.settle(team, Team.State.ADMITTED, by=cast["owner"])
    Message.objects.all().delete()
    return Member.objects.select_related("team__programme").get(pk=member.pk)


def now(member: Member) -> Team:
    return Team.objects.select_related("programme").get(pk=member.team_id)


def states(member: Member) -> dict[str, str]:
    return dict(Shortfall.objects.filter(team=member.team_id).values_list("rule", "state"))


def mails() -> list[tuple[str, str]]:
    return sorted(Message.objects.values_list("kind", "to__email"))


def verbs(member: Member) -> list[str]:
    return list(Event.objects.of_thread(member.team_id).order_by("number").values_list("verb", flat=True))


def test_team_that_loses_its_official_is_to_be_complete_in_three_weeks(official: Member, cast: Cast) -> None:
    actions.leave(official, by=cast["member"])
    due = due_of(now(official))
    assert due is not None
    today = clock.now().astimezone(official.team.programme.zone).date()
    assert (due.day, due.passed) == (today + timedelta(days=21), False)
    assert states(official) == {RULE: State.NEEDED, "organisations": State.NEEDED}
    assert now(official).state == Team.State.ADMITTED
    assert verbs(official)[-2:] == ["left", "completion_needed"]


def test_convener_and_owners_are_told_once(official: Member, cast: Cast) -> None:
    actions.leave(official, by=cast["member"])
    shortfalls.go_round(clock.now())
    shortfalls.go_round(clock.now())
    kind = "teams/notices/completion_needed"
    assert mails() == sorted([(kind, cast["convener"].email), (kind, cast["owner"].email)])
    body = Message.objects.get(to=cast["owner"]).body
    assert "Jäsen valtionhallinnosta: Jäsenet (valtionhallinto, vahvistanut): nyt 0. Vaaditaan: vähintään 1." in body


def test_somebody_invited_completes_nothing_before_they_confirm(
    official: Member, cast: Cast, agency: Organisation
) -> None:
    actions.leave(official, by=cast["member"])
    other = Person.objects.create_user("uusi@rekisteri.example")
    invited = actions.invite(official.team, other.email, organisation=agency, by=cast["convener"])
    shortfalls.review(official.team, by=None)
    assert states(official)[RULE] == State.NEEDED
    actions.join(invited, by=other)
    assert set(states(official).values()) == {State.OVER}
    assert (due_of(now(official)), verbs(official)[-2:]) == (None, ["completed", "joined"])


def test_rule_that_is_lost_again_gets_a_new_date_and_a_new_mail(
    official: Member, cast: Cast, agency: Organisation
) -> None:
    actions.leave(official, by=cast["member"])
    again = actions.join(
        actions.invite(official.team, cast["member"].email, organisation=agency, by=cast["convener"]),
        by=cast["member"],
    )
    with clock.at(clock.now() + IN_TEN_DAYS):
        actions.leave(again, by=cast["member"])
    assert Message.objects.filter(kind="teams/notices/completion_needed", to=cast["convener"]).count() == 2


def test_organisation_whose_kind_changes_is_noticed_by_the_round(official: Member, agency: Organisation) -> None:
    Organisation.objects.filter(pk=agency.pk).update(kind=Organisation.Kind.COMPANY)
    shortfalls.go_round(clock.now())
    assert states(official) == {RULE: State.NEEDED}


def test_kind_from_a_day_on_is_noticed_on_that_day(official: Member, agency: Organisation) -> None:
    today = clock.now().astimezone(official.team.programme.zone).date()
    set_kind(agency, "company", since=today + IN_TEN_DAYS)
    shortfalls.go_round(clock.now())
    assert states(official) == {}
    with clock.at(clock.now() + IN_TEN_DAYS):
        shortfalls.go_round(clock.now())
    assert states(official) == {RULE: State.NEEDED}


def test_one_that_ended_and_its_successor_are_one_organisation(official: Member, agency: Organisation) -> None:
    city = Organisation.objects.get(name="Saarnilan kaupunki")
    yesterday = clock.now().date() - timedelta(days=1)
    Organisation.objects.filter(pk=city.pk).update(ended_on=yesterday, successor=agency)
    assert {place.organisation for place in facts(official).places} == {str(agency.pk)}


def facts(member: Member) -> Facts:
    team = Team.objects.select_related("programme").get(pk=member.team_id)
    return facts_of(team, Beside())


def test_owner_changes_the_kind_and_each_team_is_looked_at_again(
    official: Member, cast: Cast, agency: Organisation, client_of: ClientOf
) -> None:
    page = reverse("teams:set_kind", args=[official.team_id, agency.pk])
    owner = client_of(cast["owner"])
    seen = owner.get(page).context["form"]["seen"].value()
    owner.post(page, {"kind": "company", "seen": seen})
    assert (states(official), verbs(official)[-2:]) == ({RULE: State.NEEDED}, ["kind_set", "completion_needed"])
    stale = owner.post(page, {"kind": "ministry", "seen": seen})
    assert "Somebody else changed this meanwhile" in stale.text
    assert client_of(cast["convener"]).get(page).status_code == 404


def test_programme_says_how_many_days_there_are(official: Member, cast: Cast, programme: Programme) -> None:
    Programme.objects.filter(pk=programme.pk).update(eligibility={**programme.eligibility, "completion_days": 5})
    actions.leave(official, by=cast["member"])
    due = Shortfall.objects.filter(rule=RULE).get().due
    assert due == clock.now().astimezone(programme.zone).date() + timedelta(days=5)


def test_convener_is_reminded_once_in_the_last_week(official: Member, cast: Cast) -> None:
    actions.leave(official, by=cast["member"])
    Message.objects.all().delete()
    for days in (13, 15, 16):
        shortfalls.go_round(clock.now() + timedelta(days=days))
    assert mails() == [("teams/notices/completion_soon", cast["convener"].email)]


def test_date_that_passes_is_told_and_the_team_works_on(official: Member, cast: Cast) -> None:
    actions.leave(official, by=cast["member"])
    Message.objects.all().delete()
    for days in (22, 23):
        shortfalls.go_round(clock.now() + timedelta(days=days))
    kind = "teams/notices/completion_passed"
    assert mails() == sorted([(kind, cast["convener"].email), (kind, cast["owner"].email)])
    due = due_of(now(official))
    assert due is not None
    assert (due.passed, now(official).state) == (True, Team.State.ADMITTED)
    assert Team.objects.worked_by(cast["convener"]).filter(pk=official.team_id).exists()


def test_exception_is_shown_where_the_rule_is_shown(official: Member, cast: Cast, client_of: ClientOf) -> None:
    actions.leave(official, by=cast["member"])
    page = reverse("teams:except_rule", args=[official.team_id, RULE])
    client_of(cast["owner"]).post(page, {"reason": "The agency comes back in March."})
    shortfalls.grant_exception(now(official), "organisations", "Likewise.", by=cast["owner"])
    assert is_eligible(checked(now(official)))
    shown = client_of(cast["convener"]).get(reverse("teams:team", args=[official.team_id])).text
    assert ("The agency comes back in March." in shown, "Completion needed by" in shown) == (True, False)
    assert Message.objects.filter(kind="teams/notices/exception", to=cast["convener"]).count() == 2
    assert "March" not in str(list(Event.objects.values_list("data", flat=True)))


def test_exception_taken_back_asks_the_rule_again(official: Member, cast: Cast, client_of: ClientOf) -> None:
    actions.leave(official, by=cast["member"])
    for rule in (RULE, "organisations"):
        shortfalls.grant_exception(now(official), rule, "For now.", by=cast["owner"])
    client_of(cast["owner"]).post(reverse("teams:take_back_exception", args=[official.team_id, RULE]))
    assert states(official) == {RULE: State.NEEDED, "organisations": State.EXCEPTED}
    assert Shortfall.objects.get(rule=RULE).reason == ""


def test_exception_without_a_reason_is_refused(official: Member, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        shortfalls.grant_exception(official.team, RULE, "  ", by=cast["owner"])
    assert (refused.value.field, states(official)) == ("reason", {})


def test_team_that_still_applies_may_get_an_exception_and_no_date(team: Team, cast: Cast) -> None:
    shortfalls.grant_exception(team, RULE, "The ministry joins in autumn.", by=cast["owner"])
    found = {one.rule: one.state for one in checked(Team.objects.select_related("programme").get(pk=team.pk))}
    assert (found[RULE], found["organisations"]) == ("excepted", "not_yet")
    assert due_of(Team.objects.get(pk=team.pk)) is None


def test_only_those_who_run_the_programme_grant_exceptions(official: Member, cast: Cast, client_of: ClientOf) -> None:
    page = reverse("teams:except_rule", args=[official.team_id, RULE])
    found = {role: client_of(cast[role]).get(page).status_code for role in ("owner", "convener", "mentor", "outsider")}
    assert found == {"owner": 200, "convener": 404, "mentor": 404, "outsider": 404}


def test_closed_programme_asks_nothing_more(official: Member, cast: Cast, programme: Programme) -> None:
    Programme.objects.filter(pk=programme.pk).update(state=Programme.State.CLOSED)
    actions.leave(official, by=cast["member"])
    shortfalls.go_round(clock.now())
    assert states(official) == {}


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("to", State.values)
def test_only_moves_of_the_table_are_made(state: str, to: str) -> None:
    if to in MOVES[state]:
        check_may_become(state, to)
    else:
        with pytest.raises(Refused):
            check_may_become(state, to)


def test_day_on_which_it_is_due_is_still_in_time(official: Member, cast: Cast) -> None:
    actions.leave(official, by=cast["member"])
    due: date | None = Shortfall.objects.get(rule=RULE).due
    shortfalls.go_round(clock.now() + timedelta(days=21))
    assert (states(official)[RULE], due is not None) == (State.NEEDED, True)
