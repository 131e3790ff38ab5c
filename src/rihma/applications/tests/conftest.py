import pytest

from rihma.applications import actions
from rihma.applications.models import Application
from rihma.calls.models import Call
from tests.conftest import Cast
from tests.remembered import remembered


@pytest.fixture
@remembered
def application(call: Call, cast: Cast) -> Application:
    """The convener's draft: a name and the one answer, nothing more."""
    draft = actions.start(call, by=cast["convener"])
    return actions.save(
        draft, version=0, answers={"problem": "Debt grows in silence."}, by=cast["convener"], name="Debt advisers"
    )
