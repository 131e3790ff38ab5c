import pytest
from django.test import Client

from rihma.accounts.models import Person
from rihma.accounts.rules import tidy_name

pytestmark = pytest.mark.django_db

NAME = "/en/account/name/"
DETAILS = "/en/account/details/"


@pytest.fixture
def newcomer(client: Client) -> Person:
    person = Person.objects.create_user("uusi@virasto.example", language="fi")
    client.force_login(person)
    return person


def test_naming_oneself_leads_to_where_one_was_going(client: Client, newcomer: Person) -> None:
    answer = client.post(NAME + "?next=/en/teams/", {"name": "Uusi Ihminen", "language": "sv"})
    newcomer.refresh_from_db()
    assert (answer["Location"], newcomer.name, newcomer.language) == ("/en/teams/", "Uusi Ihminen", "sv")


@pytest.mark.parametrize(
    "name",
    ["Åsa Öljymäki-Þór", "محمد الفارسي", "李 小龍", "Nguyễn Thị Ánh", "சுப்பிரமணியம்", "O’Brien", "Ⴀⴀ", "👩‍🔬 Liisa"],
)
def test_name_may_be_in_any_script(client: Client, newcomer: Person, name: str) -> None:
    client.post(DETAILS, {"name": name, "language": "fi"})
    newcomer.refresh_from_db()
    assert newcomer.name == name


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "…", "\u202e\u2066"])
def test_name_needs_a_letter(client: Client, newcomer: Person, name: str) -> None:
    page = client.post(DETAILS, {"name": name, "language": "sv"}).content.decode()
    newcomer.refresh_from_db()
    assert ("Write your name as others know you." in page, newcomer.language) == (True, "fi")


def test_name_cannot_turn_the_text_around_it() -> None:
    assert tidy_name(" Ai\u202eno \n\t Leh\u2067toranta\x07 ") == "Aino Lehtoranta"


def test_too_long_name_is_refused_and_kept_on_the_page(client: Client, newcomer: Person) -> None:
    page = client.post(DETAILS, {"name": "x" * 201, "language": "fi"}).content.decode()
    newcomer.refresh_from_db()
    assert ("x" * 201 in page, newcomer.name) == (True, "")


def test_language_that_we_do_not_speak_is_refused(client: Client, newcomer: Person) -> None:
    client.post(DETAILS, {"name": "Uusi", "language": "xx"})
    newcomer.refresh_from_db()
    assert (newcomer.name, newcomer.language) == ("", "fi")


def test_details_show_the_address_and_say_that_they_were_saved(client: Client, newcomer: Person) -> None:
    page = client.post(DETAILS, {"name": "Uusi", "language": "fi"}, follow=True).content.decode()
    assert ("Saved." in page, newcomer.email in page) == (True, True)


def test_stranger_is_asked_to_sign_in_first(client: Client) -> None:
    answer = client.get(DETAILS)
    assert answer["Location"] == "/en/account/sign-in/?next=/en/account/details/"


def test_stranger_who_sends_a_form_comes_back_to_its_page(client: Client) -> None:
    answer = client.post(
        "/en/account/sign-out/everywhere/", headers={"referer": "http://testserver/en/account/details/"}
    )
    assert answer["Location"] == "/en/account/sign-in/?next=/en/account/details/"


def test_fragment_sends_the_whole_page_to_sign_in(client: Client) -> None:
    answer = client.get(DETAILS, headers={"hx-request": "true", "referer": "http://testserver/en/teams/"})
    assert answer["HX-Redirect"] == "/en/account/sign-in/?next=/en/teams/"
