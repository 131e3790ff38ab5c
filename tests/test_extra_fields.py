"""Fields that no page offers, sent along by whoever may write: nothing beyond the form's own fields changes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID

import pytest
from django.apps import apps
from django.db import models
from pytest_django.plugin import DjangoDbBlocker

from rihma.accounts.models import Person
from tests import demos
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
        plain, again = (sender.send(one)[0] for _time in range(2))
        if not plain:
            continue
        tried += 1
        extra = beside(plain, world, offered[one.route])
        with_more = sender.send(replace(one, fields={**one.fields, **extra}))[0]
        # A form may refuse what it does not know, and then nothing changes at all.
        if with_more and (different := differing(plain, again, with_more)):
            smuggled[one.name, one.role] = different
    assert smuggled == {}
    assert tried > len(forms) / 2


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
