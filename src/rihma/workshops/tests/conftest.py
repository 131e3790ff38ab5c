from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from rihma.accounts.actions import get_or_invite
from rihma.accounts.models import Person
from rihma.base.words import Words
from rihma.programmes.models import Programme
from rihma.teams import actions as teams
from rihma.teams.models import Team
from rihma.workshops import actions
from rihma.workshops.models import Workshop
from tests.conftest import Cast
from tests.remembered import remembered

type ClientOf = Callable[[Person | None], Client]


@pytest.fixture
@remembered
def team(programme: Programme, cast: Cast) -> Team:
    """Convener and member, admitted."""
    return admitted(programme, "Debt advisers", cast["convener"], cast["member"], by=cast["owner"])


@pytest.fixture
@remembered
def other_team(programme: Programme, cast: Cast) -> Team:
    """The other convener alone, admitted."""
    return admitted(programme, "Village shops", cast["other_convener"], by=cast["owner"])


@pytest.fixture
@remembered
def workshop(programme: Programme, cast: Cast) -> Workshop:
    """Two weeks ahead, in the room and remotely, with the programme's thirty seats."""
    return actions.plan(
        programme,
        title=Words(fi="Avaus", sv="Öppning", en="Kick-off"),
        date=timezone.localdate() + timedelta(days=14),
        starts=time(9),
        ends=time(13),
        mode=Workshop.Mode.HYBRID,
        venue="Pajasali",
        address="Kokeilukatu 5",
        remote_link="https://meet.example/avaus",
        bring=Words(fi="Kartta", sv="Kartan", en="Your map"),
        by=cast["facilitator"],
    )


def admitted(programme: Programme, name: str, convener: Person, *members: Person, by: Person) -> Team:
    team = teams.form(programme, by=convener)
    teams.edit(team, name=name, by=convener)
    for person in members:
        teams.join(teams.invite(team, person.email, by=convener), by=person)
    return teams.settle(team, Team.State.ADMITTED, by=by)


def crowd(team: Team, count: int, *, by: Person) -> list[Person]:
    """Further confirmed members of the team."""
    people = [get_or_invite(f"guest{number}@crowd.example", name=f"Guest {number}") for number in range(count)]
    for person in people:
        teams.join(teams.invite(team, person.email, by=by), by=person)
    return people
