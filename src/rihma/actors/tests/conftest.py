from collections.abc import Callable
from datetime import date

import pytest

from rihma.accounts.models import Person
from rihma.actors import actions
from rihma.actors.models import Organisation

LAST_YEAR, THIS_YEAR = date(2025, 12, 31), date(2026, 1, 1)
type Named = Callable[[str], Organisation]


@pytest.fixture
def keeper() -> Person:
    return Person.objects.create_user("aino@virasto.example")


@pytest.fixture
def named() -> Named:
    return lambda name: actions.name_organisation(name, kind="state_agency")
