"""Where each page of a demo is, told by the demo itself: `Site.ask` runs these beside its data."""

import json
import sys
from datetime import timedelta

from rihma.accounts.models import Person
from rihma.applications import actions as applications
from rihma.applications.models import Application
from rihma.base import clock
from rihma.calls import actions as calls
from rihma.calls.types import TimeFields
from rihma.experiments import actions as experiments
from rihma.experiments.models import Experiment
from rihma.library.models import Lesson
from rihma.programmes import actions as programmes
from rihma.programmes.models import Programme
from rihma.teams import actions as teams
from rihma.teams.models import Team
from tests.made import NEXT, Values
from tests.routes import routes
from tests.world import World, of_demo

State = Experiment.State


def tell() -> None:
    """Every route → its address in English. What no page of the demo shows yet is done first, by the product's actions."""
    world = of_demo()
    world.special |= _in_their_moment(world)
    found = {route: world.address(route, parameters) for route, parameters in routes().items()}
    for state in _OTHERS:
        world.special["experiments:experiment"] = {"experiment_id": _experiment(state).pk}
        found[f"experiments:experiment {state}"] = world.address("experiments:experiment", ["experiment_id"])
    sys.stdout.write(json.dumps(found))


_OTHERS = (State.PUBLISHED, State.CANCELLED, State.READY, State.CONCLUDED)


def _in_their_moment(world: World) -> dict[str, Values]:
    """Forms that are there only in one state, and the things that have it."""
    drafted = Team.objects.get(programme__slug=NEXT, members__person=world.people["convener"])
    invited = teams.invite(drafted, "ivar@muualla.example", by=world.people["convener"])
    running = Experiment.objects.filter(state=State.RUNNING).exclude(team_id=str(world.values["team_id"]))[0]
    ended = experiments.end(running, by=world.people["facilitator"])
    planned: Values = {"experiment_id": _experiment(State.READY).pk}
    return {
        "applications:receipt": {"application_id": _receipted(world).pk},
        "applications:ask_to_complete": {"application_id": _in_time().pk},
        "applications:put_off": {"application_id": _asked(world).pk},
        "applications:judge": {"application_id": _late(world).pk},
        "applications:version": {"application_id": _receipted(world).pk},
        "experiments:allow_dates": planned,
        "experiments:conclude": {"experiment_id": ended.pk},
        "experiments:decide": {"experiment_id": _experiment(State.CONCLUDED).pk},
        "experiments:edit": planned,
        "library:withdraw": {"lesson_id": Lesson.objects.published()[0].pk},
        "programmes:publish": {"slug": Programme.objects.get(state="closed").slug},
        "teams:invitation": {"member_id": invited.pk},
    }


def _experiment(state: str) -> Experiment:
    return Experiment.objects.filter(state=state)[0]


def _receipted(world: World) -> Application:
    return Application.objects.filter(team_id=str(world.values["team_id"]), receipt__isnull=False)[0]


def _in_time() -> Application:
    return Application.objects.filter(call__programme__slug=NEXT, state="submitted")[0]


def _asked(world: World) -> Application:
    """Another one, that is asked to complete what it says of its experiment."""
    found = Application.objects.filter(call__programme__slug=NEXT, state="submitted")[1]
    due, fields = clock.now() + timedelta(days=9), ["experiment_idea"]
    by = world.people["owner"]
    what = "Mitä kokeilette, missä ja milloin?"
    applications.ask_to_complete(found, what=what, fields=fields, due_on=due.date(), due_at=due.time(), by=by)
    return found


def _late(world: World) -> Application:
    """One that was begun in time and sent three minutes after the call had closed."""
    call = Programme.objects.get(slug=NEXT).call
    draft = applications.start(call, by=world.people["outsider"])
    answers = {question.key: "–" for question in call.questions.current().filter(required=True)}
    applications.save(draft, answers=answers, by=world.people["outsider"], name="Myöhäiset")
    with clock.at(call.closes + timedelta(minutes=3)):
        return applications.submit(draft, by=world.people["outsider"]).application


def open_round(slug: str) -> None:
    """A programme at work whose call is open, so that one journey can go from the call to the lesson in a day."""
    last, owner = Programme.objects.get(slug=NEXT), Person.objects.get(email="aino@virasto.example")
    today = clock.now().date()
    programme = programmes.copy(last, slug, today - timedelta(days=21), by=owner)
    call = programme.call
    times = TimeFields(opens_on=None, opens_at=None, closes_on=today + timedelta(days=18), closes_at=call.closes_at)
    calls.set_times(call, **times, seen=call.times.mark, by=owner)
    programmes.publish(programme, by=owner)
    asked = [question.label.to_dict() for question in call.questions.current().filter(required=True)]
    sys.stdout.write(json.dumps({"slug": slug, "questions": asked}))
