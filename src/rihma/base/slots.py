"""How a page of a lower area shows something of a higher one without knowing it.

The lower area's template says `{% slot "teams/page" team %}`; `site/slots.py` says who answers.
"""

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString, mark_safe

type Filler = Callable[[HttpRequest, object], str]


@cache
def fillers(name: str) -> list[Filler]:
    return [import_string(path) for path in settings.SLOTS.get(name, [])]


def fill(name: str, request: HttpRequest, thing: object) -> SafeString:
    parts = [filler(request, thing) for filler in fillers(name)]
    # Each part was rendered by a template of its own area, which escaped it.
    return mark_safe("\n".join(part for part in parts if part))  # noqa: S308 - see the line above
