from collections.abc import Callable

import pytest

from rihma.accounts.models import Person
from rihma.applications import actions as applications
from rihma.applications.models import Application
from rihma.calls.models import Call
from rihma.mergers import actions
from rihma.mergers.models import Merger
from tests.conftest import Cast
from tests.remembered import remembered

type Applied = Callable[[Person, str], Application]


@pytest.fixture
def applied(call: Call) -> Applied:
    """What a person's team submitted."""

    def applied(person: Person, name: str) -> Application:
        draft = applications.start(call, by=person)
        draft = applications.save(draft, version=0, answers={"problem": "It is hard."}, by=person, name=name)
        applications.submit(draft, by=person)
        return Application.objects.get(pk=draft.pk)

    return applied


@pytest.fixture
@remembered
def two(applied: Applied, cast: Cast) -> list[Application]:
    return [applied(cast["convener"], "Debt advisers"), applied(cast["other_convener"], "Archipelago")]


@pytest.fixture
def merger(two: list[Application], cast: Cast) -> Merger:
    stays, goes = two
    return actions.propose(stays.call, stays=stays, goes=goes, because="Both ask who reads letters.", by=cast["owner"])
