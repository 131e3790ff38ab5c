"""What other areas' pages show of canvases."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string

from rihma.accounts.access import person_of
from rihma.accounts.models import Person
from rihma.canvases import actors_here, kinds, shown
from rihma.canvases.actors_here import Named
from rihma.canvases.kinds import Kind
from rihma.canvases.models import Canvas, Item
from rihma.canvases.pictures.preview import Preview, outlines, preview
from rihma.canvases.queries import of_team
from rihma.teams.models import Team
from rihma.teams.queries import confirmed, places_of


@dataclass(frozen=True)
class Begun:
    """A canvas with something on it."""

    canvas: Canvas
    count: int
    preview: Preview


@dataclass(frozen=True)
class Waiting:
    """A kind that the programme uses and the team has not begun; `canvas` where it has been opened all the same."""

    kind: Kind
    canvas: Canvas | None

    @property
    def preview(self) -> Preview:
        return Preview(outlines(self.kind), [])


def team_canvases(request: HttpRequest, team: Team) -> str:
    """The team's canvases: those begun with a small picture of each, and what else there is to begin."""
    if team.state != Team.State.ADMITTED and not team.canvases.exists():
        return ""
    canvases = of_team(team)
    actors = actors_here.named(_actors_on(canvases))
    begun = [_begun(canvas, items, actors) for canvas, items in canvases.items() if canvas.head]
    context = {
        "team": team,
        "previews": sorted(begun, key=lambda one: _turn(one.canvas)),
        "waiting": _waiting(team, canvases),
        "may_open": _works_in(team, person_of(request)),
    }
    return render_to_string("canvases/team_canvases.html", context, request)


def _works_in(team: Team, person: Person | None) -> bool:
    """As `Team.objects.worked_by` says, from what the page has read already."""
    members = {place.person_id for place in confirmed(places_of(team))}
    return person is not None and (person.pk in members or team.programme.is_run_by(person))


def _actors_on(canvases: Mapping[Canvas, list[Item]]) -> set[str]:
    known = [(kinds.of(canvas), items) for canvas, items in canvases.items()]
    return {pk for kind, items in known if kind for pk in actors_here.ids_in(kind, items)}


def _begun(canvas: Canvas, items: list[Item], actors: Named) -> Begun:
    board = shown.board_of(canvas, items, actors)
    return Begun(canvas, board.count, preview(board))


def _waiting(team: Team, canvases: Iterable[Canvas]) -> list[Waiting]:
    opened = {canvas.kind: canvas for canvas in canvases}
    names = {*team.programme.canvas_kinds, *opened}
    known = kinds.find_all([name for name in names if not (name in opened and opened[name].head)])
    return [
        Waiting(kind, opened.get(kind.key)) for kind in sorted(known.values(), key=lambda kind: (kind.turn, kind.key))
    ]


def _turn(canvas: Canvas) -> int:
    kind = kinds.of(canvas)
    return kind.turn if kind else len(kinds.names())
