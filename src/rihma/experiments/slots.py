"""What other areas' pages show of experiments."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID
from weakref import WeakKeyDictionary

from django.http import HttpRequest
from django.template.loader import render_to_string

from rihma.accounts.access import person_of
from rihma.base import clock
from rihma.base.written import Written
from rihma.canvases.models import Item
from rihma.experiments import queries
from rihma.experiments.models import Experiment
from rihma.teams.models import Team

MOST_ON_TEAM_PAGE = 3
# Only these, because a plan has sixty columns, and its card shows a few.
ON_CARD = ("team", "title", "language", "state", "belief", "ends", "decision__outcome")


MADE_ON = Written(lambda canvas: Experiment.objects.filter(assumption__canvas=canvas).only("assumption", "state"))
OF_TEAM = Written(
    lambda team: (
        Experiment.objects.filter(team=team)
        .exclude(state=Experiment.State.CANCELLED)
        .select_related("decision")
        .only(*ON_CARD)
    )
)


@dataclass(frozen=True)
class Around:
    """What one canvas needs to know of experiments: asked once a request, for it shows dozens of items."""

    experiments: dict[UUID, list[Experiment]]
    works: bool


class Addressed(Protocol):
    """A programme, of which only its address is needed here."""

    slug: str


ASKED: WeakKeyDictionary[HttpRequest, dict[UUID, Around]] = WeakKeyDictionary()


def make_experiment(request: HttpRequest, item: Item) -> str:
    """On an assumption: the experiments made of it, and a button that makes one."""
    around = _around(request, item)
    context = {"item": item, "experiments": around.experiments.get(item.pk, []), "works": around.works}
    return render_to_string("experiments/make_experiment.html", context, request)


def team_experiments(request: HttpRequest, team: Team) -> str:
    made = OF_TEAM(team.pk)
    for experiment in made:
        experiment.team = team
    rows = queries.rows(made, clock.now())
    return render_to_string(
        "experiments/team_experiments.html", {"team": team, "rows": rows[:MOST_ON_TEAM_PAGE]}, request
    )


def programme_tools(request: HttpRequest, programme: Addressed) -> str:
    """For those who run the programme, as soon as it has teams."""
    if not Team.objects.run_by(person_of(request)).filter(programme__slug=programme.slug).exists():
        return ""
    return render_to_string("experiments/programme_tools.html", {"programme": programme}, request)


def _around(request: HttpRequest, item: Item) -> Around:
    canvases = ASKED.setdefault(request, {})
    if item.canvas_id not in canvases:
        made: dict[UUID, list[Experiment]] = {}
        for experiment in MADE_ON(item.canvas_id):
            if experiment.assumption_id:
                made.setdefault(experiment.assumption_id, []).append(experiment)
        person = person_of(request)
        works = person is not None and item.canvas.is_worked_by(person)
        canvases[item.canvas_id] = Around(made, works)
    return canvases[item.canvas_id]
