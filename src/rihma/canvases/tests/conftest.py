import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation

from rihma.accounts.actions import issue_api_token
from rihma.accounts.models import Person
from rihma.accounts.scopes import EVERYTHING
from rihma.base.ids import new_id
from rihma.canvases import actions
from rihma.canvases.models import Canvas, Item
from rihma.canvases.types import Payload
from rihma.programmes.models import Programme
from rihma.teams import actions as teams
from rihma.teams.models import Member, Team
from tests.conftest import Cast
from tests.remembered import remembered

type Put = Callable[..., Item]
type ClientOf = Callable[[Person | None], Client]


@pytest.fixture
@remembered
def team(programme: Programme, cast: Cast) -> Team:
    """Admitted: the convener, a member, and a mentor who reads along."""
    team = teams.form(programme, by=cast["convener"])
    team = teams.edit(team, name="Debt advisers", by=cast["convener"])
    member = Member.objects.create(team=team, person=cast["member"])
    teams.join(member, by=cast["member"])
    teams.give_mentor(team, cast["mentor"], by=cast["facilitator"])
    return teams.settle(team, Team.State.ADMITTED, by=cast["owner"])


@pytest.fixture
@remembered
def canvas(team: Team, cast: Cast) -> Canvas:
    return actions.open_canvas(team, "assumption_map", by=cast["owner"])


@pytest.fixture
def put(canvas: Canvas, cast: Cast) -> Put:
    """Add an assumption of the convener's."""

    def put(
        text: str = "People open the letter", *, zone: str = "wanted", pk: UUID | None = None, **fields: int
    ) -> Item:
        pk = pk or new_id()
        said: Payload = {"kind": "assumption", "zone": zone, "text": text, "lang": "en", "fields": fields}
        actions.change(canvas, "add", pk, said, by=cast["convener"])
        return Item.objects.get(pk=pk)

    return put


@pytest.fixture
def works(cast: Cast, client_of: ClientOf) -> Client:
    """The member's browser."""
    return client_of(cast["member"])


@pytest.fixture
def call(canvas: Canvas) -> Callable[..., Any]:
    """The API, with a token of the person's."""

    def call(person: Person, path: str = "", sent: object = None, on: Canvas = canvas) -> Any:
        token = issue_api_token(person, name=str(uuid4()), scopes=[EVERYTHING])
        headers = {"accept-language": "en", "authorization": f"Bearer {token}"}
        address = f"/api/v1/canvases/{on.pk}{path}"
        if sent is None:
            return Client().get(address, headers=headers)
        return Client().post(address, sent, content_type="application/json", headers=headers)

    return call


def url(name: str, canvas: Canvas, *more: object, view: str = "list") -> str:
    with translation.override("en"):
        return f"{reverse(f'canvases:{name}', args=[canvas.pk, *more])}?view={view}"


def text_of(response: HttpResponse | Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())
