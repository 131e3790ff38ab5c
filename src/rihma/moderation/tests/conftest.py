from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from rihma.attachments.tests.conftest import guest_of
from rihma.canvases.models import Canvas, Item
from rihma.canvases.tests.conftest import ClientOf, Put, canvas, put, team, text_of, works
from rihma.moderation import actions
from rihma.moderation.models import Flag
from rihma.moderation.things import Thing

__all__ = ["ClientOf", "Put", "canvas", "guest_of", "put", "team", "text_of", "works"]

STORY = "Maija has had diabetes since June"


@pytest.fixture
def story(put: Put) -> Item:
    """Somebody's health story, written by the convener."""
    return put(STORY)


def url(name: str, *given: object) -> str:
    with translation.override("en"):
        return reverse(f"moderation:{name}", args=given)


def flag_by(canvas: Canvas, thing: Thing, by: Any, **said: str) -> Flag:
    return actions.flag(canvas, thing, **{"reason": "private", **said}, by=by)


def page_of(client: Client, canvas: Canvas) -> str:
    return client.get(f"{canvas.get_absolute_url()}?view=list").content.decode()
