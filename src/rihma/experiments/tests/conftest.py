from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client

from rihma.accounts.models import Person
from rihma.actors.actions import name_organisation
from rihma.actors.models import Organisation
from rihma.base import clock
from rihma.canvases import actions as canvases
from rihma.canvases.models import Item
from rihma.canvases.order import FIRST
from rihma.experiments import actions
from rihma.experiments.models import Experiment, Observation
from rihma.experiments.rules import law
from rihma.experiments.types import PlanFields
from rihma.programmes.models import Programme
from rihma.teams import actions as teams
from rihma.teams.models import Team
from tests.conftest import Cast
from tests.remembered import remembered

type ClientOf = Callable[[Person | None], Client]
BELIEF = "people read a decision to its end when it begins with what they must do"


@pytest.fixture
@remembered
def team(programme: Programme, cast: Cast) -> Team:
    """In the programme: the convener from a city, a member from a state agency, and a mentor."""
    city = name_organisation("Saarnilan kaupunki", kind=Organisation.Kind.MUNICIPALITY)
    agency = name_organisation("Rekisterihallitus", kind=Organisation.Kind.STATE_AGENCY)
    team = teams.form(programme, organisation=city, by=cast["convener"])
    teams.edit(team, name="Debt advisers", language="en", by=cast["convener"])
    member = teams.invite(team, cast["member"].email, organisation=agency, by=cast["convener"])
    teams.join(member, by=cast["member"])
    teams.give_mentor(team, cast["mentor"], by=cast["facilitator"])
    return teams.settle(team, Team.State.ADMITTED, by=cast["owner"])


@pytest.fixture
@remembered
def assumption(team: Team, cast: Cast) -> Item:
    canvas = canvases.open_canvas(team, "assumption_map", by=cast["convener"])
    item = uuid4()
    words = f"We believe that {BELIEF}."
    canvases.change(
        canvas,
        "add",
        item,
        {"kind": "assumption", "zone": "wanted", "order": FIRST, "text": words, "lang": "en"},
        by=cast["member"],
    )
    return Item.objects.get(pk=item)


@pytest.fixture
def today(programme: Programme) -> date:
    return clock.now().astimezone(programme.zone).date()


@pytest.fixture
def whole(cast: Cast, today: date) -> PlanFields:
    """A plan that may start."""
    return {
        "title": "First things first",
        "belief": BELIEF,
        "what_we_do": "We rewrite one decision letter and send it to half of the applicants.",
        "for_whom": "first-time applicants",
        "people": 20,
        "place": "Saarnila",
        "starts": today,
        "ends": today + timedelta(days=30),
        "metric_name": "share who read to the end",
        "metric_unit": "%",
        "metric_how": "asked by phone a week later",
        "threshold_operator": "ge",
        "threshold": Decimal(60),
        "owner": cast["member"],
        "law": {key: {"answer": "no", "note": ""} for key in law.KEYS},
    }


@pytest.fixture
@remembered
def idea(team: Team, cast: Cast) -> Experiment:
    return actions.draft_from(None, team, by=cast["convener"])


@pytest.fixture
@remembered
def draft(idea: Experiment, whole: PlanFields, cast: Cast) -> Experiment:
    return actions.edit(idea, seen=0, by=cast["convener"], **whole)


@pytest.fixture
@remembered
def ready(draft: Experiment, cast: Cast) -> Experiment:
    return actions.make_ready(draft, by=cast["convener"])


@pytest.fixture
@remembered
def running(ready: Experiment, cast: Cast) -> Experiment:
    actions.start(ready, by=cast["convener"])
    ready.refresh_from_db()
    return ready


type Observe = Callable[..., Observation]


@pytest.fixture
def observe(cast: Cast, today: date) -> Observe:
    def observe(experiment: Experiment, value: object = 64, *, n: int = 18, on: date | None = None) -> Observation:
        return actions.observe(
            experiment, value=Decimal(str(value)), n=n, observed_on=on or today, evidence="answered", by=cast["member"]
        )

    return observe


@pytest.fixture
@remembered
def ended(running: Experiment, observe: Observe, cast: Cast) -> Experiment:
    observe(running)
    return actions.end(running, by=cast["member"])


@pytest.fixture
@remembered
def concluded(ended: Experiment, cast: Cast) -> Experiment:
    actions.conclude(ended, own_verdict="met", learned="Order matters.", confidence="mid", by=cast["member"])
    ended.refresh_from_db()
    return ended
