"""What other areas' pages show of canvases."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string

from rihma.canvases import shown
from rihma.canvases.models import Canvas
from rihma.canvases.queries import with_items
from rihma.teams.models import Team

# The picture is 100 wide and 56 high: a margin so that no dot is cut.
EDGE, WIDTH, HEIGHT = 5, 90, 46


@dataclass(frozen=True)
class Dot:
    x: int
    y: int
    tint: str


@dataclass(frozen=True)
class Preview:
    canvas: Canvas
    count: int
    dots: list[Dot]


def team_canvases(request: HttpRequest, team: Team) -> str:
    """The team's canvases with a small picture of each."""
    if team.state != Team.State.ADMITTED and not team.canvases.exists():
        return ""
    previews = [_preview(canvas) for canvas in with_items(team.canvases.all())]
    return render_to_string("canvases/team_canvases.html", {"team": team, "previews": previews}, request)


def _preview(canvas: Canvas) -> Preview:
    board = shown.board_of(canvas, list(canvas.items.all()))
    return Preview(canvas, board.count, list(_dots(board)))


def _dots(board: shown.Board) -> Iterator[Dot]:
    for number, card in enumerate(board.shown):
        if board.kind and board.kind.plane:
            yield Dot(EDGE + card.x * WIDTH // 100, EDGE + card.y * HEIGHT // 100, card.zone.tint)
        else:
            yield Dot(EDGE + number % 10 * 10, EDGE + number // 10 % 5 * 11, card.zone.tint)
