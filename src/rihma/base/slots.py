"""How a page of a lower area shows something of a higher one without knowing it.

The lower area's template says `{% slot "teams/page" team %}`; `site/slots.py` says who answers.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString, mark_safe

type Filler = Callable[[HttpRequest, object], str]
# What stands at each of many things, asked for all at once.
type Many[Key] = Callable[[HttpRequest, object], Mapping[Key, str]]


@cache
def fillers(name: str) -> list[Any]:
    return [import_string(path) for path in settings.SLOTS.get(name, [])]


def fill(name: str, request: HttpRequest, thing: object) -> SafeString:
    parts: list[str] = [filler(request, thing) for filler in fillers(name)]
    return _joined(parts)


def fill_many[Key](name: str, request: HttpRequest, thing: object) -> Mapping[Key, SafeString]:
    """A part for each key that somebody has something to say about, so that a list costs no query a row."""
    found: defaultdict[Key, list[str]] = defaultdict(list)
    asked: list[Many[Key]] = fillers(name)
    for filler in asked:
        for key, part in filler(request, thing).items():
            found[key].append(part)
    return {key: _joined(parts) for key, parts in found.items()}


def _joined(parts: list[str]) -> SafeString:
    # Each part was rendered by a template of its own area, which escaped it.
    return mark_safe("\n".join(part for part in parts if part))  # noqa: S308 - see the line above
