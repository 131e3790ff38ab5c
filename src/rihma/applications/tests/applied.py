"""What a team submitted, for tests of whatever is done with it."""

from collections.abc import Callable

import pytest

from rihma.accounts.models import Person
from rihma.applications import actions
from rihma.applications.models import Application
from rihma.calls.models import Call

type Applied = Callable[[Person, str], Application]


@pytest.fixture
def applied(call: Call) -> Applied:
    """What a person's team submitted."""

    def applied(person: Person, name: str) -> Application:
        draft = actions.start(call, by=person)
        draft = actions.save(draft, version=0, answers={"problem": "It is hard."}, by=person, name=name)
        actions.submit(draft, by=person)
        return Application.objects.get(pk=draft.pk)

    return applied
