from collections.abc import Callable

import pytest
from django.test import Client

from rihma.accounts.models import Person
from rihma.applications import actions as applications
from rihma.applications.models import Application
from rihma.calls.models import Call
from tests.conftest import Cast
from tests.remembered import remembered

type ClientOf = Callable[[Person | None], Client]

PROBLEM = (
    "Cecilia Koskenniemi and Koskenniemen Elli ask; call 040 123 4567 or write to cecilia@saarnila.example. "
    "The customer 131052-308T pays too much."
)


@pytest.fixture
@remembered
def application(call: Call, cast: Cast) -> Application:
    """What the convener's team sent, with names and numbers in its words."""
    draft = applications.start(call, by=cast["convener"])
    answers = {"problem": PROBLEM}
    secret = "Our secret recipe is salt."
    applications.save(draft, version=0, answers=answers, by=cast["convener"], name="Debt advisers", phenomenon=secret)
    applications.submit(draft, by=cast["convener"])
    return Application.objects.get(pk=draft.pk)
