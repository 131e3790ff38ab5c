import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from rihma.accounts.models import Person
from rihma.base.ids import new_id
from rihma.canvases import actions as canvases
from rihma.canvases.models import Canvas, Item
from rihma.programmes.models import Programme
from rihma.tailoring import actions
from rihma.tailoring.models import OwnKind
from rihma.teams import actions as teams
from rihma.teams.models import Team
from tests.conftest import Cast

type ClientOf = Callable[[Person | None], Client]
type Put = Callable[..., Item]
LANGUAGES = ("fi", "sv", "en")
FEELS = {"fi": "Miltä tuntuu", "sv": "Hur det känns", "en": "How it feels"}


@pytest.fixture
def own(programme: Programme, cast: Cast) -> OwnKind:
    """A draft: the map of assumptions, copied."""
    return actions.copy(programme, "assumption_map", by=cast["owner"])


@pytest.fixture
def in_use(own: OwnKind, cast: Cast) -> OwnKind:
    """Published, and each team of the programme gets it."""
    actions.publish(own, by=cast["owner"])
    return actions.give(own, by=cast["owner"])


@pytest.fixture
def team(programme: Programme, cast: Cast) -> Team:
    team = teams.form(programme, by=cast["convener"])
    team = teams.edit(team, name="Debt advisers", by=cast["convener"])
    return teams.settle(team, Team.State.ADMITTED, by=cast["owner"])


@pytest.fixture
def canvas(in_use: OwnKind, team: Team, cast: Cast) -> Canvas:
    return canvases.open_canvas(team, in_use.key, by=cast["convener"])


@pytest.fixture
def put(canvas: Canvas, cast: Cast) -> Put:
    def put(text: str = "People open the letter", zone: str = "wanted") -> Item:
        pk = new_id()
        said: Any = {"kind": "assumption", "zone": zone, "text": text, "lang": "en"}
        canvases.change(canvas, "add", pk, said, by=cast["convener"])
        return Item.objects.get(pk=pk)

    return put


def zone_said(**changes: Any) -> dict[str, Any]:
    return {
        "name": FEELS,
        "question": {"fi": "Kenestä?", "sv": "För vem?", "en": "To whom?"},
        "fits": 3,
        "most": 20,
        "tint": "rose",
        "shape": "ring",
        **changes,
    }


def fresh(own: OwnKind) -> OwnKind:
    """As somebody else's page finds it."""
    return OwnKind.objects.select_related("programme").get(pk=own.pk)


def address(name: str, *args: object) -> str:
    with translation.override("en"):
        return reverse(f"tailoring:{name}", args=args)


def of(own: OwnKind, name: str, *more: object) -> str:
    return address(name, own.programme.slug, own.key, *more)


def typed(form: Any) -> dict[str, Any]:
    """What a browser sends when nothing was typed."""
    data: dict[str, Any] = {}
    for field in form:
        value = field.value()
        if isinstance(value, list) and hasattr(field.field, "languages"):
            data |= {f"{field.html_name}_{lang}": text or "" for lang, text in zip(LANGUAGES, value, strict=True)}
        elif hasattr(value, "to_dict"):
            data |= {f"{field.html_name}_{lang}": text for lang, text in value.to_dict().items()}
        elif value is not None:
            data[field.html_name] = value
    return data


def text_of(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())
