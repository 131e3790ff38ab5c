"""Open pages hear that something has changed, and not more often than they need to."""

from collections.abc import Callable

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from rihma.canvases.doers import key_of
from rihma.canvases.models import Canvas
from rihma.facilitation import actions
from rihma.facilitation.tests.conftest import Put, Start
from rihma.realtime import hints
from tests.conftest import Cast

type Hear = Callable[[Callable[[], object]], list[str]]


@pytest.fixture
def hear(canvas: Canvas, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Hear:
    """The topics that a deed tells whoever has the canvas open."""

    def hear(deed: Callable[[], object]) -> list[str]:
        told: list[str] = []

        def listener(key: str, _number: int) -> None:
            told.append(key)

        hints.listen(listener)
        try:
            with django_capture_on_commit_callbacks(execute=True):
                deed()
        finally:
            hints.forget(listener)
        return [key.rpartition("#")[2] for key in told if key.startswith(f"{key_of(canvas.pk)}#")]

    return hear


def test_what_is_led_is_told_to_every_page(canvas: Canvas, cast: Cast, start: Start, hear: Hear) -> None:
    by = cast["member"]
    assert hear(start) == ["votes"]
    assert hear(lambda: actions.close_vote(canvas.votes.get(), by=by)) == ["votes"]
    assert hear(lambda: actions.start_timer(canvas, minutes=1, by=by)) == ["timer"]
    assert hear(lambda: actions.stop_timer(canvas, by=by)) == ["timer"]
    assert hear(lambda: actions.focus(canvas, "able", by=by)) == ["focus"]
    assert hear(lambda: actions.end_focus(canvas, by=by)) == ["focus"]


@pytest.mark.parametrize(("results", "told"), [("at_once", [["votes"], ["votes"]]), ("when_closed", [["votes"], []])])
def test_dots_that_nobody_sees_are_told_only_as_one_more_voter(
    put: Put, cast: Cast, start: Start, hear: Hear, results: str, told: list[list[str]]
) -> None:
    item, vote = put(), start(results=results)
    assert [hear(lambda: actions.place_dot(vote, item.pk, by=cast["member"])) for _ in range(2)] == told
