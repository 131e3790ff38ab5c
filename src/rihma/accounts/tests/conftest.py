"""The way in, as a test walks it."""

import re

import pytest
from django.core import mail
from django.test import Client

from rihma.accounts.models import Person

SIGN_IN = "/en/account/sign-in/"
CODE = "/en/account/sign-in/code/"


def code_in_mail(email: str) -> str:
    """The code of the latest mail to this address."""
    body = [str(letter.body) for letter in mail.outbox if letter.to == [email]][-1]
    return str(re.findall(r"^ +([0-9A-Z]{6})$", body, re.MULTILINE)[0])


@pytest.fixture
def aino(db: None) -> Person:
    return Person.objects.create_user("aino@virasto.example", name="Aino Lehtoranta", language="fi")


@pytest.fixture
def waiting(client: Client, aino: Person) -> Client:
    """A browser on the page that asks for the code which was mailed to Aino."""
    client.post(SIGN_IN, {"email": aino.email})
    return client


def is_in(client: Client) -> bool:
    return client.get("/en/account/details/").status_code == 200
