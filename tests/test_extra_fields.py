"""Fields that no page and no description offers, sent along by whoever may write: nothing changes but what was asked."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import resolve
from pytest_django.plugin import DjangoDbBlocker

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.canvases.models import Item
from rihma.site.api import api
from tests import demos
from tests.routes import routes
from tests.sending import Change, Row, Sender, forms_of
from tests.world import World, of_demo

pytestmark = [pytest.mark.django_db, pytest.mark.long]

# What nothing else in the demo says, so that it is seen wherever it comes in.
TEXT, DAY, UNIQUE, NUMBER = "Smuggled in", "1987-06-05", UUID("5e6c6e7e-5ec7-4e7e-8e7e-5ec75e6c6e7e"), "7331"
VALUES: dict[type["models.Field[object, object]"], str] = {
    models.UUIDField: str(UNIQUE),
    models.BooleanField: "on",
    models.DateTimeField: f"{DAY} 04:03",
    models.DateField: DAY,
    models.IntegerField: NUMBER,
    models.DecimalField: NUMBER,
}
# Of any table, whatever the columns of ours are called.
COMMON = {
    **dict.fromkeys(("id", "pk", "owner", "owner_id", "by", "by_id", "user", "user_id", "person", "person_id"), ""),
    **dict.fromkeys(("programme", "programme_id", "team", "team_id", "call", "call_id", "intake", "intake_id"), ""),
    **dict.fromkeys(("is_staff", "is_superuser", "is_active", "approved", "published"), "on"),
    **dict.fromkeys(("created", "created_at", "updated_at", "at"), DAY),
    **dict.fromkeys(("role", "status", "state"), ""),
    **dict.fromkeys(("score", "points", "rank"), NUMBER),
}

# Operation → its body, made of what the world holds.
type Body = Mapping[str, object]
SET = {"id": "smuggled-1", "verb": "set", "text": "Nobody opens it."}
WRITE = {"zone": "able", "kind": "assumption", "text": "Somebody reads it.", "lang": "en"}
BODIES: Mapping[str, Callable[[World], Body]] = {
    "api:invitations post": lambda _: {"people": [{"email": "somebody@muualla.example"}]},
    "api:applications post": lambda world: {"call": str(world.values["call_id"])},
    "api:review put": lambda _: {"version": 1, "overall": "Good."},
    "api:decision put": lambda _: {"outcome": "reserve", "reason": "Fits next time."},
    "api:operations post": lambda world: {
        "operations": [{**SET, "item": str(world.values["item_id"]), "base": text_seq(world)}]
    },
    "api:comments post": lambda _: {"text": "Who says that?", "lang": "en"},
    "api:edit_comment put": lambda _: {"text": "Who said that?", "lang": "en"},
    "api:votes post": lambda _: {"budget": 5, "most": 2},
    "api:place_dot post": lambda world: {"item": str(world.values["item_id"])},
    "api:take_dot post": lambda world: {"item": str(world.values["item_id"])},
    "api:timer post": lambda _: {"minutes": 5},
    "api:focus put": lambda _: {"zone": "able"},
    "api:alone post": lambda _: {},
    "api:write_note post": lambda _: {**WRITE, "id": "smuggled-2"},
    "api:edit_note put": lambda _: WRITE,
    "api:place_note post": lambda _: WRITE,
    "api:flag_item post": lambda _: {"reason": "private"},
    "api:flag_comment post": lambda _: {"reason": "private"},
    "api:flag_file post": lambda _: {"reason": "private"},
    "api:observe post": lambda _: {
        "value": "12",
        "n": 3,
        "observed_on": str(clock.now().date()),
        "evidence": "measured",
    },
    "api:decide post": lambda _: {
        "outcome": "adopt",
        "reason": "It works.",
        "maker": "Aino",
        "nobody": True,
        "decided_on": "2026-11-02",
    },
    "api:answer post": lambda _: {"answer": "remote"},
}
WHO = {
    **dict.fromkeys(("api:invitations post", "api:remind post", "api:revoke post", "api:decision put"), "owner"),
    **dict.fromkeys(("api:review put", "api:send_review post"), "juror"),
    "api:applications post": "mentor",
}
# Why an operation that is asked as above changes nothing.
IDLE = {
    "api:invitations post": "everybody may answer the open call",
    "api:remind post": "the invitation went out today",
    "api:send_review post": "a score is lacking",
    "api:import_items post": "asks for a file",
    "api:react put": "agrees already",
    "api:reopen_thread post": "the thread is open",
    "api:votes post": "a vote is open",
    "api:reopen_vote post": "the vote is open",
    "api:take_dot post": "no dot has been placed",
    "api:timer post": "a timer runs",
    "api:alone post": "a round has begun",
    "api:place_note post": "the round has not been revealed",
    "api:start post": "the experiment has begun",
    "api:decide post": "the experiment has no result yet",
}
PARAMETER = re.compile(r"\{[^}]*\}")


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), demos.entered():
        yield of_demo()


@pytest.mark.req("S6")
def test_field_that_no_form_has_changes_nothing(world: World) -> None:
    sender, smuggled, tried = Sender(world), {}, 0
    forms = list(forms_of(world))
    offered = {route: set[str]() for route in {one.route for one in forms}}
    for one in forms:
        offered[one.route] |= one.names | one.fields.keys()
    for one in forms:
        # Twice where something differs: what comes in comes in again, a moment that passed meanwhile does not.
        for _turn in range(2):
            plain, again = (sender.send(one)[0] for _time in range(2))
            if not plain:
                break
            extra = beside(plain, world, offered[one.route])
            with_more = sender.send(replace(one, fields={**one.fields, **extra}))[0]
            # A form may refuse what it does not know, and then nothing changes at all.
            different = differing(plain, again, with_more) if with_more else {}
            if not different:
                break
        else:
            smuggled[one.name, one.role] = different
        tried += bool(plain)
    assert smuggled == {}
    assert tried > len(forms) / 2


@pytest.mark.req("S6")
def test_field_that_the_api_does_not_describe_changes_nothing(world: World) -> None:
    sender, smuggled, idle = Sender(world), {}, set[str]()
    for name, method, address, described in operations(world):
        body = BODIES.get(name, nothing)(world)
        role = WHO.get(name, "convener")
        plain, again = (ask(sender, role, method, address, body) for _time in range(2))
        if not plain:
            idle.add(name)
            continue
        extra = beside(plain, world, described)
        with_more = ask(sender, role, method, address, widened(body, extra))
        if with_more and (different := differing(plain, again, with_more)):
            smuggled[name] = different
    assert smuggled == {}
    assert sorted(idle) == sorted(IDLE)


def nothing(_world: World) -> Body:
    return {}


def text_seq(world: World) -> int:
    return Item.objects.get(pk=str(world.values["item_id"])).text_seq


def widened(body: Any, extra: Body) -> Any:
    """With the extra fields also in each thing that it holds."""
    if isinstance(body, list):
        return [widened(one, extra) for one in body]
    return {name: widened(one, extra) for name, one in body.items()} | extra if isinstance(body, Mapping) else body


def operations(world: World) -> Iterator[tuple[str, str, str, set[str]]]:
    """Name, method, address and described fields of each that writes and takes no file."""
    told, parameters = api.get_openapi_schema(), routes()
    # Decided is on one that has been submitted, and the draft of the other routes has not.
    world = replace(world, special={**world.special, "api:decision": world.special["selection"]})
    for path, verbs in told["paths"].items():
        for method, said in verbs.items():
            content = said.get("requestBody", {}).get("content", {})
            if method == "get" or content.keys() - {"application/json"}:
                continue
            route = resolve(PARAMETER.sub(str(UNIQUE), path)).view_name
            address = world.address(route, parameters[route])
            yield f"{route} {method}", method, address, fields_of(content, told["components"]["schemas"])


def fields_of(said: object, schemas: Mapping[str, object]) -> set[str]:
    """Of a body and of all that it holds."""
    if isinstance(said, list):
        return {name for one in said for name in fields_of(one, schemas)}
    if not isinstance(said, Mapping):
        return set()
    found = set(said.get("properties", ()))
    found |= {name for one in said.values() for name in fields_of(one, schemas)}
    return found | (fields_of(schemas[said["$ref"].rpartition("/")[2]], schemas) if "$ref" in said else set())


def ask(sender: Sender, role: str, method: str, address: str, body: Body) -> Change:
    def press(client: Client) -> object:
        return client.generic(method.upper(), address, json.dumps(body), content_type="application/json")

    return sender.watched(role, press)[0]


@pytest.mark.req("S6")
def test_field_that_a_form_has_is_seen_to_change_something(world: World) -> None:
    """Or the walk above could not see anything."""
    sender = Sender(world)
    one = next(form for form in forms_of(world) if form.route == "accounts:details")
    plain, again = (sender.send(one)[0] for _time in range(2))
    renamed = sender.send(replace(one, fields={**one.fields, "name": TEXT}))[0]
    assert differing(plain, again, renamed)


def beside(change: Change, world: World, offered: set[str]) -> dict[str, str]:
    """A value that would pass for each column of the tables that the form writes into, under each name that it could have."""
    found = dict(COMMON)
    tables = {model._meta.db_table: model for model in apps.get_models()}
    for table in change:
        for field in tables[table]._meta.concrete_fields:
            found[field.name] = found[field.attname] = value_for(field, world)
    outsider = str(world.people["outsider"].pk)
    return {name: value or outsider for name, value in found.items() if name not in offered}


def value_for(field: "models.Field[object, object]", world: World) -> str:
    if field.choices:
        return str(list(field.flatchoices)[-1][0])
    if isinstance(field, models.ForeignKey):
        target = field.related_model
        newest = target._meta.base_manager.order_by("-pk").values_list("pk", flat=True).first()
        return str(world.people["outsider"].pk if target is Person else newest or UNIQUE)
    return next((value for kind, value in VALUES.items() if isinstance(field, kind)), TEXT)


def differing(plain: Change, again: Change, more: Change) -> dict[str, list[Row]]:
    """Rows that only the extra fields explain: what differs between two times without them is no matter, unless it says them."""
    found = {}
    for table in plain.keys() | more.keys():
        come = [(one.get(table) or (Counter[Row](), Counter[Row]()))[1] for one in (plain, again, more)]
        moving = columns_that_move(come[0], come[1])
        strange = without(come[2], moving) - without(come[0], moving)
        named = [row for row in come[2] - come[0] if any(sign in cell for cell in row for sign in signs())]
        if strange or named:
            found[table] = [*strange, *named][:2]
    return found


def signs() -> Sequence[str]:
    """A number is none: it stands in many a digest by chance, and columns of numbers are compared."""
    return TEXT, DAY, str(UNIQUE), UNIQUE.hex


def columns_that_move(first: Counter[Row], second: Counter[Row]) -> set[int]:
    """Ids, moments and digests: drawn anew each time."""
    width = len(next(iter(first), ()))
    return {
        place
        for place in range(width)
        if Counter(row[place] for row in first.elements()) != Counter(row[place] for row in second.elements())
    }


def without(rows: Counter[Row], columns: set[int]) -> Counter[Row]:
    return Counter(tuple(cell for place, cell in enumerate(row) if place not in columns) for row in rows.elements())
