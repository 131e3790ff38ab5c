"""The same form sent twice, as by a double click: it is done once.

Every form that a page of the demo shows is filled in and sent, by whoever sees it, and sent again as it was. What is
taken back afterwards leaves each of them the same world.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.urls import Resolver404, resolve
from pytest_django.plugin import DjangoDbBlocker

from tests import demos
from tests.made import NEXT
from tests.routes import routes
from tests.test_permissions import reviewed
from tests.world import World, of_demo

pytestmark = [pytest.mark.django_db, pytest.mark.long]

ROLES = ("owner", "facilitator", "convener", "other_convener", "juror", "mentor", "member")
# Sessions come and go by themselves, and jobs of the queue look themselves for what is still to be done.
BESIDE = {"django_session", "django_tasks_database_dbtaskresult", "site_sent"}
BROWSER = {"accept": "text/html"}
# What is done as often as it is asked: each file that is handed out is written down, each wrong code is counted, and a page
# that shows a new secret shows the one that holds.
MEANT = {"records:take_out", "records:take_all_out", "guests:come", "guests:join", "webhooks:renew", "accounts:tokens"}
FEWEST = 90
type Fields = dict[str, str | list[str]]


@dataclass
class Form:
    """As a page shows it. `buttons`: those that say by their name which of them was pressed."""

    action: str
    method: str
    fields: Fields = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def sent(self) -> Iterator[Fields]:
        for button in self.buttons or [("", "")]:
            yield {**self.fields, **({button[0]: button[1]} if button[0] else {})}


class Forms(HTMLParser):
    """What a browser would send of the forms of a page, once somebody has filled in what is empty."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.found, self.text, self.choice = page, list[Form](), "", ""
        self.form: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = Form(given.get("action") or self.page, given.get("method", "get").lower())
            self.found.append(self.form)
        elif self.form is None or "disabled" in given or not (given.get("name") or tag == "option"):
            return
        elif tag == "input":
            self._input(self.form, given)
        elif tag == "textarea":
            self.text = given["name"]
            self.form.fields[self.text] = ""
        elif tag == "select":
            self.choice = given["name"]
        elif tag == "option" and self.choice:
            if "selected" in given or not self.form.fields.get(self.choice):
                self.form.fields[self.choice] = given.get("value", "")
        elif tag == "button" and given.get("type", "submit") == "submit":
            self.form.buttons.append((given["name"], given.get("value", "")))

    def _input(self, form: Form, given: Mapping[str, str]) -> None:
        name, kind, value = given["name"], given.get("type", "text"), given.get("value", "")
        if kind in {"submit", "file"}:
            return
        if kind in {"checkbox", "radio"}:
            if "checked" in given or (kind == "radio" and name not in form.fields):
                form.fields[name] = value or "on"
            return
        form.fields[name] = value or FILLED.get(kind, "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        if self.text and self.form:
            self.form.fields[self.text] = str(self.form.fields[self.text]) + data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.text and self.form:
            self.form.fields[self.text] = str(self.form.fields[self.text]).strip() or "Something is said."
            self.text = ""
        elif tag == "select":
            self.choice = ""
        elif tag == "form":
            self.form = None


FILLED = {
    "text": "Something",
    "email": "somebody@muualla.example",
    "url": "https://muualla.example/",
    "number": "2",
    "date": "2031-03-03",
    "time": "10:00",
}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), demos.entered():
        yield of_demo()


def rows() -> Counter[str]:
    tables = [model._meta.db_table for model in apps.get_models() if model._meta.db_table not in BESIDE]
    parts = " UNION ALL ".join(f"SELECT '{table}', COUNT(*) FROM {table}" for table in tables)  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.execute(parts)
        return Counter(dict(cursor.fetchall()))


def forms_of(world: World) -> Iterator[tuple[str, str, str, Fields]]:
    """(role, route, address, what is sent): each form once for each of its buttons, by the first who sees it."""
    known = set()
    for role in ROLES:
        client = world.client(role)
        for page in pages(world, role):
            answer = client.get(page)
            if answer.status_code != 200 or "html" not in answer.headers["Content-Type"] or answer.streaming:
                continue
            parser = Forms(page)
            parser.feed(answer.content.decode())
            for form in parser.found:
                address = urlsplit(form.action).path or page
                with suppress(Resolver404):
                    route = resolve(address).view_name
                    for sent in form.sent() if form.method == "post" else ():
                        key = (route, tuple(sorted(sent)), sent.get("to"))
                        if key not in known:
                            known.add(key)
                            yield role, route, address, sent


def pages(world: World, role: str) -> Iterator[str]:
    """Those that the table says open to the role; what a call shows also while it is open."""
    table = reviewed()
    during = World(world.people, {**world.values, "slug": NEXT}, world.special)
    for route, parameters in routes().items():
        if not route.startswith("api:") and table[route, "GET"][role] == "ok":
            yield world.address(route, parameters)
            if route.startswith("calls:") and parameters == ["slug"]:
                yield during.address(route, parameters)


def grown(client: Client, address: str, sent: Fields) -> tuple[Counter[str], Counter[str]]:
    """What the first time adds, and what the second does."""
    with transaction.atomic():
        before = rows()
        client.post(address, sent, headers=BROWSER)
        between = rows()
        client.post(address, sent, headers=BROWSER)
        after = rows()
        transaction.set_rollback(True)
    return between - before, after - between


@pytest.mark.req("R15")
def test_form_that_is_sent_twice_adds_nothing_twice(world: World) -> None:
    twice, done = {}, set()
    for role, route, address, sent in list(forms_of(world)):
        first, second = grown(world.client(role), address, sent)
        if first:
            done.add(route)
        if second and route not in MEANT:
            twice[route, role] = dict(second)
    assert twice == {}
    # Not for want of anything that was done.
    assert len(done) >= FEWEST, sorted(done)
