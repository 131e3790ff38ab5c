import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client, RequestFactory

from rihma.accounts import actions
from rihma.accounts.api import Bearer
from rihma.accounts.models import ApiToken, Person
from rihma.accounts.scopes import EVERYTHING
from rihma.base import clock

pytestmark = pytest.mark.django_db

TOKENS = "/en/account/tokens/"


@pytest.fixture
def inside(client: Client, aino: Person) -> Client:
    client.force_login(aino)
    return client


def known_by(token: str) -> Person | None:
    return Bearer("calls").authenticate(RequestFactory().get("/"), token)


@pytest.mark.req("S9")
def test_token_is_shown_once_and_kept_as_a_digest(inside: Client, aino: Person) -> None:
    page = inside.post(TOKENS, {"name": "Report", "days": "90", "scopes": ["calls:read"]}).content.decode()
    token = re.findall(r"rihma_[\w-]{43}", page)[0]
    kept = " ".join(str(value) for value in ApiToken.objects.values().get().values())
    assert (known_by(token), token in kept, token in inside.get(TOKENS).content.decode()) == (aino, False, False)


def test_token_stands_for_the_person_in_the_api(aino: Person) -> None:
    request = RequestFactory().get("/")
    Bearer("calls").authenticate(request, actions.issue_api_token(aino, name="Report", scopes=[EVERYTHING]))
    assert request.user == aino


def test_day_of_use_is_noted(aino: Person) -> None:
    known_by(actions.issue_api_token(aino, name="Report", scopes=[EVERYTHING]))
    assert ApiToken.objects.get().used_on == clock.now().date()


@pytest.mark.req("S9")
def test_revoked_token_opens_nothing(inside: Client, aino: Person) -> None:
    token = actions.issue_api_token(aino, name="Report", scopes=[EVERYTHING])
    inside.post(f"{TOKENS}{ApiToken.objects.get().pk}/revoke/")
    assert known_by(token) is None


@pytest.mark.req("S9")
def test_token_ends_with_its_time(aino: Person) -> None:
    token = actions.issue_api_token(aino, name="Report", days=30, scopes=[EVERYTHING])
    with time_machine.travel(clock.now() + timedelta(days=30, seconds=1)):
        assert known_by(token) is None


@pytest.mark.req("S9")
def test_token_ends_with_the_person(aino: Person) -> None:
    token = actions.issue_api_token(aino, name="Report", scopes=[EVERYTHING])
    Person.objects.filter(pk=aino.pk).update(is_active=False)
    assert known_by(token) is None


@pytest.mark.parametrize("token", ["", "rihma_", "x" * 10_000, "ä\x00"])
def test_what_is_no_token_opens_nothing(aino: Person, token: str) -> None:
    assert known_by(token) is None


def test_sending_the_form_again_makes_no_second_token(inside: Client) -> None:
    inside.post(TOKENS, {"name": "Report", "days": "90", "scopes": ["calls:read"]})
    page = inside.post(TOKENS, {"name": "Report", "days": "90", "scopes": ["calls:read"]}).content.decode()
    assert ("You have a token with this name." in page, ApiToken.objects.count()) == (True, 1)


def test_name_is_free_again_after_revoking(aino: Person) -> None:
    actions.issue_api_token(aino, name="Report", scopes=[EVERYTHING])
    actions.revoke_api_token(ApiToken.objects.get())
    actions.issue_api_token(aino, name="Report", scopes=[EVERYTHING])
    assert ApiToken.objects.live().count() == 1


@pytest.mark.req("S9")
def test_token_of_another_person_cannot_be_found(inside: Client) -> None:
    actions.issue_api_token(
        Person.objects.create_user("bertil@ministerium.example"), name="Report", scopes=[EVERYTHING]
    )
    answer = inside.post(f"{TOKENS}{ApiToken.objects.get().pk}/revoke/")
    assert (answer.status_code, ApiToken.objects.live().count()) == (404, 1)
