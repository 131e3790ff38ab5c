"""A fixture that is put back leaves the rows that making it leaves."""

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import QuerySet

from rihma.accounts.actions import get_or_invite
from rihma.actors.models import Affiliation
from rihma.site import cast as invented
from tests.remembered import FIRST_OWN, STAGE, remembered

pytestmark = pytest.mark.django_db


def rows() -> dict[str, list[object]]:
    return {model._meta.label: list(QuerySet(model).order_by("pk").values_list()) for model in apps.get_models()}


def made(enter: object) -> dict[str, list[object]]:
    """The rows of a new test, which are taken back."""
    STAGE.begin()
    with transaction.atomic():
        assert callable(enter)
        enter()
        found = rows()
        transaction.set_rollback(True)
    return found


def test_rows_put_back_are_those_that_were_made() -> None:
    times = []

    def enter() -> None:
        times.append(1)
        invented.enter()

    enter_once = remembered(enter)
    assert made(enter_once) == made(enter_once)
    assert len(times) == 1


def test_what_follows_another_write_is_made_again() -> None:
    times = []

    def enter_late() -> None:
        times.append(1)
        invented.enter()

    def enter() -> None:
        get_or_invite("uuno@kunta.example", name="Uuno Uusi", language="fi")
        remembered(enter_late)()

    assert len(made(enter)["accounts.Person"]) == len(made(enter)["accounts.Person"]) == len(invented.CAST) + 1
    assert len(times) == 2


def test_numbers_put_back_come_before_those_the_database_gives() -> None:
    STAGE.begin()
    people = remembered(invented.enter)()
    put_back = set(Affiliation.objects.values_list("pk", flat=True))
    another = Affiliation.objects.exclude(person=people["owner"])[0].organisation
    own = Affiliation.objects.create(person=people["owner"], organisation=another)
    assert max(put_back) < FIRST_OWN <= own.pk
