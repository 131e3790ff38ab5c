"""What is typed outlives the session, and stays its writer's alone."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from rihma.accounts.models import Person
from rihma.accounts.tests.conftest import CODE, SIGN_IN, code_in_mail
from rihma.base import clock
from rihma.base.unsent import KEY

pytestmark = [pytest.mark.django_db, pytest.mark.req("A4")]

DETAILS = "/en/account/details/"
UNSENT = "/en/account/unsent/"
TYPED = {"name": "Aino Maria Lehtoranta", "language": "sv"}
BACK = {"Referer": f"http://testserver{DETAILS}"}


def enter(browser: Client, person: Person, then: str = DETAILS) -> None:
    browser.post(f"{SIGN_IN}?next={then}", {"email": person.email})
    browser.post(f"{CODE}?next={then}", {"code": code_in_mail(person.email)})


def end_sessions() -> None:
    Session.objects.all().delete()


@pytest.fixture
def ended(client: Client, aino: Person) -> Client:
    """Aino signed in, opened the form of her details, and her session ended while she wrote."""
    enter(client, aino)
    end_sessions()
    return client


@pytest.fixture
def bertil(db: None) -> Person:
    return Person.objects.create_user("bertil@ministerium.example", name="Bertil Sandvik", language="sv")


def test_form_is_found_again_as_it_was_typed_and_saves_only_when_it_is_sent(ended: Client, aino: Person) -> None:
    answer = ended.post(DETAILS, TYPED, headers=BACK)
    assert answer.headers["Location"] == f"{SIGN_IN}?next={DETAILS}"
    assert "What you wrote is kept." in ended.get(answer.headers["Location"]).text
    enter(ended, aino)
    page = ended.get(DETAILS)
    assert [page.context["form"][name].value() for name in TYPED] == list(TYPED.values())
    assert "What you had written is here, and not sent yet" in page.text
    aino.refresh_from_db()
    assert aino.name == "Aino Lehtoranta"
    assert ended.get(DETAILS).context["form"]["name"].value() == TYPED["name"]
    ended.post(DETAILS, TYPED)
    aino.refresh_from_db()
    assert (aino.name, KEY in ended.session) == (TYPED["name"], False)


def test_form_that_comes_back_carries_the_token_of_the_new_session(aino: Person) -> None:
    browser = Client(enforce_csrf_checks=True)

    def token_of(page: str) -> str:
        return str(browser.get(page).context["csrf_token"])

    def walk_in() -> None:
        browser.post(SIGN_IN, {"email": aino.email, "csrfmiddlewaretoken": token_of(SIGN_IN)})
        browser.post(CODE, {"code": code_in_mail(aino.email), "csrfmiddlewaretoken": token_of(CODE)})

    walk_in()
    old = token_of(DETAILS)
    end_sessions()
    browser.post(DETAILS, {**TYPED, "csrfmiddlewaretoken": old})
    walk_in()
    page = browser.get(DETAILS)
    assert page.context["form"]["name"].value() == TYPED["name"]
    assert old not in page.text
    assert browser.post(DETAILS, {**TYPED, "csrfmiddlewaretoken": str(page.context["csrf_token"])}).status_code == 302
    aino.refresh_from_db()
    assert aino.name == TYPED["name"]


def test_somebody_else_who_signs_in_finds_nothing_and_it_is_gone(ended: Client, aino: Person, bertil: Person) -> None:
    ended.post(DETAILS, TYPED, headers=BACK)
    enter(ended, bertil)
    page = ended.get(DETAILS)
    assert page.context["form"]["name"].value() == "Bertil Sandvik"
    assert TYPED["name"] not in page.text
    assert ended.get(UNSENT).context["unsent"] is None
    enter(ended, aino)
    assert KEY not in ended.session


def test_nothing_is_kept_for_somebody_who_never_signed_in_here(client: Client) -> None:
    client.post(DETAILS, TYPED, headers=BACK)
    assert not Session.objects.exists()


def test_name_that_a_browser_made_up_keeps_nothing(client: Client, aino: Person) -> None:
    client.cookies[settings.WRITER_COOKIE_NAME] = f"{aino.pk}:1:forged"
    client.post(DETAILS, TYPED, headers=BACK)
    assert not Session.objects.exists()


def test_what_a_page_saves_by_itself_is_not_taken_for_what_somebody_sent(ended: Client) -> None:
    ended.post(DETAILS, TYPED, headers={**BACK, "Sec-Fetch-Mode": "cors"})
    assert not Session.objects.exists()
    ended.post(DETAILS, TYPED, headers={**BACK, "Sec-Fetch-Mode": "cors", "HX-Request": "true"})
    assert Session.objects.count() == 1


def test_what_fits_no_page_is_shown_sent_after_all_or_let_go(ended: Client, aino: Person) -> None:
    """An address that only takes what is sent: there is no form of its own to come back to."""
    once = "/en/account/sign-out/everywhere/"
    ended.post(f"{once}?from=details", {"why": "Lost <b>laptop</b>", "seen": "abc"}, headers=BACK)
    enter(ended, aino)
    assert "See what was not sent" in ended.get(DETAILS).text
    page = ended.get(UNSENT)
    assert page.context["unsent"].typed == ["Lost <b>laptop</b>"]
    assert "Lost &lt;b&gt;laptop&lt;/b&gt;" in page.text
    assert f'action="{once}?from=details"' in page.text
    ended.post(UNSENT)
    assert KEY not in ended.session
    assert "See what was not sent" not in ended.get(DETAILS).text


def test_form_that_was_opened_a_day_ago_is_still_taken(client: Client, aino: Person) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = client.cookies
    enter(client, aino)
    token = str(browser.get(DETAILS).context["csrf_token"])
    with time_machine.travel(clock.now() + timedelta(hours=24)):
        answer = browser.post(DETAILS, {**TYPED, "csrfmiddlewaretoken": token})
    assert answer.headers["Location"] == DETAILS
    aino.refresh_from_db()
    assert aino.name == TYPED["name"]


@pytest.mark.parametrize(
    ("origin", "given_back"), [("http://testserver", True), ("http://elsewhere.example", False), (None, False)]
)
def test_old_token_beside_a_new_session_gives_back_what_was_typed_to_pages_of_ours_alone(
    client: Client, aino: Person, origin: str | None, given_back: bool
) -> None:
    """Signed in again in another tab: the form's token is old. Who is elsewhere could write what is sent by one click."""
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = client.cookies
    enter(client, aino)
    old = str(browser.get(DETAILS).context["csrf_token"])
    end_sessions()
    enter(client, aino)
    sent = {**TYPED, "csrfmiddlewaretoken": old}
    refused = browser.post(DETAILS, sent, headers={"Origin": origin} if origin else {})
    assert refused.status_code == 403
    assert (f'name="name" value="{TYPED["name"]}"' in refused.text) == given_back
    if given_back:
        fresh = {**TYPED, "csrfmiddlewaretoken": str(refused.context["csrf_token"])}
        assert browser.post(DETAILS, fresh, headers={"Origin": origin or ""}).status_code == 302
    aino.refresh_from_db()
    assert (aino.name == TYPED["name"]) == given_back


def test_cookie_of_the_writer_is_closed_to_scripts_and_opens_nothing(ended: Client) -> None:
    cookie = ended.cookies[settings.WRITER_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert ended.get(DETAILS).status_code == 302
