from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.ids import new_id
from rihma.brainwriting import actions
from rihma.brainwriting.models import Note, Round
from rihma.canvases import actions as canvases
from rihma.canvases.models import Canvas
from rihma.canvases.tests.conftest import ClientOf, Put, call, canvas, put, team, text_of, works
from rihma.guests import actions as guests
from rihma.guests.models import Guest
from tests.conftest import Cast

__all__ = ["ClientOf", "Put", "call", "canvas", "put", "team", "text_of", "works"]

type Write = Callable[..., Note]
type ComeIn = Callable[[], tuple[Guest, Client]]
HTMX = {"HX-Request": "true"}
SECRET = "Nobody dares to say it"


@pytest.fixture
def begun(canvas: Canvas, cast: Cast) -> Round:
    """A round about the whole canvas, started by the facilitator."""
    return actions.start(canvas, question="What do people fear?", by=cast["facilitator"])


@pytest.fixture
def write(begun: Round) -> Write:
    def write(text: str = SECRET, *, by: Person | Guest, zone: str = "wanted", client_id: str = "") -> Note:
        return actions.write(
            begun,
            zone=zone,
            kind="assumption",
            text=text,
            lang="en",
            client_id=client_id or str(new_id()),
            by=by,
        )

    return write


@pytest.fixture
def come_in(canvas: Canvas, cast: Cast) -> ComeIn:
    """A guest of the canvas, and their browser."""

    def come_in() -> tuple[Guest, Client]:
        ends_at = clock.now() + timedelta(days=2)
        link = canvases.let_guests_in(
            canvas, role="writer", ends_at=ends_at, most=60, is_anonymous=False, by=cast["convener"]
        )
        guest, secret = guests.come_in(link, name="Aamu", language="en")
        client = Client(headers={"accept-language": "en"})
        client.cookies["guest"] = secret
        return guest, client

    return come_in


def url(name: str, canvas: Canvas, *more: object) -> str:
    with translation.override("en"):
        return f"{reverse(f'brainwriting:{name}', args=[canvas.pk, *more])}?view=list"


def page(client: Client, canvas: Canvas, view: str = "list") -> Any:
    with translation.override("en"):
        return client.get(f"{canvas.get_absolute_url()}?view={view}")


def texts(canvas: Canvas) -> list[str]:
    return sorted(canvas.items.live().values_list("text", flat=True))
