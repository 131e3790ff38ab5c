from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client

from rihma.accounts import actions
from rihma.accounts.models import Person
from rihma.accounts.tests.conftest import CODE, SIGN_IN, code_in_mail, is_in
from rihma.base import clock
from rihma.base.refused import Refused

pytestmark = pytest.mark.django_db


def test_right_code_signs_in_and_leads_on(waiting: Client, aino: Person) -> None:
    answer = waiting.post(CODE + "?next=/en/account/tokens/", {"code": code_in_mail(aino.email)})
    assert (answer.status_code, answer["Location"], is_in(waiting)) == (302, "/en/account/tokens/", True)


@pytest.mark.parametrize("way", ["{}", " {} ", "{}\n"])
def test_code_may_be_pasted_with_what_surrounds_it(waiting: Client, aino: Person, way: str) -> None:
    code = code_in_mail(aino.email)
    waiting.post(CODE, {"code": way.format(f"{code[:3]}-{code[3:]}".lower())})
    assert is_in(waiting)


def test_wrong_code_says_how_many_tries_are_left_and_keeps_what_was_typed(waiting: Client) -> None:
    page = waiting.post(CODE, {"code": "ab<c"}).content.decode()
    assert "You can try 4 more times." in page
    assert 'value="ab&lt;c"' in page


@pytest.mark.req("S9")
def test_after_five_wrong_tries_not_even_the_right_code_opens(waiting: Client, aino: Person) -> None:
    answers = [waiting.post(CODE, {"code": "000000"}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 4 + [302]
    assert answers[-1]["Location"] == SIGN_IN + "?why=tried_out"
    waiting.post(CODE, {"code": code_in_mail(aino.email)})
    assert not is_in(waiting)


@pytest.mark.req("S9")
def test_code_is_good_for_fifteen_minutes(waiting: Client, aino: Person) -> None:
    code = code_in_mail(aino.email)
    with time_machine.travel(clock.now() + timedelta(minutes=15, seconds=1)):
        answer = waiting.post(CODE, {"code": code})
        assert answer["Location"] == SIGN_IN + "?why=expired"
        page = waiting.get(answer["Location"]).content.decode()
    assert "This code is too old. Ask for a new one." in page
    assert f'value="{aino.email}"' in page


@pytest.mark.req("S9")
def test_code_of_another_browser_is_of_no_use(waiting: Client, aino: Person) -> None:
    elsewhere = Client()
    answer = elsewhere.post(CODE, {"code": code_in_mail(aino.email)})
    assert (answer["Location"], is_in(elsewhere)) == (SIGN_IN, False)


@pytest.mark.req("S9")
def test_newer_code_makes_the_older_one_wrong_in_that_browser(waiting: Client, aino: Person) -> None:
    older = code_in_mail(aino.email)
    waiting.post(SIGN_IN, {"email": aino.email})
    assert waiting.post(CODE, {"code": older}).status_code == 200


@pytest.mark.req("S9")
def test_code_dies_with_the_address_it_was_sent_to(waiting: Client, aino: Person) -> None:
    code = code_in_mail(aino.email)
    Person.objects.filter(pk=aino.pk).update(email="aino@ministerio.example")
    waiting.post(CODE, {"code": code})
    assert not is_in(waiting)


@pytest.mark.req("S9")
def test_code_of_somebody_who_was_closed_out_looks_wrong(waiting: Client, aino: Person) -> None:
    code = code_in_mail(aino.email)
    Person.objects.filter(pk=aino.pk).update(is_active=False)
    page = waiting.post(CODE, {"code": code}).content.decode()
    assert "That is not the code in the mail." in page


@pytest.mark.req("S9")
@pytest.mark.django_db(transaction=True)
def test_code_works_once_for_twenty_at_the_same_time(aino: Person) -> None:
    asked, code = actions.ask_for_code(aino.email, language="fi", asked_from="here")

    def enter(_turn: int) -> str:
        try:
            return actions.enter_code(asked.pk, code, asked_from="here").email
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        answers = sorted(pool.map(enter, range(20)))
    assert answers == [aino.email, *["used"] * 19]


@pytest.mark.req("S9", "S22")
@pytest.mark.django_db(transaction=True)
def test_page_that_is_sent_twenty_times_at_once_answers_each_clearly(waiting: Client, aino: Person) -> None:
    code = code_in_mail(aino.email)

    def send(_turn: int) -> tuple[int, str]:
        browser = Client()
        browser.cookies = waiting.cookies
        try:
            answer = browser.post(CODE, {"code": code})
            return answer.status_code, answer.get("Location", "")
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(send, range(20)))
    # A late one finds no session any more, and the first page to start from.
    assert set(answers) <= {(302, "/en/"), (302, SIGN_IN), (302, SIGN_IN + "?why=used")}
    assert answers.count((302, "/en/")) == 1


@pytest.mark.req("S9")
@pytest.mark.django_db(transaction=True)
def test_twenty_wrong_codes_at_the_same_time_count_as_twenty(aino: Person) -> None:
    asked, _code = actions.ask_for_code(aino.email, language="fi", asked_from="here")

    def guess(_turn: int) -> str:
        try:
            return actions.enter_code(asked.pk, "000000", asked_from="here").email
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        answers = sorted(pool.map(guess, range(20)))
    assert answers == ["tried_out"] * 16 + ["wrong"] * 4


def test_used_code_sends_back_to_the_first_page_without_harm(waiting: Client, aino: Person) -> None:
    """The second request of a double click still holds the session that the first one has just left behind."""
    code = code_in_mail(aino.email)
    before = waiting.cookies[settings.SESSION_COOKIE_NAME].value
    actions.enter_code(aino.sign_in_codes.get().pk, code, asked_from="here")
    answer = waiting.post(CODE, {"code": code})
    assert answer["Location"] == SIGN_IN + "?why=used"
    assert waiting.cookies[settings.SESSION_COOKIE_NAME].value == before


@pytest.mark.req("S8")
def test_twenty_wrong_codes_in_a_minute_from_one_place_are_enough(waiting: Client, aino: Person) -> None:
    for turn in range(4):
        client = Client()
        client.post(SIGN_IN, {"email": f"guess{turn}@muualla.example"})
        for _try in range(5):
            client.post(CODE, {"code": "000000"})
    answer = waiting.post(CODE, {"code": code_in_mail(aino.email)})
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60


@pytest.mark.req("S22")
def test_session_of_before_is_worth_nothing_after_signing_in(waiting: Client, aino: Person) -> None:
    planted = waiting.cookies[settings.SESSION_COOKIE_NAME].value
    waiting.post(CODE, {"code": code_in_mail(aino.email)})
    attacker = Client()
    attacker.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert (is_in(waiting), is_in(attacker)) == (True, False)


def test_first_sign_in_asks_for_the_name_and_then_leads_on(client: Client) -> None:
    client.post(SIGN_IN, {"email": "uusi@virasto.example"})
    answer = client.post(CODE + "?next=/en/teams/", {"code": code_in_mail("uusi@virasto.example")})
    assert answer["Location"] == "/en/account/name/?next=%2Fen%2Fteams%2F"


def test_somebody_who_is_in_already_goes_on_at_once(waiting: Client, aino: Person) -> None:
    waiting.post(CODE, {"code": code_in_mail(aino.email)})
    assert waiting.get(SIGN_IN + "?next=/en/account/tokens/")["Location"] == "/en/account/tokens/"


def test_pages_of_signing_in_are_kept_by_no_cache(waiting: Client) -> None:
    kept = {waiting.get(page)["Cache-Control"] for page in (SIGN_IN, CODE)}
    assert kept == {"max-age=0, no-cache, no-store, must-revalidate, private"}
