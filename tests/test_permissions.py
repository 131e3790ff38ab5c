"""Every route × every role, held against a table that people review.

`RIHMA_WRITE_PERMISSIONS=1` writes down what is found, for reading before it is committed: a cell is `ok` (the door
opens, whatever the form behind it says), `sign-in`, `404`, `405` or `403`.
"""

import csv
import os
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from django.db import transaction
from django.http.response import HttpResponseBase
from pytest_django.plugin import DjangoDbBlocker

from tests import demos
from tests.routes import routes
from tests.world import ROLES, World, of_demo

# pytest-django makes a database only for tests that say they want one.
pytestmark = [pytest.mark.django_db, pytest.mark.long("postgresql")]

TABLE = Path(__file__).parent / "permissions.csv"
ASKED = ("GET", "POST")
type Key = tuple[str, str]
type Cells = dict[Key, dict[str, str]]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), demos.entered():
        yield of_demo()


@pytest.fixture(scope="module")
def found(world: World) -> Cells:
    cells: Cells = {}
    for role in ROLES:
        client = world.client(role)
        for route, parameters in routes().items():
            address = world.address(route, parameters)
            for method in ASKED:
                # What a button does is taken back, signing out too, so that the next one finds the same world.
                signed_in = deepcopy(client.cookies)
                with transaction.atomic():
                    answer = client.generic(method, address)
                    cells.setdefault((route, method), {})[role] = meaning(answer)
                    transaction.set_rollback(True)
                client.cookies = signed_in
    if os.environ.get("RIHMA_WRITE_PERMISSIONS"):
        write(cells)
    return cells


def meaning(answer: HttpResponseBase) -> str:
    if answer.status_code == 401 or "/account/sign-in/" in answer.headers.get("Location", ""):
        return "sign-in"
    if answer.status_code in (403, 404, 405):
        return str(answer.status_code)
    # 503 is what /readyz says where no worker runs.
    return "broken" if answer.status_code == 500 else "ok"


def reviewed() -> Cells:
    with TABLE.open(newline="") as file:
        return {(row.pop("route"), row.pop("method")): row for row in csv.DictReader(file)}


def write(cells: Cells) -> None:
    with TABLE.open("w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["route", "method", *ROLES])
        table.writerows([route, method, *(row[role] for role in ROLES)] for (route, method), row in cells.items())


@pytest.mark.req("S1")
def test_every_route_has_a_reviewed_row() -> None:
    asked = {(route, method) for route in routes() for method in ASKED}
    assert set(reviewed()) == asked


@pytest.mark.req("S1")
def test_every_cell_is_as_reviewed(found: Cells) -> None:
    table = reviewed()
    differing = {
        (*key, role): (found[key][role], table[key][role])
        for key in found.keys() & table.keys()
        for role in ROLES
        if found[key][role] != table[key][role]
    }
    assert differing == {}


@pytest.mark.req("S26")
def test_no_route_breaks_for_anybody(found: Cells) -> None:
    assert [key for key, row in found.items() if "broken" in row.values()] == []


@pytest.mark.req("S1")
def test_outsider_finds_nothing_that_belongs_to_a_team(found: Cells) -> None:
    inner = (
        "applications:",
        "canvases:",
        "attachments:",
        "facilitation:",
        "brainwriting:",
        "moderation:",
        "talk:",
        "experiments:",
        "selection:",
        "webhooks:",
        "reviews:",
        "insights:",
        "teams:team",
        "teams:edit",
    )
    open_to_all = {
        "applications:start",
        "applications:start_by_code",
        "applications:told",
        "canvases:blank",
        "canvases:kinds",
        "reviews:bring_in",
        "reviews:mine",
        "selection:chosen",
    }
    doors = {
        key: row["outsider"]
        for key, row in found.items()
        if key[0].startswith(inner) and key[0] not in open_to_all and row["outsider"] not in ("404", "405")
    }
    assert doors == {}


@pytest.mark.req("S2")
def test_swapped_ids_look_like_ids_that_never_were(world: World) -> None:
    """Somebody else's thing and no thing at all give the same answer: a stranger learns nothing from it."""
    client = world.client("outsider")
    for route, parameters in routes().items():
        if not any(name.endswith("_id") for name in parameters):
            continue
        there = client.get(world.address(route, parameters))
        swapped = World(world.people, {**world.values, **NOWHERE}, _nowhere(world))
        nowhere = client.get(swapped.address(route, parameters))
        if there.status_code == 404:
            assert nowhere.status_code == 404, route
            assert len(nowhere.content) == pytest.approx(len(there.content), abs=40), route


NOWHERE: dict[str, object] = dict.fromkeys(
    (
        "team_id",
        "member_id",
        "application_id",
        "workshop_id",
        "canvas_id",
        "item_id",
        "experiment_id",
        "lesson_id",
        "assignment_id",
        "file_id",
        "flag_id",
        "comment_id",
        "call_id",
        "endpoint_id",
        "delivery_id",
        "request_id",
    ),
    "6b1e1c1e-0000-4000-8000-00000000000a",
)


def _nowhere(world: World) -> dict[str, dict[str, object]]:
    return {
        route: {name: NOWHERE.get(name, value) for name, value in values.items()}
        for route, values in world.special.items()
    }
