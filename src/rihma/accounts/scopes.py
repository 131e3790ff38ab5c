"""What a token lets an app do: each area declares its scopes in its apps.py, and one place holds every call to them."""

from collections.abc import Iterable

from django.apps import apps
from django.utils.translation import gettext as _

from rihma.base.apps import Area
from rihma.base.refused import Refused

# Tokens from before there were scopes, and those of the demo: whatever their person may do.
EVERYTHING = "*"
LEAST = "calls:read"
READS = frozenset({"GET", "HEAD", "OPTIONS"})


class NoScope(Exception):
    """The token is good, but not for this. `scope` is the one that it lacks."""

    def __init__(self, scope: str) -> None:
        super().__init__(scope)
        self.scope = scope


def declared() -> dict[str, str]:
    """Scope → what it lets an app do, in the order of the areas."""
    areas = (area for area in apps.get_app_configs() if isinstance(area, Area))
    return {scope: str(words) for area in areas for scope, words in area.scopes.items()}


def in_words(scopes: Iterable[str]) -> list[str]:
    known = declared()
    return [_("Everything you may do") if scope == EVERYTHING else known.get(scope, scope) for scope in scopes]


def needed(about: str, method: str) -> str:
    return f"{about}:{'read' if method in READS else 'write'}"


def check_scope(held: Iterable[str], about: str, method: str) -> None:
    scope = needed(about, method)
    if not {scope, EVERYTHING} & set(held):
        raise NoScope(scope)


def check_may_hold(scopes: Iterable[str]) -> None:
    known = {EVERYTHING, *declared()}
    if not (wanted := set(scopes)) or wanted - known:
        raise Refused("scopes", _("Choose what the app may do."), "scopes")
