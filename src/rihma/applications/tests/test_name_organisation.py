"""An answer that names an organisation: what was typed, tied to the register where the register knows it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.actors import actions as actors
from rihma.actors.models import Organisation
from rihma.applications import actions
from rihma.applications.answers.reading import visible_answers
from rihma.applications.fields import mark
from rihma.applications.models import Application
from rihma.base.expressions import BadExpression
from rihma.base.words import Words
from rihma.calls import actions as calls
from rihma.calls.tests.conftest import WHY
from rihma.programmes.requirements import Requirement
from rihma.teams.models import Team
from rihma.teams.queries import checked
from tests.conftest import Cast

type ClientOf = Callable[[Person | None], Client]
FIELD = "question_partner"


@pytest.fixture
def draft(application: Application, cast: Cast) -> Application:
    """A draft of a call that asks for an organisation."""
    calls.add_question(
        application.call,
        label=Words(en="Partner"),
        kind="organisation",
        required=False,
        because=WHY,
        by=cast["owner"],
    )
    return Application.objects.select_related("call__programme", "team").get(pk=application.pk)


@pytest.fixture
def city(cast: Cast) -> Organisation:
    names = Words(fi="Niemelän kaupunki", sv="Näsby stad", en="City of Niemelä")
    return actors.add("Niemelän kaupunki", kind="municipality", names=names, business_id="1234567-1", by=cast["owner"])


def typed(text: str, filled: object = "", **more: str) -> dict[str, str | list[str]]:
    seen = [f"name:{mark('Debt advisers')}", f"question_problem:{mark('Debt grows in silence.')}"]
    about = {"name": "Debt advisers", "question_problem": "Debt grows in silence."}
    return {"version": "1", "seen": [*seen, f"{FIELD}:{mark(filled)}"], **about, FIELD: text, **more}


def answer(draft: Application) -> object:
    draft.refresh_from_db()
    return draft.answers.get("partner", "")


def test_name_in_any_language_is_kept_as_typed_and_tied_to_the_register(
    draft: Application, city: Organisation, cast: Cast, client_of: ClientOf
) -> None:
    page = client_of(cast["convener"]).post(draft.get_absolute_url(), typed("Näsby stad"))
    assert (page.status_code, answer(draft)) == (302, {"name": "Näsby stad", "id": str(city.pk)})


def test_name_that_is_nearly_one_is_asked_about_once_and_stays_as_text(
    draft: Application, city: Organisation, cast: Cast, client_of: ClientOf
) -> None:
    convener = client_of(cast["convener"])
    asked = convener.post(draft.get_absolute_url(), typed("Niemelän kaupungi"))
    assert (asked.status_code, answer(draft)) == (422, "Niemelän kaupungi")
    assert "Do you mean one of these?" in asked.text
    again = typed("Niemelän kaupungi", filled="Niemelän kaupungi")
    assert convener.post(draft.get_absolute_url(), again).status_code == 302
    assert answer(draft) == "Niemelän kaupungi"
    chosen = {**again, f"{FIELD}.meant": str(city.pk)}
    assert convener.post(draft.get_absolute_url(), chosen).status_code == 302
    assert answer(draft) == {"name": "Niemelän kaupunki", "id": str(city.pk)}


def test_name_that_nobody_bears_is_named_only(draft: Application, cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast["convener"]).post(draft.get_absolute_url(), typed("Xyloteekki"))
    assert (page.status_code, answer(draft)) == (302, "Xyloteekki")
    assert _notes(draft) == ["named only"]


def test_answer_keeps_its_name_and_tells_what_has_become_of_it(
    draft: Application, city: Organisation, cast: Cast, client_of: ClientOf
) -> None:
    client_of(cast["convener"]).post(draft.get_absolute_url(), typed("Niemelän kaupunki"))
    assert _notes(draft) == [""]
    actors.rename(city, "Lahdenpään kaupunki", since=date(2020, 1, 1), by=cast["owner"])
    assert _notes(draft) == ["now Lahdenpään kaupunki"]
    heir = actors.add("Uusi kaupunki", kind="municipality", by=cast["owner"])
    actors.end(city, ended_on=date(2020, 12, 31), successor=heir, by=cast["owner"])
    assert _notes(draft) == ["now Uusi kaupunki"]
    receipt = actions.submit(draft, by=cast["convener"])
    assert [(one.question.key, one.organisation) for one in draft.named.all()] == [("partner", city)]
    assert receipt.content["answers"]["partner"] == {"name": "Niemelän kaupunki", "id": str(city.pk)}
    page = client_of(cast["owner"]).get(draft.get_absolute_url()).text
    assert "Niemelän kaupunki" in page
    assert "now Uusi kaupunki" in page


def test_answer_of_a_merged_duplicate_leads_to_the_one_that_stays(
    draft: Application, city: Organisation, cast: Cast, client_of: ClientOf
) -> None:
    twin = actors.name_organisation("Stadin virasto", kind="municipality")
    client_of(cast["convener"]).post(draft.get_absolute_url(), typed("Stadin virasto"))
    actors.merge(twin, city, by=cast["owner"])
    assert answer(draft) == {"name": "Stadin virasto", "id": str(twin.pk)}
    assert _notes(draft) == ["now City of Niemelä"]


def test_whoever_types_is_offered_those_of_the_register(city: Organisation, cast: Cast, client_of: ClientOf) -> None:
    actors.rename(city, "Lahdenpään kaupunki", since=date(2020, 1, 1), by=cast["owner"])

    def offered(text: str) -> list[dict[str, str]]:
        found: list[dict[str, str]] = (
            client_of(cast["outsider"]).get(reverse("organisations:known"), {"q": text}).json()["offered"]
        )
        return found

    row = {"name": "Lahdenpään kaupunki", "about": "Municipality or city · 1234567-1"}
    assert offered("lahdenp") == offered("1234567") == [row]
    assert offered("Näsby") == [row]
    former = {**row, "about": f"earlier Niemelän kaupunki · {row['about']}"}
    assert (offered("niemelä"), offered("s")) == ([former], [])


def test_rule_asks_what_an_organisation_is_that_an_answer_names(
    draft: Application, city: Organisation, cast: Cast, client_of: ClientOf
) -> None:
    rule = Requirement("city", Words(en="City"), 'answers.partner.kind == "municipality"', Words(en="Name one."))
    before = draft.call.requirements
    calls.set_rules(draft.call, replace(before, own=(rule,)), seen=before.mark, because=WHY, by=cast["owner"])

    def answer_of(text: str) -> tuple[str, str]:
        client_of(cast["convener"]).post(draft.get_absolute_url(), {**typed(text), "seen": f"{FIELD}:{now()}"})
        team = Team.objects.select_related("programme").get(pk=draft.team_id)
        found = next(one for one in checked(team) if one.rule == "city")
        return found.state, found.because

    def now() -> str:
        return mark(answer(draft))

    assert answer_of("Näsby stad") == ("met", "")
    actors.become(city, "company", since=date(2020, 1, 1), by=cast["owner"])
    said = "answers.partner.kind: now Company. Asked: Municipality or city."
    assert answer_of("Niemelän kaupunki") == ("not_yet", said)
    assert answer_of("Xyloteekki") == ("not_yet", said.replace("Company", "no answer"))


def test_rule_cannot_ask_of_another_answer_what_organisation_it_is(draft: Application, cast: Cast) -> None:
    rule = Requirement("city", Words(en="City"), 'answers.problem.kind == "municipality"', Words(en="Name one."))
    before = draft.call.requirements
    with pytest.raises(BadExpression):
        calls.set_rules(draft.call, replace(before, own=(rule,)), seen=before.mark, because=WHY, by=cast["owner"])


def _notes(draft: Application) -> list[str]:
    found = Application.objects.select_related("call", "receipt").get(pk=draft.pk)
    return [one.note for one in visible_answers(found, "owners") if one.question.key == "partner"]
