import pytest

from rihma.applications.models import Application
from rihma.applications.tests.applied import Applied, applied
from rihma.mergers import actions
from rihma.mergers.models import Merger
from tests.conftest import Cast
from tests.remembered import remembered

__all__ = ["Applied", "applied"]


@pytest.fixture
@remembered
def two(applied: Applied, cast: Cast) -> list[Application]:
    return [applied(cast["convener"], "Debt advisers"), applied(cast["other_convener"], "Archipelago")]


@pytest.fixture
def merger(two: list[Application], cast: Cast) -> Merger:
    stays, goes = two
    return actions.propose(stays.call, stays=stays, goes=goes, because="Both ask who reads letters.", by=cast["owner"])
