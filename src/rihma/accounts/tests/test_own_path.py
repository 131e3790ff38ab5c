import pytest
from django.test import Client

from rihma.accounts.models import Person
from rihma.accounts.rules import own_path
from rihma.accounts.tests.conftest import CODE, SIGN_IN, code_in_mail

ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "https://evil.example/",
    "https:evil.example",
    "http:///evil.example",
    "HTTPS://evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/\n/evil.example",
    "/\r\nSet-Cookie: a=b",
    "\x00//evil.example",
    "https://testserver@evil.example/",
    "//testserver@evil.example/",
    "@evil.example",
    "evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "%2F%2Fevil.example",
    "/%2Fevil.example",
    "/%5Cevil.example",
    "/%09/evil.example",
    "/%0d%0aevil",
    "",
]
OURS = ["/", "/fi/", "/en/teams/?q=a%20b&x=//c", "/en/@aino", "/sv/om%20oss/", "/fi/päivä/"]


@pytest.mark.req("S19")
@pytest.mark.parametrize("target", ELSEWHERE)
def test_nothing_that_leads_elsewhere_passes(target: str) -> None:
    assert own_path(target) == ""


@pytest.mark.req("S19")
@pytest.mark.parametrize("target", OURS)
def test_own_pages_pass_unchanged(target: str) -> None:
    assert own_path(target) == target


@pytest.mark.req("S19")
@pytest.mark.django_db
@pytest.mark.parametrize("target", ["//evil.example", "/\\evil.example", "https://evil.example/"])
def test_signing_in_never_leads_off_the_site(client: Client, aino: Person, target: str) -> None:
    seen = [client.post(f"{SIGN_IN}?next={target}", {"email": aino.email})["Location"]]
    seen.append(client.post(f"{CODE}?next={target}", {"code": code_in_mail(aino.email)})["Location"])
    seen.append(client.get(f"{SIGN_IN}?next={target}")["Location"])
    assert seen == [CODE, "/en/", "/en/"]
