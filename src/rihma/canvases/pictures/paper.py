"""A blank canvas as PDF: the drawing on one page, and on the next what a facilitator needs beside it, as text."""

from functools import lru_cache
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from rihma.base.press import press
from rihma.canvases.kinds import Kind
from rihma.canvases.pictures.sheet import PAPERS, blank, description

# Two papers and three languages of each kind, and some room.
KEPT = 128
SOURCE = Path(__file__).with_name("paper.typ")


def pdf(kind: Kind, paper: str) -> bytes:
    return _pdf(kind, paper, translation.get_language())


@lru_cache(maxsize=KEPT)
def _pdf(kind: Kind, paper: str, language: str) -> bytes:
    with translation.override(language):
        width, height = PAPERS[paper]
        said = {
            "lang": language,
            "width": width,
            "height": height,
            "title": str(kind.name),
            "purpose": str(kind.purpose),
            "help": str(kind.help),
            "description": description(kind),
            "begin": _("Questions to begin with"),
            "questions": [str(question) for question in kind.questions],
            "parts": _("Parts of the canvas"),
            "zones": [{"name": str(zone.name), "question": str(zone.question)} for zone in kind.zones],
            "foot": f"Rihma · {kind.licence} · {kind.inspiration}",
            "svg": blank(kind, paper),
        }
    return press(SOURCE, said)
