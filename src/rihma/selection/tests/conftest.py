import pytest

from rihma.applications.models import Application
from rihma.applications.tests.applied import Applied, applied
from tests.conftest import Cast
from tests.remembered import remembered

__all__ = ["Applied", "applied"]


@pytest.fixture
@remembered
def three(applied: Applied, cast: Cast) -> list[Application]:
    """One more than the call has places for."""
    return [
        applied(cast["convener"], "Debt advisers"),
        applied(cast["other_convener"], "Archipelago"),
        applied(cast["member"], "Open registers"),
    ]
