"""The parts in which an own kind is written: a tab and a page each."""

from django.urls import reverse
from django.utils.translation import gettext as _

from rihma.base.parts import Option
from rihma.canvases import kinds
from rihma.tailoring import drafts
from rihma.tailoring.models import OwnKind


def tabs(own: OwnKind, route: str, part: str = "") -> list[Option]:
    places = [
        (_("Texts"), "tailoring:edit", ""),
        (_("Zones"), "tailoring:zones", ""),
        (_("Kinds of items"), "tailoring:words", "items"),
        (_("Drawing"), "tailoring:words", "layout"),
        (_("Preview"), "tailoring:preview", ""),
        (_("Publish"), "tailoring:publish", ""),
    ]
    has_words = any(True for _texts in kinds.texts_in(own.draft[drafts.place_of(own.draft, "layout")]))
    return [
        Option(title, _address(own, name, of), active=(name, of) == (route, part))
        for title, name, of in places
        if of != "layout" or has_words
    ]


def _address(own: OwnKind, route: str, part: str) -> str:
    return reverse(route, args=[own.programme.slug, own.key, *([part] if part else [])])
