"""Somebody's session ends while they write, and they sign in again in the same browser."""

from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client

from rihma.accounts import writers
from rihma.accounts.middleware import begin
from rihma.accounts.models import Person


def end_session_of(browser: Client, person: Person) -> None:
    """The browser still knows who wrote in it; the server knows no session any more."""
    answer = HttpResponse()
    writers.remember(answer, person)
    browser.cookies.update(answer.cookies)
    Session.objects.all().delete()


def sign_in_again(browser: Client, person: Person) -> None:
    browser.force_login(person, backend="rihma.accounts.sessions.Backend")
    session = browser.session
    begin(session)
    session.save()
