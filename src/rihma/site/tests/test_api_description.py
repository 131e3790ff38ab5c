"""The API against its own description, asked by somebody who has read nothing else: what it allows, and what it does not."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.core.handlers.wsgi import WSGIHandler
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as trying
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker
from schemathesis import Case, GenerationMode
from schemathesis.checks import positive_data_acceptance
from schemathesis.core.failures import Failure
from schemathesis.schemas import APIOperation

from rihma.accounts.actions import issue_api_token
from rihma.accounts.scopes import EVERYTHING, declared
from rihma.site.api import api
from tests import demos
from tests.world import World, of_demo

# How often each door is tried in each way: as told, and otherwise.
EXAMPLES = 50
# Packed, and no JSON, until somebody unpacks it.
PLAIN = {"Accept-Encoding": "identity", "Accept-Language": "en"}
type Said = dict[str, str]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), demos.entered():
        yield of_demo()


@pytest.fixture
def _asked_from_within(settings: Settings) -> Iterator[None]:
    """The name by which it is asked is known, and no request closes the connection that the demo is lent by."""
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "localhost"]
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def tokens(world: World) -> list[str]:
    """Of people who may do much, and one that may do next to nothing."""
    held = {"owner": [EVERYTHING], "convener": list(declared()), "juror": [EVERYTHING], "outsider": ["calls:read"]}
    return [issue_api_token(world.people[role], name="S5", scopes=scopes) for role, scopes in held.items()]


@pytest.mark.req("S5")
@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.usefixtures("_asked_from_within")
def test_api_answers_as_its_description_says_whatever_it_is_sent(world: World, tokens: list[str]) -> None:
    description = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    found: Said = {}
    asked = 0
    for result in description.get_all_operations():
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            asked += _try(result.ok(), mode, world, tokens, found)
    assert found == {}
    assert asked > 2 * len(list(description.get_all_operations()))


@pytest.mark.req("S5")
def test_description_calls_no_two_things_by_one_name_and_tells_which_doors_are_open_to_all() -> None:
    told = api.get_openapi_schema()
    open_to_all = {
        path for path, verbs in told["paths"].items() for said in verbs.values() if {} in said.get("security", [{}])
    }
    assert "/api/v1/calls" in open_to_all
    assert "/api/v1/applications" not in open_to_all
    answers = told["paths"]["/api/v1/applications"]["get"]["responses"]
    assert set(answers) == {200, 400, 401, 403, 404, 409, 422}


def _try(
    operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode, world: World, tokens: list[str], found: Said
) -> int:
    """How often it was asked; what was not as described goes to `found`."""
    named = {one.name: str(world.values[one.name]) for one in operation.path_parameters if one.name in world.values}
    asked = 0

    def one(case: Case[Any], data: st.DataObject) -> None:
        nonlocal asked
        asked += 1
        if mode is GenerationMode.POSITIVE and data.draw(st.booleans()):
            # Else nearly every answer would be that there is nothing of this name.
            case.path_parameters.update(named)
        headers = {**PLAIN, "Authorization": f"Bearer {data.draw(st.sampled_from(tokens))}"}
        response = case.call(headers=headers)
        try:
            case.validate_response(response, headers=headers, excluded_checks=_beside(case))
        except* Failure as wrong:
            for fault in wrong.exceptions:
                found[f"{operation.label} {response.status_code} {type(fault).__name__}"] = str(fault)

    strategy = given(case=operation.as_strategy(generation_mode=mode), data=st.data())
    quick = trying(
        max_examples=EXAMPLES,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    try:
        quick(strategy(one))()
    except Unsatisfiable:
        # Whatever one sends is as described: a word in the address, or nothing at all.
        return asked
    return asked


def _beside(case: Case[Any]) -> list[Any]:
    """A file that is none is refused with reasons, which no description of a form can tell."""
    return [positive_data_acceptance] if case.media_type == "multipart/form-data" else []
