"""Every form that a page of the demo shows, filled in as a browser would send it, and what of the database it changes."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.urls import Resolver404, resolve

from tests.filled import FILLED, SENT_BY, filled, rounds
from tests.routes import routes
from tests.test_permissions import reviewed
from tests.world import World

ROLES = ("owner", "facilitator", "convener", "other_convener", "juror", "mentor", "member")
# Sessions come and go by themselves, and jobs of the queue look themselves for what is still to be done.
BESIDE = {"django_session", "django_tasks_database_dbtaskresult", "site_sent"}
BROWSER = {"accept": "text/html"}
# What a call lets one do while it is written, open and over.
IN_TURN = ("calls:", "applications:", "programmes:publish")
WRITTEN = re.compile(r'^\s*(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM)\s+"(\w+)"')
type Fields = dict[str, Any]
type Row = tuple[str, ...]
# Of each table the rows that have gone, and those that have come.
type Change = dict[str, tuple[Counter[Row], Counter[Row]]]


@dataclass
class Form:
    """As a page shows it. `buttons`: those that say by their name which of them was pressed; `names`: of all it could send."""

    action: str
    method: str
    fields: Fields = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def sent(self) -> Iterator[tuple[str, Fields]]:
        """For each button its name, and what it sends."""
        for name, value in dict.fromkeys(self.buttons or [("", "")]):
            yield name, {**self.fields, **({name: value} if name else {})}


@dataclass(frozen=True)
class Sending:
    """A form of a page, by the first role that sees it."""

    role: str
    route: str
    address: str
    fields: Fields
    # of all that its page lets one send
    names: frozenset[str]
    button: str

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.route, self.button, str(self.fields.get("to", "")))))

    @property
    def key(self) -> tuple[str, tuple[str, ...], str]:
        """What makes it another form: where it goes, what it asks, and to what it moves something."""
        return self.route, tuple(sorted(self.fields)), str(self.fields.get("to", ""))


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
        elif (
            self.form is not None
            and tag == "button"
            and not given.get("name")
            and given.get("type") in (None, "submit")
        ):
            self.form.buttons.append(("", ""))
        elif self.form is None or "disabled" in given or not (given.get("name") or tag == "option"):
            return
        elif tag != "option":
            self.form.names.add(given["name"])
            self._control(self.form, tag, given)
        elif self.choice and ("selected" in given or not self.form.fields.get(self.choice)):
            self.form.fields[self.choice] = given.get("value", "")

    def _control(self, form: Form, tag: str, given: Mapping[str, str]) -> None:
        if tag == "input":
            self._input(form, given)
        elif tag == "textarea":
            self.text = given["name"]
            form.fields[self.text] = ""
        elif tag == "select":
            self.choice = given["name"]
        elif tag == "button" and given.get("type", "submit") == "submit":
            form.buttons.append((given["name"], given.get("value", "")))

    def _input(self, form: Form, given: Mapping[str, str]) -> None:
        name, kind, value = given["name"], given.get("type", "text"), given.get("value", "")
        if kind in {"submit", "file"}:
            return
        if kind in {"checkbox", "radio"}:
            if "checked" in given or (kind == "radio" and name not in form.fields):
                form.fields[name] = value or "on"
            return
        if kind == "hidden" and name in form.fields:
            form.fields[name] = [*_each(form.fields[name]), value]
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


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def forms_of(world: World) -> Iterator[Sending]:
    """Each form once for each of its buttons, by the first who sees it; of a call and its round as far as they have come."""
    known = set()
    others = rounds(world.people["owner"])
    for role in ROLES:
        client = world.client(role)
        for page in pages(world, role, others):
            answer = client.get(page)
            if answer.status_code != 200 or "html" not in answer.headers["Content-Type"] or answer.streaming:
                continue
            parser = Forms(page)
            parser.feed(answer.content.decode())
            for form in parser.found:
                address = urlsplit(form.action).path or page
                with suppress(Resolver404):
                    found = resolve(address)
                    for button, sent in form.sent() if form.method == "post" else ():
                        fields = filled(found.view_name, sent, form.names)
                        one = Sending(role, found.view_name, address, fields, frozenset(form.names), button)
                        seen = (one.key, found.kwargs.get("slug") if one.route.startswith(IN_TURN) else "")
                        if seen not in known and SENT_BY.get(one.route, role) == role:
                            known.add(seen)
                            yield one


def pages(world: World, role: str, others: list[dict[str, object]]) -> Iterator[str]:
    """Those that the table says open to the role."""
    table = reviewed()
    worlds = [World(world.people, {**world.values, **other}, world.special) for other in others]
    for route, parameters in routes().items():
        if not route.startswith("api:") and table[route, "GET"][role] == "ok":
            yield world.address(route, parameters)
            if route.startswith(IN_TURN) and "slug" in parameters:
                yield from (other.address(route, parameters) for other in worlds)


class Sender:
    """Sends as a browser would, says what that changes, and takes it back."""

    def __init__(self, world: World) -> None:
        self.clients = {role: world.client(role) for role in ROLES}
        self.tables = {model._meta.db_table for model in apps.get_models()} - BESIDE
        self.before: dict[str, Counter[Row]] = {}

    def send(self, one: Sending, times: int = 1) -> list[Change]:
        """What each time adds to what stood there before any."""

        def press(client: Client) -> None:
            # Files are read to their end, so each time needs its own.
            fields = {name: value() if callable(value) else value for name, value in one.fields.items()}
            client.post(one.address, fields, headers=BROWSER)

        return self.watched(one.role, press, times)

    def watched(self, role: str, press: Callable[[Client], object], times: int = 1) -> list[Change]:
        client, changes, written = self.clients[role], list[dict[str, Counter[Row]]](), set[str]()
        cookies = deepcopy(client.cookies)
        with transaction.atomic(), connection.execute_wrapper(_listening(written)):
            for _time in range(times):
                press(client)
                changes.append({table: rows(table) for table in written & self.tables})
            transaction.set_rollback(True)
        client.cookies = cookies
        return [self._changed(after) for after in changes]

    def _changed(self, after: dict[str, Counter[Row]]) -> Change:
        for table in after.keys() - self.before.keys():
            self.before[table] = rows(table)
        return {
            table: (self.before[table] - now, now - self.before[table])
            for table, now in after.items()
            if now != self.before[table]
        }


def _listening(written: set[str]) -> Callable[..., Any]:
    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if found := WRITTEN.match(sql):
            written.add(found[1])
        return execute(sql, params, many, context)

    return listen


def rows(table: str) -> Counter[Row]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our own names
        return Counter(tuple(map(str, row)) for row in cursor.fetchall())
