"""Lucide icons, drawn into the page so that they take the colour of the word beside them."""

import re
from functools import cache, lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.html import format_html
from django.utils.safestring import SafeString

SHAPES_OF_SVG = re.compile(r"<svg\b[^>]*>(.*)</svg>", re.DOTALL)


@cache
def shapes(name: str) -> SafeString:
    found = finders.find(f"vendor/lucide/{name}.svg", find_all=True)
    if not any(found):
        raise LookupError(f"no icon {name!r}: name it in site/frontend.toml, or run `npm ci`")
    drawn = SHAPES_OF_SVG.search(Path(found[0]).read_text(encoding="utf-8"))
    if drawn is None:
        raise LookupError(f"icon {name!r} is no SVG")
    # Safe because the files are those of the pinned package, never of a person.
    return SafeString(" ".join(drawn[1].split()))


def icon(name: str, label: str = "") -> SafeString:
    """Hidden from screen readers when a word stands beside it; else it needs a label."""
    return _drawn(name, str(label))


# Kept, because a canvas shows some eighty, and those of its rows are the same.
@lru_cache(maxsize=1000)
def _drawn(name: str, label: str) -> SafeString:
    named = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor"'
        ' stroke-width="2" stroke-linecap="round" stroke-linejoin="round" {}>{}</svg>',
        named,
        shapes(name),
    )
