import pytest

from rihma.actors.actions import name_organisation
from rihma.actors.models import Organisation
from rihma.programmes.models import Programme
from rihma.teams import actions
from rihma.teams.models import Team
from tests.conftest import Cast
from tests.remembered import remembered


@pytest.fixture
@remembered
def city() -> Organisation:
    return name_organisation("Saarnilan kaupunki", kind=Organisation.Kind.MUNICIPALITY)


@pytest.fixture
@remembered
def agency() -> Organisation:
    return name_organisation("Rekisterihallitus", kind=Organisation.Kind.STATE_AGENCY)


@pytest.fixture
@remembered
def team(programme: Programme, cast: Cast, city: Organisation) -> Team:
    """The convener alone, from a city."""
    team = actions.form(programme, organisation=city, by=cast["convener"])
    return actions.edit(team, name="Debt advisers", by=cast["convener"])
