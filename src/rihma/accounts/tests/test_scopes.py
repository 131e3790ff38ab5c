"""A token does what it was made for and nothing else; the API asks in one place."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from rihma.accounts import scopes
from rihma.accounts.actions import issue_api_token
from rihma.accounts.models import ApiToken, Person
from rihma.applications import actions as applications
from rihma.applications.models import Application
from rihma.base.refused import Refused
from rihma.calls.models import Call
from tests.conftest import Cast

type ClientOf = Callable[[Person | None], Client]

TOKENS = "/en/account/tokens/"
NOBODY = "6b1e1c1e-0000-4000-8000-00000000000a"
PUBLIC = ("/api/v1/programme", "/api/v1/lessons")
SENT = {"name": "Report", "days": "90"}


@pytest.fixture
def application(call: Call, cast: Cast) -> Application:
    return applications.start(call, by=cast["convener"])


def test_reading_and_writing_are_two_scopes() -> None:
    asked = [scopes.needed("calls", method) for method in ("GET", "HEAD", "POST", "PUT", "DELETE")]
    assert asked == ["calls:read", "calls:read", "calls:write", "calls:write", "calls:write"]


@pytest.mark.req("S9")
def test_every_door_of_the_api_asks_for_a_scope_that_can_be_given(cast: Cast) -> None:
    """A scope that nobody can choose would close a door for good, and a door that asks for none would stay open."""
    token = issue_api_token(cast["owner"], name="Bare", scopes=["calls:read"])
    ApiToken.objects.update(scopes=[])
    client = Client(headers={"authorization": f"Bearer {token}"})
    asked, open_to_all = set(), set()
    for path, verbs in Client().get("/api/v1/openapi.json").json()["paths"].items():
        for verb, operation in verbs.items():
            answer = client.generic(verb.upper(), re.sub(r"{\w+}", NOBODY, path), "{}", "application/json")
            asked |= {answer.json()["scope"]} if answer.status_code == 403 else set()
            open_to_all |= {path} if answer.status_code != 403 else set()
            assert (answer.status_code == 403) == ("security" in operation), path
    assert asked == set(scopes.declared())
    assert open_to_all == {path for path in open_to_all if path.startswith(PUBLIC)}


@pytest.mark.django_db
@pytest.mark.parametrize("wanted", [[], ["calls:write"], ["*", "all"]])
def test_token_without_a_known_scope_is_not_made(cast: Cast, wanted: list[str]) -> None:
    with pytest.raises(Refused, match="Choose what the app may do"):
        issue_api_token(cast["owner"], name="Report", scopes=wanted)
    assert ApiToken.objects.count() == 0


def test_form_offers_the_least_and_keeps_what_was_chosen(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["owner"])
    page = client.get(TOKENS)
    client.post(TOKENS, {**SENT, "scopes": ["decisions:read", "applications:read"]})
    kept = ApiToken.objects.get().scopes
    assert (page.context["form"]["scopes"].initial, kept) == (["calls:read"], ["applications:read", "decisions:read"])


def test_form_never_offers_everything(cast: Cast, client_of: ClientOf) -> None:
    client_of(cast["owner"]).post(TOKENS, {**SENT, "scopes": ["*"]})
    assert ApiToken.objects.count() == 0


@pytest.mark.req("S9")
def test_token_without_the_scope_is_told_its_name(application: Application, cast: Cast) -> None:
    token = issue_api_token(cast["convener"], name="Reader", scopes=["calls:read", "applications:read"])
    client = Client(headers={"authorization": f"Bearer {token}"})
    read = client.get(f"/api/v1/applications/{application.pk}")
    sent = client.post(f"/api/v1/applications/{application.pk}/submit")
    application.refresh_from_db()
    assert (read.status_code, sent.status_code, sent.json()["scope"]) == (200, 403, "applications:write")
    assert application.state == Application.State.DRAFT


@pytest.mark.req("S9")
def test_scope_opens_nothing_that_the_person_may_not_see(application: Application, cast: Cast) -> None:
    token = issue_api_token(cast["outsider"], name="Reader", scopes=["applications:read"])
    client = Client(headers={"authorization": f"Bearer {token}"})
    there = client.get(f"/api/v1/applications/{application.pk}")
    assert (there.status_code, client.get("/api/v1/applications").json()) == (404, {"count": 0, "items": []})


def test_public_call_needs_no_token_but_a_token_its_scope(call: Call, cast: Cast) -> None:
    token = issue_api_token(cast["owner"], name="Reader", scopes=["decisions:read"])
    address = f"/api/v1/calls/{call.pk}"
    with_token = Client(headers={"authorization": f"Bearer {token}"}).get(address)
    assert (Client().get(address).status_code, with_token.json()["scope"]) == (200, "calls:read")
