from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from rihma.base import clock
from rihma.canvases import actions as canvases
from rihma.canvases.access import Who
from rihma.canvases.models import Canvas, Item
from rihma.canvases.tests.conftest import ClientOf, Put, canvas, put, team, text_of, works
from rihma.guests import actions as guests
from rihma.guests.models import Guest
from rihma.talk import actions
from rihma.talk.models import Comment
from tests.conftest import Cast

__all__ = ["ClientOf", "Put", "canvas", "put", "team", "text_of", "works"]

type Say = Callable[..., Comment]
type ComeIn = Callable[..., tuple[Guest, Client]]


@pytest.fixture
def item(put: Put) -> Item:
    return put()


@pytest.fixture
def say(item: Item, cast: Cast) -> Say:
    """The convener comments on the item."""

    def say(text: str = "Who says so?", *, by: Who = cast["convener"], **said: Any) -> Comment:
        return actions.comment(item, text, **{"lang": "en", **said}, by=by)

    return say


@pytest.fixture
def come_in(canvas: Canvas, cast: Cast) -> ComeIn:
    """A guest of the canvas, and their browser."""

    def come_in(role: str = "writer", name: str = "Aamu", *, anonymous: bool = False) -> tuple[Guest, Client]:
        ends_at = clock.now() + timedelta(days=2)
        link = canvases.let_guests_in(
            canvas, role=role, ends_at=ends_at, most=60, is_anonymous=anonymous, by=cast["convener"]
        )
        guest, secret = guests.come_in(link, name=name, language="en")
        client = Client(headers={"accept-language": "en"})
        client.cookies["guest"] = secret
        return guest, client

    return come_in


def url(name: str, item: Item, *more: object, view: str = "list") -> str:
    with translation.override("en"):
        return f"{reverse(f'talk:{name}', args=[item.canvas_id, item.pk, *more])}?view={view}"


def board_url(canvas: Canvas, view: str = "list") -> str:
    with translation.override("en"):
        return f"{canvas.get_absolute_url()}?view={view}"
