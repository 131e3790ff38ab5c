from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rihma.accounts.models import Person
from rihma.actors.models import Organisation
from rihma.base.refused import Refused
from rihma.programmes.requirements import Eligibility
from rihma.teams import actions, rules
from rihma.teams.models import Team
from rihma.teams.queries import checked
from rihma.teams.rules import Answer, Facts, Place
from rihma.teams.rules.places import MOVES
from tests.conftest import Cast

ASKED = Eligibility(state_administration_min=1, organisations_min=2, willing_to_open=True, bounded_experiment=True)
CITY = Place("city", state_administration=False, confirmed=True, convener=True)
AGENCY = Place("agency", state_administration=True, confirmed=True)
INVITED = Place("agency", state_administration=True, confirmed=False)


def answers(*places: Place, said: bool = True) -> dict[str, Answer]:
    facts = Facts(places=places, theme=said, willing_to_open=said, bounded_experiment=said)
    return {one.rule: one.answer for one in rules.check(facts, ASKED.requirements)}


def test_whole_team_meets_every_rule() -> None:
    assert set(answers(CITY, AGENCY).values()) == {Answer.MET}


def test_invited_member_makes_a_rule_unclear_and_not_met() -> None:
    found = answers(CITY, INVITED)
    assert found["state_administration"] is Answer.UNCLEAR
    assert found["organisations"] is Answer.UNCLEAR


def test_team_without_state_administration_is_told_what_to_do() -> None:
    facts = Facts(places=(CITY,), theme=True, willing_to_open=True, bounded_experiment=True)
    missing = {one.rule: one.missing for one in rules.check(facts, ASKED.requirements)}
    assert missing["state_administration"] == "Invite somebody who works in the state administration with this matter."
    assert missing["convener"] == ""


def test_unsaid_promises_are_not_met() -> None:
    found = answers(CITY, AGENCY, said=False)
    assert [found[rule] for rule in ("theme", "willing_to_open", "bounded_experiment")] == [Answer.NOT_YET] * 3


def test_rule_that_the_programme_does_not_ask_is_not_checked() -> None:
    facts = Facts(places=(CITY,), theme=False, willing_to_open=False, bounded_experiment=False)
    assert [one.rule for one in rules.check(facts, Eligibility(theme=False).requirements)] == ["convener"]


@given(st.lists(st.sampled_from([CITY, AGENCY, INVITED]), max_size=6))
def test_one_more_confirmed_member_never_makes_a_rule_worse(places: list[Place]) -> None:
    order = [Answer.NOT_YET, Answer.UNCLEAR, Answer.MET]
    before, after = answers(*places), answers(*places, AGENCY)
    assert all(order.index(after[rule]) >= order.index(before[rule]) for rule in before)


@pytest.mark.parametrize(("state", "to"), list(product(Team.State.values, repeat=2)))
def test_only_moves_of_the_table_are_allowed(state: str, to: str) -> None:
    if to in MOVES[state]:
        rules.check_may_move(state, to)
    else:
        with pytest.raises(Refused):
            rules.check_may_move(state, to)


def test_team_loses_its_eligibility_when_the_state_member_leaves(team: Team, cast: Cast, agency: Organisation) -> None:
    member = actions.invite(team, cast["member"].email, organisation=agency, by=cast["convener"])
    actions.join(member, by=cast["member"])
    assert _state_rule(team) is Answer.MET
    actions.leave(member, by=cast["member"])
    assert _state_rule(team) is Answer.NOT_YET


def _state_rule(team: Team) -> Answer:
    found = {one.rule: one.answer for one in checked(Team.objects.select_related("programme").get(pk=team.pk))}
    return found["state_administration"]


def test_same_organisation_in_two_spellings_counts_once(team: Team, cast: Cast) -> None:
    from_city = Organisation.objects.get(name="Saarnilan kaupunki")
    person = Person.objects.create_user("extra@saarnila.example")
    member = actions.invite(team, person.email, organisation=from_city, by=cast["convener"])
    actions.join(member, by=person)
    fresh = Team.objects.select_related("programme").get(pk=team.pk)
    found = {one.rule: one.answer for one in checked(fresh)}
    assert found["organisations"] is Answer.NOT_YET
