"""Whatever breaks, nobody reads a trace, a path, SQL or a version: only what to do, and an id (S26)."""

import re
from collections.abc import Callable

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import DatabaseError, IntegrityError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from pytest_django import Settings

from rihma.base.access import public
from rihma.site import urls as site

SECRET = "canary-of-the-inside"

PROBLEMS: dict[str, tuple[Exception, int]] = {
    "value": (ValueError(SECRET), 500),
    "key": (KeyError(SECRET), 500),
    "recursion": (RecursionError(SECRET), 500),
    "os": (OSError(2, SECRET, "/srv/rihma/secret_key"), 500),
    "memory": (MemoryError(SECRET), 500),
    "database": (DatabaseError(SECRET, "SELECT * FROM accounts_person"), 500),
    "integrity": (IntegrityError(f"UNIQUE {SECRET}"), 500),
    "not_found": (Http404(SECRET), 404),
    "denied": (PermissionDenied(SECRET), 403),
    "suspicious": (SuspiciousOperation(SECRET), 400),
    "bad": (BadRequest(SECRET), 400),
}
INSIDE = re.compile(
    rf"{SECRET}|Traceback|site-packages|/src/|\.py\b|SELECT|Exception|Error\(|Django|SQLite|PostgreSQL|uvicorn"
)


def raiser(problem: Exception) -> Callable[[HttpRequest], HttpResponse]:
    @public
    def view(request: HttpRequest) -> HttpResponse:
        raise problem

    return view


@public
def missing_table(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM no_such_table")
    return HttpResponse()


breaking = [path(f"{name}/", raiser(problem)) for name, (problem, _) in PROBLEMS.items()]
urlpatterns = [
    path("break/", include(breaking)),
    path("api/v1/break/", include(breaking)),
    path("missing-table/", missing_table),
    *site.urlpatterns,
]
handler400 = "rihma.site.errors.bad_request"
handler403 = "rihma.site.errors.forbidden"
handler404 = "rihma.site.errors.not_found"
handler500 = "rihma.site.errors.failed"


@pytest.fixture
def client(db: None, settings: Settings) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False, headers={"accept-language": "en"})


@pytest.mark.req("S26")
@pytest.mark.parametrize("name", PROBLEMS)
def test_page_of_an_error_tells_nothing_of_the_inside(client: Client, name: str) -> None:
    response = client.get(f"/break/{name}/")
    assert response.status_code == PROBLEMS[name][1]
    assert INSIDE.findall(response.content.decode()) == []


@pytest.mark.req("S26")
@pytest.mark.parametrize("name", PROBLEMS)
def test_program_gets_a_problem_with_an_id_and_no_more(client: Client, name: str) -> None:
    response = client.get(f"/api/v1/break/{name}/")
    body = response.json()
    assert response.headers["Content-Type"] == "application/problem+json"
    assert set(body) == {"type", "title", "status", "detail", "request"}
    assert (body["status"], body["request"]) == (PROBLEMS[name][1], response.headers["X-Request-ID"])
    assert INSIDE.findall(response.content.decode()) == []


@pytest.mark.req("S26")
def test_page_of_a_failure_has_the_id_of_its_line_in_the_log(client: Client) -> None:
    response = client.get("/break/value/")
    assert response.headers["X-Request-ID"] in response.content.decode()


@pytest.mark.req("S26")
@pytest.mark.django_db(transaction=True)
def test_missing_table_tells_nothing_of_the_inside(client: Client) -> None:
    response = client.get("/missing-table/")
    assert (response.status_code, INSIDE.findall(response.content.decode())) == (500, [])


@pytest.mark.req("S26")
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_page_not_found_is_said_in_the_reader_s_language(db: None, language: str) -> None:
    response = Client(headers={"accept-language": "de"}).get(f"/{language}/nothing-here/")
    assert response.status_code == 404
    assert f'<html lang="{language}"' in response.content.decode()


@pytest.mark.req("S26")
def test_error_page_that_breaks_leaves_a_bare_one(client: Client, settings: Settings) -> None:
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
    response = client.get("/break/value/")
    assert (response.status_code, INSIDE.findall(response.content.decode())) == (500, [])
    assert "Försök igen om en stund." in response.content.decode()
    assert response.headers["X-Request-ID"] in response.content.decode()


@pytest.mark.req("S26")
def test_form_without_its_token_is_told_to_reload(db: None) -> None:
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    response = client.post("/en/account/sign-in/", {"email": "aino@virasto.example"})
    assert response.status_code == 403
    assert "The form had grown old" in response.content.decode()
