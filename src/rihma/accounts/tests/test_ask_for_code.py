import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rihma.accounts import actions
from rihma.accounts.models import Person, SignInCode
from rihma.accounts.rules import tidy_email
from rihma.accounts.tests.conftest import CODE, SIGN_IN, code_in_mail
from rihma.base import clock

pytestmark = pytest.mark.django_db


def test_asking_leads_to_the_page_for_the_code(client: Client, aino: Person) -> None:
    response = client.post(SIGN_IN + "?next=/en/", {"email": aino.email})
    assert (response.status_code, response["Location"]) == (302, CODE + "?next=%2Fen%2F")


def test_code_goes_out_in_the_language_of_the_person(client: Client, aino: Person) -> None:
    client.post("/sv/account/sign-in/", {"email": aino.email})
    assert [letter.subject for letter in mail.outbox] == ["Koodisi Rihmaan"]


def test_new_address_gets_a_person_and_mail_in_the_language_of_the_page(client: Client) -> None:
    client.post("/sv/account/sign-in/", {"email": "ny@skargard.example"})
    person = Person.objects.get()
    assert (person.email, person.name, person.language) == ("ny@skargard.example", "", "sv")
    assert [letter.subject for letter in mail.outbox] == ["Din kod till Rihma"]


def test_code_stands_in_the_body_and_not_in_a_header(client: Client, aino: Person) -> None:
    client.post(SIGN_IN, {"email": aino.email})
    assert code_in_mail(aino.email) not in mail.outbox[0].subject


@pytest.mark.req("S9")
def test_only_a_digest_of_the_code_is_kept(client: Client, aino: Person) -> None:
    client.post(SIGN_IN, {"email": aino.email})
    code = code_in_mail(aino.email)
    kept = " ".join(str(value) for value in SignInCode.objects.values().get().values())
    assert (code in kept, code in str(dict(client.session))) == (False, False)


@pytest.mark.req("S7")
@pytest.mark.parametrize(
    "typed",
    [
        "aino@virasto.example",
        "  Aino@Virasto.EXAMPLE ",
        "aino＠virasto．example",
        "aino@virasto.example\u200b",
        "aino @virasto.example",
    ],
)
def test_one_address_may_be_typed_in_many_ways(client: Client, aino: Person, typed: str) -> None:
    client.post(SIGN_IN, {"email": typed})
    assert [letter.to for letter in mail.outbox] == [[aino.email]]


@pytest.mark.req("S7")
@pytest.mark.parametrize(
    ("typed", "stranger"),
    [
        ("aino+1@virasto.example", "aino+1@virasto.example"),
        ("aıno@virasto.example", None),
        ("аino@virasto.example", None),
    ],
)
def test_an_address_that_only_looks_alike_never_gets_the_mail_of_another(
    client: Client, aino: Person, typed: str, stranger: str | None
) -> None:
    client.post(SIGN_IN, {"email": typed})
    assert [letter.to for letter in mail.outbox] == ([[stranger]] if stranger else [])


@pytest.mark.req("S7")
@pytest.mark.parametrize(
    "posted",
    [
        {"email": ["evil@muualla.example", "aino@virasto.example"]},
        {"email[]": ["aino@virasto.example", "evil@muualla.example"]},
        {"email": '["aino@virasto.example","evil@muualla.example"]'},
        {"email": "aino@virasto.example,evil@muualla.example"},
        {"email": "aino@virasto.example\r\nBcc: evil@muualla.example"},
        {"email": ""},
        {},
    ],
)
def test_a_code_goes_to_one_stored_address_at_most(client: Client, aino: Person, posted: dict[str, str]) -> None:
    client.post(SIGN_IN, posted)
    assert [letter.to for letter in mail.outbox] in ([], [[aino.email]])


def test_what_is_no_address_is_shown_again_with_a_reason(client: Client, db: None) -> None:
    page = client.post(SIGN_IN, {"email": "aino at virasto"}).content.decode()
    assert 'value="aino at virasto"' in page
    assert page.count("One thing to mend") == 1
    assert "Write the address like this: name@example.fi" in page


@pytest.mark.parametrize(
    "typed", ["x" * 10_000_000, "x" * 250 + "@muualla.example", "\x00", "@", "a@b", "ä@muualla.example"]
)
def test_any_nonsense_gets_a_page_and_no_mail(client: Client, aino: Person, typed: str) -> None:
    page = client.post(SIGN_IN, {"email": typed})
    assert (page.status_code, page.content.decode().count("error-summary-title"), mail.outbox) == (200, 2, [])


@pytest.mark.req("S7")
def test_known_new_and_closed_addresses_look_the_same(aino: Person) -> None:
    Person.objects.create_user("gone@virasto.example", is_active=False)
    seen = []
    for email in ("aino@virasto.example", "none@virasto.example", "gone@virasto.example"):
        client = Client()
        answer = client.post(SIGN_IN, {"email": email})
        page = client.get(CODE)
        body = re.sub(r'value="[^"]{64}"|nonce="[^"]*"', "", page.content.decode().replace(email, ""))
        headers = {name: value for name, value in page.headers.items() if name not in {"Expires", "X-Request-ID"}}
        headers = {name: re.sub("nonce-[^']*", "", value) for name, value in headers.items()}
        seen.append((answer.status_code, answer["Location"], sorted(answer.cookies), body, headers))
    assert seen == [seen[0]] * 3


@pytest.mark.req("S7")
def test_known_and_new_addresses_take_the_same_work(aino: Person) -> None:
    """How long it takes is measured in bench/; here each path asks the database for the same things."""
    counts = {}
    for email in (aino.email, "new@virasto.example"):
        with CaptureQueriesContext(connection) as queries:
            Client(REMOTE_ADDR="192.0.2.1").post(SIGN_IN, {"email": email})
        counts[email] = len(queries)
    # A new address is written down as a person: one row, and the savepoint around it.
    assert abs(counts[aino.email] - counts["new@virasto.example"]) <= 3, counts


def test_closed_address_is_told_so_by_mail_and_gets_no_code(client: Client) -> None:
    gone = Person.objects.create_user("gone@virasto.example", is_active=False, language="en")
    client.post(SIGN_IN, {"email": gone.email})
    [letter] = mail.outbox
    assert letter.subject == "Signing in to Rihma"
    assert re.findall(r"\b[0-9A-Z]{6}\b", str(letter.body)) == []


def test_double_click_sends_one_mail_and_either_page_takes_the_code(aino: Person) -> None:
    """Both requests left before the first answer, so the browser had no session yet."""
    form = {"email": aino.email, "csrfmiddlewaretoken": "of one page"}
    first, second = Client(), Client()
    first.post(SIGN_IN, form)
    second.post(SIGN_IN, form)
    assert len(mail.outbox) == 1
    assert second.post(CODE, {"code": code_in_mail(aino.email)}).status_code == 302


@pytest.mark.req("S8")
def test_sixth_code_in_a_minute_to_one_address_has_to_wait(aino: Person) -> None:
    answers = [Client(REMOTE_ADDR=f"192.0.2.{i}").post(SIGN_IN, {"email": aino.email}) for i in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    assert f'value="{aino.email}"' in answers[-1].content.decode()


@pytest.mark.req("S8")
def test_limit_of_an_address_ends_by_itself(aino: Person) -> None:
    for minutes in (0, 0, 0, 0, 0, 2):
        with clock.at(clock.now() + timedelta(minutes=minutes)):
            actions.ask_for_code(aino.email, language="fi", asked_from="here")
    assert aino.sign_in_codes.count() == 6


@pytest.mark.req("S8")
def test_new_address_is_limited_like_a_known_one(client: Client) -> None:
    answers = [client.post(SIGN_IN, {"email": "none@virasto.example"}).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]


@pytest.mark.req("S8")
def test_room_of_two_hundred_behind_one_address_gets_in(client: Client, aino: Person) -> None:
    client.post(SIGN_IN, {"email": aino.email})
    room = SignInCode.objects.get().asked_from
    guests = Person.objects.bulk_create(Person(email=f"guest{n}@muualla.example") for n in range(199))
    SignInCode.objects.bulk_create(SignInCode(person=guest, digest="", asked_from=room) for guest in guests)
    client.post(SIGN_IN, {"email": "last@muualla.example"})
    assert client.post(CODE, {"code": code_in_mail("last@muualla.example")}).status_code == 302


@pytest.mark.req("S8")
def test_one_place_cannot_send_mail_without_end(client: Client) -> None:
    person = Person.objects.create_user("many@muualla.example")
    client.post(SIGN_IN, {"email": "first@muualla.example"})
    first = SignInCode.objects.get()
    others = [SignInCode(person=person, digest="", asked_from=first.asked_from) for _ in range(299)]
    SignInCode.objects.bulk_create(others)
    assert client.post(SIGN_IN, {"email": "next@muualla.example"}).status_code == 429
    assert Person.objects.with_email("next@muualla.example") is None
    SignInCode.objects.filter(pk=others[0].pk).update(used_at=clock.now())
    assert client.post(SIGN_IN, {"email": "next@muualla.example"}).status_code == 302


def test_rows_of_yesterday_are_cleared_away(aino: Person) -> None:
    with clock.at(clock.now() - timedelta(days=2)):
        actions.ask_for_code(aino.email, language="fi", asked_from="here")
    actions.ask_for_code(aino.email, language="fi", asked_from="here")
    assert aino.sign_in_codes.count() == 1


def test_tidy_address_is_tidy_already() -> None:
    assert tidy_email(tidy_email(" AINO＠virasto.example")) == "aino@virasto.example"
