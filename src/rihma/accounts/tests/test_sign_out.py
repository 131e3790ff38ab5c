import runpy
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rihma.accounts import actions
from rihma.accounts.models import Person
from rihma.accounts.tests.conftest import CODE, SIGN_IN, code_in_mail, is_in
from rihma.base import clock

pytestmark = pytest.mark.django_db

SIGN_OUT = "/en/account/sign-out/"


@pytest.fixture
def inside(waiting: Client, aino: Person) -> Client:
    waiting.post(CODE, {"code": code_in_mail(aino.email)})
    return waiting


@pytest.mark.req("S22")
def test_signing_out_ends_the_session_itself(inside: Client) -> None:
    stolen = inside.cookies[settings.SESSION_COOKIE_NAME].value
    inside.post(SIGN_OUT)
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = stolen
    assert (is_in(inside), is_in(thief)) == (False, False)


def test_a_link_alone_signs_nobody_out(inside: Client) -> None:
    inside.get(SIGN_OUT)
    assert is_in(inside)


def test_stranger_who_signs_out_is_led_home(client: Client) -> None:
    assert [client.get(SIGN_OUT)["Location"], client.post(SIGN_OUT)["Location"]] == ["/en/", "/en/"]


@pytest.mark.req("S22")
def test_signing_out_everywhere_ends_the_other_browser_too(inside: Client, aino: Person) -> None:
    other = Client()
    other.post(SIGN_IN, {"email": aino.email})
    other.post(CODE, {"code": code_in_mail(aino.email)})
    assert is_in(other)
    inside.post(SIGN_OUT + "everywhere/")
    assert (is_in(inside), is_in(other)) == (False, False)


@pytest.mark.req("S22")
def test_signing_out_everywhere_leaves_other_people_in(inside: Client) -> None:
    actions.sign_out_everywhere(Person.objects.create_user("bertil@ministerium.example"))
    assert is_in(inside)


@pytest.mark.req("S22")
def test_session_ends_when_it_was_not_used_for_a_week(inside: Client) -> None:
    now = clock.now()
    with time_machine.travel(now + timedelta(days=6)):
        assert is_in(inside)
    with time_machine.travel(now + timedelta(days=12)):
        assert is_in(inside)
    with time_machine.travel(now + timedelta(days=19, hours=2)):
        assert not is_in(inside)


@pytest.mark.req("S22")
def test_session_ends_after_thirty_days_however_much_it_is_used(inside: Client) -> None:
    now = clock.now()
    for day in (5, 10, 15, 20, 25, 29):
        with time_machine.travel(now + timedelta(days=day)):
            assert is_in(inside)
    with time_machine.travel(now + timedelta(days=30, minutes=1)):
        assert not is_in(inside)


@pytest.mark.req("S22")
def test_session_is_written_once_an_hour_and_not_at_every_page(inside: Client) -> None:
    now = clock.now()
    writes = []
    for minutes in (59, 61, 62):
        with time_machine.travel(now + timedelta(minutes=minutes)), CaptureQueriesContext(connection) as queries:
            assert is_in(inside)
        writes.append(sum("UPDATE" in query["sql"] for query in queries))
    assert writes == [0, 1, 0]


@pytest.mark.req("S22")
@pytest.mark.parametrize(("scheme", "prefix"), [("https", "__Host-"), ("http", "")])
def test_cookies_are_bound_to_the_host_where_there_is_https(
    monkeypatch: pytest.MonkeyPatch, scheme: str, prefix: str
) -> None:
    monkeypatch.setenv("RIHMA_BASE_URL", f"{scheme}://rihma.example")
    said = runpy.run_path(str(settings.PACKAGE / "site/settings.py"))
    assert [said["SESSION_COOKIE_NAME"], said["CSRF_COOKIE_NAME"]] == [f"{prefix}session", f"{prefix}csrf"]
    # The prefix holds only with these three (RFC 6265bis).
    assert (said["SESSION_COOKIE_SECURE"], settings.SESSION_COOKIE_PATH, settings.SESSION_COOKIE_DOMAIN) == (
        scheme == "https",
        "/",
        None,
    )


@pytest.mark.req("S22")
def test_cookie_of_the_session_is_closed_to_scripts_and_other_sites(waiting: Client) -> None:
    cookie = waiting.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")


@pytest.mark.req("S22")
def test_closing_somebody_out_ends_what_they_are_doing(inside: Client, aino: Person) -> None:
    Person.objects.filter(pk=aino.pk).update(is_active=False)
    assert not is_in(inside)
