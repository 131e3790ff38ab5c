"""Every answer of every route carries the headers that keep a reader safe (S15)."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from rihma.accounts.models import Person
from tests.conftest import Cast

type ClientOf = Callable[[Person | None], Client]

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}
WORDS = {"UUIDConverter": str(uuid4()), "IntConverter": "7"}


def addresses() -> list[str]:
    """One address a route, with invented ids."""
    return sorted({f"/{each}" for each in _addresses(get_resolver().url_patterns, "")})


def _addresses(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        for name, converter in pattern.pattern.converters.items():
            word = WORDS.get(type(converter).__name__, "word")
            route = route.replace(f"<{converter_name(route, name)}{name}>", word)
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern.url_patterns, route)
        elif "^" not in route:
            yield route


def converter_name(route: str, name: str) -> str:
    before = route.partition(f"{name}>")[0].rpartition("<")[2]
    return before if before.endswith(":") else ""


def check_headers(response: object, address: str) -> None:
    headers = response.headers  # type: ignore[attr-defined] # the test client's answer
    assert {name: headers.get(name) for name in ALWAYS} == ALWAYS, address
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'"), address
    assert "frame-ancestors 'none'" in policy, address
    assert not {"'unsafe-inline'", "'unsafe-eval'", "http:", "https:", "*"} & set(policy.replace(";", "").split()), (
        address
    )


@pytest.mark.req("S15")
def test_every_route_has_every_header(cast: Cast, client_of: ClientOf) -> None:
    routes = addresses()
    assert len(routes) > 20
    for person in (None, cast["owner"]):
        client = client_of(person)
        client.raise_request_exception = False
        for address in routes:
            check_headers(client.get(address), address)


@pytest.mark.req("S15")
@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "options"])
def test_every_kind_of_error_has_every_header(db: None, client_of: ClientOf, method: str) -> None:
    client = client_of(None)
    for address in ("/en/nothing-here/", "/api/v1/nothing-here", "/healthz", "/appearance/"):
        check_headers(getattr(client, method)(address), address)


@pytest.mark.req("S15")
def test_foreign_host_name_is_refused_with_every_header(db: None) -> None:
    response = Client(headers={"host": "evil.example"}).get("/en/")
    assert response.status_code == 400
    check_headers(response, "evil.example")


@pytest.mark.req("S15")
def test_page_of_somebody_signed_in_is_kept_nowhere(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast["owner"]).get("/en/").headers["Cache-Control"] == "no-store"


def test_page_for_everybody_is_asked_for_again(db: None, client_of: ClientOf) -> None:
    assert client_of(None).get("/en/").headers["Cache-Control"] == "private, no-cache"


@pytest.mark.req("S15")
def test_https_is_asked_for_only_where_there_is_https(db: None, settings: Settings) -> None:
    assert "Strict-Transport-Security" not in Client().get("/en/").headers
    settings.SECURE_HSTS_SECONDS = 31536000
    assert Client().get("/en/").headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_page_is_sent_compressed_with_a_length_of_its_own(db: None) -> None:
    lengths = {len(Client(headers={"accept-encoding": "gzip"}).get("/en/").content) for _ in range(8)}
    assert len(lengths) > 1
