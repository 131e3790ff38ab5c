"""Rules that an owner wrote, held against a team."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from rihma.accounts.models import Person
from rihma.actors.models import Organisation
from rihma.base.words import Words
from rihma.programmes.models import Programme
from rihma.programmes.requirements import EXAMPLES, Example, Requirement, condition, row_of
from rihma.teams import actions
from rihma.teams.models import Team
from rihma.teams.queries import checked
from rihma.teams.rules import Answer, Checked, Facts, Place, check, is_eligible
from tests.conftest import Cast

CITY = Place(
    "1", state_administration=False, confirmed=True, name="Saarnila", kind="municipality", sector="municipality"
)
AGENCY = Place(
    "2", state_administration=True, confirmed=True, name="Rekisterihallitus", kind="state_agency", sector="state"
)
NOTHING: Mapping[str, object] = {}
DAYS = {"today": date(2027, 1, 5), "programme_starts": date(2027, 1, 29)}
INVITED = AGENCY._replace(confirmed=False)


def rule(holds: str, *, binding: bool = True) -> Requirement:
    return Requirement("own", Words(fi="Oma", en="Own"), holds, Words(en="Do it."), binding=binding)


def held(holds: str, *places: Place, binding: bool = True, answers: Mapping[str, object] = NOTHING) -> Checked:
    facts = Facts(places=places, theme=True, willing_to_open=False, bounded_experiment=True, answers=answers, days=DAYS)
    return check(facts, [rule(holds, binding=binding)])[0]


@pytest.mark.parametrize(
    ("holds", "places", "answer"),
    [
        ("count(organisations) >= 2", (CITY, AGENCY), Answer.MET),
        ("count(organisations) >= 2", (CITY, INVITED), Answer.UNCLEAR),
        ("count(organisations) >= 2", (CITY, CITY), Answer.NOT_YET),
        ("count(sectors) >= 2", (CITY, AGENCY), Answer.MET),
        ("count(regions) >= 2", (CITY._replace(region="lappi"), AGENCY._replace(region="kainuu")), Answer.MET),
        ("count(regions) >= 2", (CITY._replace(region="lappi"), AGENCY._replace(region="lappi")), Answer.NOT_YET),
        ("count(regions) >= 2", (CITY._replace(region="lappi"), AGENCY._replace(region="whole_country")), Answer.NOT_YET),
        ("count(regions) >= 1", (CITY, AGENCY), Answer.NOT_YET),
        ('exists(members where region == "lappi")', (CITY._replace(region="lappi"),), Answer.MET),
        ("none(organisations where members > 1)", (CITY, AGENCY, AGENCY), Answer.NOT_YET),
        ("none(organisations where members > 1)", (CITY, AGENCY, INVITED), Answer.UNCLEAR),
        ('exists(organisations where kind == "municipality")', (AGENCY, CITY), Answer.MET),
        ('"Saarnila" in organisations', (AGENCY,), Answer.NOT_YET),
        ("count(members where state_administration and confirmed) >= 1", (CITY, INVITED), Answer.UNCLEAR),
        ("count(members where first_time) * 2 >= count(members)", (CITY, AGENCY._replace(first_time=False)), Answer.MET),
        ("seats <= 1", (CITY, AGENCY._replace(wants_seat=False)), Answer.MET),
        ("theme and not willing_to_open", (CITY,), Answer.MET),
    ],
)  # fmt: skip
def test_rule_speaks_of_members_organisations_sectors_and_seats(
    holds: str, places: tuple[Place, ...], answer: Answer
) -> None:
    assert held(holds, *places).answer is answer


def test_rule_speaks_of_answers_and_days() -> None:
    answers = {"budget": 4500.5, "partner": {"name": "Metsäpuro ry"}, "regions": ["north", "east"], "why": ""}
    holds = 'answers.budget <= 5000 and answers.partner == "metsäpuro ry" and answers.regions == "east"'
    found = held(f'{holds} and not answers.why != "x" and today < programme_starts - 14', CITY, answers=answers)
    assert found.answer is Answer.MET


def test_unmet_rule_says_what_is_so_and_what_to_do() -> None:
    found = held("none(organisations where members > 1)", CITY, AGENCY, AGENCY)
    assert (found.title, found.missing) == ("Own", "Do it.")
    assert found.because == "Organisations (members > 1): there should be none, and now there is Rekisterihallitus."


def test_rule_that_hangs_on_the_invited_says_so() -> None:
    found = held("count(members where state_administration) >= 1", CITY, INVITED)
    assert found.missing == "Somebody you invited has not confirmed yet."
    assert found.because == "Members (state administration): now 0, if all invited confirm 1. Asked: at least 1."


def test_reasons_come_in_the_language_of_the_reader() -> None:
    with translation.override("fi"):
        told = held("count(organisations) >= 2", CITY).because
    assert told == "Organisaatiot: nyt 1. Vaaditaan: vähintään 2."


def test_wish_keeps_nobody_out() -> None:
    assert is_eligible([held("count(sectors) >= 2", CITY, binding=False)])
    assert not is_eligible([held("count(sectors) >= 2", CITY)])


def test_rule_with_a_mistake_judges_nobody_and_says_that_it_is_broken() -> None:
    found = held("count(membrs) > 1", CITY)
    assert found.answer is Answer.UNCLEAR
    assert "“membrs” cannot be counted" in found.because


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.key)
def test_every_example_can_be_read_and_is_said_in_three_languages(example: Example) -> None:
    assert str(condition(example.holds))
    assert [list(words) for words in example.words.values()] == [["fi", "sv", "en"]] * 2


def give_rule(programme: Programme, holds: str) -> None:
    programme.own_rules = [row_of(rule(holds))]
    programme.save(update_fields=["own_rules"])


def test_first_timers_are_those_who_were_in_no_earlier_round(team: Team, cast: Cast, programme: Programme) -> None:
    give_rule(programme, "exists(members where first_time)")
    assert own(team) is Answer.MET
    earlier = Programme.objects.create(
        slug="before", starts=programme.starts - timedelta(days=400), ends=programme.starts
    )
    past = actions.form(earlier, by=cast["convener"])
    assert own(team) is Answer.MET
    actions.settle(past, Team.State.ADMITTED, by=cast["owner"])
    assert own(team) is Answer.NOT_YET


def own(team: Team) -> Answer:
    found = checked(Team.objects.select_related("programme").get(pk=team.pk))
    return next(one.answer for one in found if one.rule == "own")


def test_team_page_shows_the_rule_with_its_reason(
    team: Team, cast: Cast, programme: Programme, client_of: Callable[[Person | None], Client], agency: Organisation
) -> None:
    give_rule(programme, "count(organisations) >= 3")
    actions.invite(team, cast["member"].email, organisation=agency, by=cast["convener"])
    page = client_of(cast["convener"]).get(reverse("teams:team", args=[team.pk]), headers={"accept-language": "en"})
    assert "Organisations: now 1, if all invited confirm 2. Asked: at least 3." in page.text


@pytest.mark.usefixtures("call")
def test_call_tells_the_rules_and_which_of_them_is_a_wish(
    programme: Programme, client_of: Callable[[Person | None], Client]
) -> None:
    programme.own_rules = [row_of(rule("theme")), row_of(replace(rule("theme", binding=False), key="w"))]
    programme.save(update_fields=["own_rules"])
    told = client_of(None).get(reverse("calls:call", args=[programme.slug]), headers={"accept-language": "en"}).text
    assert (told.count("Own"), told.count("(A wish)")) == (2, 1)
