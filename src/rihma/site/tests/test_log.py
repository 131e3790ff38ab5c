"""The log says where something happened, and nothing that opens a door."""

import json
import logging
from uuid import UUID

import pytest
from django.db import IntegrityError
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import ResolverMatch

from rihma.site.log import Json, place_of

TEAM = UUID("5f0c2d5e-6a51-4d41-9a42-1f0c2d5e6a51")


def request(route: str, **kwargs: object) -> HttpRequest:
    asked = RequestFactory().get("/somewhere/?token=open-sesame")
    asked.resolver_match = ResolverMatch(lambda: None, (), kwargs, route=route)
    return asked


@pytest.mark.req("S30")
def test_ids_are_logged_and_secret_words_are_not() -> None:
    assert place_of(request("en/teams/<uuid:team>/", team=TEAM)) == f"/en/teams/<uuid:team>/ {TEAM}"
    assert place_of(request("calendar/<str:token>.ics", token="open-sesame")) == "/calendar/<str:token>.ics"


@pytest.mark.req("S30")
def test_address_without_a_route_loses_its_long_words() -> None:
    asked = RequestFactory().get(f"/invite/{'k' * 43}/?q=1")
    assert place_of(asked) == "/invite/…/"


@pytest.mark.req("S30")
def test_django_s_own_lines_lose_their_path_too() -> None:
    record = logging.makeLogRecord(
        {
            "msg": "Internal Server Error: %s",
            "args": ("/calendar/open-sesame.ics",),
            "request": request("calendar/<str:token>.ics", token="open-sesame"),
        }
    )
    assert json.loads(Json().format(record))["message"] == "Internal Server Error: /calendar/<str:token>.ics"


@pytest.mark.req("S30")
def test_row_that_did_not_fit_is_not_quoted() -> None:
    problem = IntegrityError("duplicate key\nDETAIL:  Key (email)=(aino@virasto.example) already exists.\n")
    record = logging.makeLogRecord({"msg": "failed", "exc_info": (IntegrityError, problem, None)})
    trace = json.loads(Json().format(record))["trace"]
    assert ("duplicate key" in trace, "aino" in trace) == (True, False)
