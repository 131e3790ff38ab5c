import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from rihma.accounts import demo
from rihma.accounts.api import Bearer
from rihma.accounts.models import Person
from rihma.accounts.tests.conftest import CODE, SIGN_IN, code_in_mail, is_in

pytestmark = pytest.mark.django_db


def test_demo_link_signs_in_with_one_click(client: Client, aino: Person, settings: Settings) -> None:
    settings.DEMO = True
    answer = client.get(demo.sign_in_path(aino) + "?next=/en/account/details/")
    assert (answer["Location"], is_in(client)) == ("/en/account/details/", True)


def test_demo_link_changes_who_is_in(client: Client, aino: Person, settings: Settings) -> None:
    settings.DEMO = True
    client.force_login(Person.objects.create_user("bertil@ministerium.example", name="Bertil"))
    client.get(demo.sign_in_path(aino))
    assert aino.email in client.get("/en/account/details/").content.decode()


@pytest.mark.req("S9")
def test_demo_link_is_nowhere_outside_the_demo(client: Client, aino: Person) -> None:
    assert (client.get(demo.sign_in_path(aino)).status_code, is_in(client)) == (404, False)


@pytest.mark.req("S9")
@pytest.mark.parametrize("token", ["x", "x:y:z", "ImEi:1a:forged"])
def test_forged_demo_link_is_nowhere_either(client: Client, db: None, settings: Settings, token: str) -> None:
    settings.DEMO = True
    assert client.get(f"/en/account/demo/{token}/").status_code == 404


def test_demo_shows_the_code_that_the_mail_holds(client: Client, aino: Person, settings: Settings) -> None:
    settings.DEMO = True
    client.post(SIGN_IN, {"email": aino.email})
    assert f">{code_in_mail(aino.email)}</b>" in client.get(CODE).content.decode()


@pytest.mark.req("S9")
def test_code_is_shown_nowhere_outside_the_demo(waiting: Client, aino: Person) -> None:
    assert code_in_mail(aino.email) not in waiting.get(CODE).content.decode()


def test_demo_says_the_same_token_again_and_it_works(aino: Person) -> None:
    token = demo.api_token(aino)
    assert demo.api_token(aino) == token
    assert Bearer("calls").authenticate(RequestFactory().get("/"), token) == aino
