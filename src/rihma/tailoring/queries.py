import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from rihma.base.seen import mark_of
from rihma.base.words import Words
from rihma.canvases import kinds
from rihma.canvases.kinds.reading import Path
from rihma.canvases.kinds.writing import write
from rihma.canvases.models import Canvas
from rihma.programmes.queries import languages_in_words
from rihma.tailoring import drafts
from rihma.tailoring.drafts import Draft
from rihma.tailoring.models import OwnKind


@dataclass(frozen=True)
class Lack:
    """A text without one of the national languages, and the page on which it is written."""

    what: str
    languages: str
    url: str

    @property
    def said(self) -> str:
        return f"{self.what} ({self.languages})"


def lacks_of(own: OwnKind) -> list[Lack]:
    found = []
    for path, texts in kinds.texts_in(own.draft):
        missing = Words(texts).missing(*settings.NATIONAL_LANGUAGES)
        if missing:
            found.append(Lack(place_in_words(own.draft, path), languages_in_words(missing), _page(own, path)))
    return found


def _page(own: OwnKind, path: Path) -> str:
    address = [own.programme.slug, own.key]
    if path[0] == "zones":
        return reverse("tailoring:edit_zone", args=[*address, own.draft["zones"][path[1]]["key"]])
    if path[0] in ("items", own.draft["layout"]):
        return reverse("tailoring:words", args=[*address, "items" if path[0] == "items" else "layout"])
    return reverse("tailoring:edit", args=address)


def place_in_words(draft: Draft, path: Path) -> str:
    """Which text it is: what it belongs to, by its name as it is now, and what it is of that."""
    holder: Any = draft
    parts: list[str] = []
    for step in path[:-1]:
        holder = holder[step]
        if isinstance(holder, dict) and "name" in holder and isinstance(step, int):
            parts.append(str(Words(holder["name"])))
    last = path[-1]
    if isinstance(last, int):
        parts.append(_("Question %(n)s") % {"n": last + 1})
    elif last == "title" and isinstance(path[-2], int):
        parts.append(_("Title of part %(n)s") % {"n": path[-2] + 1})
    else:
        parts.append(_word(path, str(last)))
    return ": ".join(parts)


def _word(path: Path, last: str) -> str:
    words = {
        "name": _("Name"),
        "purpose": _("What it is for"),
        "help": _("How it works"),
        "question": _("Question"),
        "prompt": _("Words that ask for the text"),
        "unit": _("Unit"),
        "yes": _("Word for yes"),
        "no": _("Word for no"),
        "corner": _("Words in the corner"),
        "own": _("Words where row and column are the same"),
        "words": _("Warning"),
    }
    if last in ("start", "end") and len(path) > 1:
        ends = {
            ("x", "start"): _("Left end"),
            ("x", "end"): _("Right end"),
            ("y", "start"): _("Lower end"),
            ("y", "end"): _("Upper end"),
        }
        return ends.get((str(path[-2]), last), last)
    return words.get(last, last)


def newest_text(own: OwnKind) -> str:
    """What the newest edition says, as a file without what only counts; "" before the first."""
    edition = own.editions.filter(version=own.version).first()
    return write(drafts.says(tomllib.loads(edition.text))) if edition else ""


def is_ahead(own: OwnKind) -> bool:
    """Whether the draft says something else than what teams have."""
    return newest_text(own) != write(drafts.says(own.draft))


def mark(own: OwnKind, part: str) -> str:
    return mark_of(drafts.facts_of(own.draft, part))


def zone_mark(own: OwnKind, zone: str) -> str:
    return mark_of(drafts.zone_facts(own.draft, zone))


def canvases_on(own: OwnKind) -> int:
    return Canvas.objects.filter(kind=own.key).count()


def facts_as_words(facts: Mapping[str, Any]) -> dict[str, Any]:
    """As form fields hold them."""
    return {name: Words(value) if isinstance(value, dict) else value for name, value in facts.items()}
