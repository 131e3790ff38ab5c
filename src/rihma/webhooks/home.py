"""Whose endpoints these are. The area that owns the scope answers (settings.WEBHOOK_HOME), because it stands above."""

from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from rihma.accounts.models import Person
    from rihma.webhooks.models import Endpoint


class Place(NamedTuple):
    """What the pages say of the owner of an endpoint."""

    scope: UUID
    slug: str
    title: object
    url: str


class Home(Protocol):
    def run_by(self, person: "Person") -> Collection[UUID]: ...

    def place(self, scope: UUID) -> Place: ...

    def find(self, person: "Person", slug: str) -> Place | None:
        """Only for somebody who runs it."""

    def note(self, scope: UUID, verb: str, *, by: "Person | None", to: str) -> None:
        """Into history: who opened a way out for what, and when it closed."""

    def tell_stopped(self, endpoint: "Endpoint") -> None:
        """To those who run it: nobody takes its messages any more."""


@cache
def home() -> Home:
    return cast("Home", import_string(settings.WEBHOOK_HOME))
