from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.canvases import actions as canvases
from rihma.canvases.models import Canvas
from rihma.canvases.tests.conftest import ClientOf, Put, canvas, put, team, text_of, works
from rihma.facilitation import actions, queries
from rihma.facilitation.models import Vote
from rihma.facilitation.queries import Standing
from rihma.guests import actions as guests
from rihma.guests.models import Guest
from tests.conftest import Cast

__all__ = ["ClientOf", "Put", "canvas", "put", "team", "text_of", "works"]

type Start = Callable[..., Vote]
type ComeIn = Callable[..., tuple[Guest, Client]]


@pytest.fixture
def start(canvas: Canvas, cast: Cast) -> Start:
    """A vote with three dots for each, at most two on one item."""

    def start(
        *, budget: int = 3, most: int = 2, results: str = "when_closed", zones: tuple[str, ...] = (), title: str = ""
    ) -> Vote:
        return actions.start_vote(
            canvas, title=title, budget=budget, most=most, results=results, zones=zones, by=cast["facilitator"]
        )

    return start


@pytest.fixture
def come_in(canvas: Canvas, cast: Cast) -> ComeIn:
    """A guest of the canvas, and their browser."""

    def come_in(role: str = "writer", name: str = "Aamu") -> tuple[Guest, Client]:
        ends_at = clock.now() + timedelta(days=2)
        link = canvases.let_guests_in(
            canvas, role=role, ends_at=ends_at, most=60, is_anonymous=False, by=cast["convener"]
        )
        guest, secret = guests.come_in(link, name=name, language="en")
        client = Client(headers={"accept-language": "en"})
        client.cookies["guest"] = secret
        return guest, client

    return come_in


def seen(vote: Vote, who: Person | Guest) -> Standing:
    """The vote as this one sees it now."""
    vote = Vote.objects.counted().get(pk=vote.pk)
    return queries.standing(vote, vote.canvas, who)


def url(name: str, canvas: Canvas, *more: object, view: str = "list") -> str:
    with translation.override("en"):
        return f"{reverse(f'facilitation:{name}', args=[canvas.pk, *more])}?view={view}"


def page_url(canvas: Canvas, view: str = "list") -> str:
    with translation.override("en"):
        return f"{canvas.get_absolute_url()}?view={view}"
