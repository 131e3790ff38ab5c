"""Pages of reviews ask as often for many as for few, and never much."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.programmes import actions as programmes
from rihma.programmes.models import Role
from rihma.reviews import actions
from rihma.reviews.models import Assignment
from rihma.reviews.tests.conftest import Judge, apply_to
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
MOST = 15


def asked(client: Client, address: str) -> int:
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def test_pages_ask_as_often_for_many_applications_and_jurors(
    reading: list[Application], judge: Judge, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    call, first = reading[0].call, reading[0]
    judge(first, cast["juror"], 4, 4)
    judge(first, cast["expert"], 4, 2)
    own = Assignment.objects.get(application=first, person=cast["juror"])
    slug = call.programme.slug
    addresses = {
        "owner": [
            reverse("reviews:reviewing", args=[slug]),
            reverse("reviews:application", args=[first.pk]),
            reverse("reviews:calibration", args=[slug]),
        ],
        "juror": [reverse("reviews:mine"), own.get_absolute_url(), reverse("reviews:take_out", args=[slug, "csv"])],
    }
    clients = {role: client_of(cast[role]) for role in addresses}
    before = {address: asked(clients[role], address) for role, each in addresses.items() for address in each}
    for n in range(12):
        person = Person.objects.create_user(f"person{n}@muualla.example", name=f"Person {n}")
        programmes.appoint(call.programme, person, Role.Kind.JUROR, by=cast["owner"])
        applicant = Person.objects.create_user(f"applicant{n}@muualla.example", name=f"Applicant {n}")
        actions.assign(apply_to(call, applicant, f"Team {n}"), cast["juror"], by=cast["owner"])
    actions.assign_all(call.last_intake, by=cast["owner"])
    after = {address: asked(clients[role], address) for role, each in addresses.items() for address in each}
    assert after == before
    assert {address: n for address, n in after.items() if n > MOST} == {}
