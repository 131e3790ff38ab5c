import pytest

from rihma.base.refused import Refused
from rihma.canvases import actions
from rihma.canvases.models import Canvas
from rihma.history.models import Event
from rihma.teams.models import Team
from tests.conftest import Cast


def test_canvas_is_opened_once_however_often_it_is_asked_for(team: Team, cast: Cast) -> None:
    first = actions.open_canvas(team, "assumption_map", by=cast["owner"])
    second = actions.open_canvas(team, "assumption_map", by=cast["facilitator"])

    assert first == second
    assert Canvas.objects.count() == 1
    assert [event.sentence for event in Event.objects.filter(area="canvases")] == ["A canvas was opened for the team"]


def test_new_canvas_is_empty_and_pinned_to_its_version(canvas: Canvas) -> None:
    assert (canvas.head, canvas.state, canvas.kind_version) == (0, Canvas.State.OPEN, 1)
    assert str(canvas) == "Assumption map"


def test_kind_that_does_not_exist_is_refused(team: Team, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.open_canvas(team, "../settings", by=cast["owner"])
    assert refused.value.code == "invalid"


def test_each_finds_only_canvases_of_their_own(canvas: Canvas, cast: Cast) -> None:
    def finding(look_up: str) -> list[str]:
        return [role for role, person in cast.items() if getattr(Canvas.objects, look_up)(person).exists()]

    assert finding("worked_by") == ["owner", "facilitator", "convener", "member"]
    assert finding("seen_by") == ["owner", "facilitator", "convener", "member", "mentor"]
    assert finding("run_by") == ["owner", "facilitator"]
    assert not Canvas.objects.seen_by(None).exists()
