"""A blank canvas as PDF: the drawing on one page, and on the next what a facilitator needs beside it, as text."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Literal

from django.contrib.staticfiles import finders
from django.utils import translation
from django.utils.translation import gettext as _

from rihma.canvases.kinds import Kind
from rihma.canvases.pictures.sheet import PAPERS, blank, description

# Tagged, with alternative text and a language: a screen reader reads it, and the compiler refuses what would not be.
STANDARD: Literal["ua-1"] = "ua-1"
# Two papers and three languages of each kind, and some room.
KEPT = 128
SOURCE = Path(__file__).with_name("paper.typ")


def pdf(kind: Kind, paper: str) -> bytes:
    return _pdf(kind, paper, translation.get_language())


@lru_cache(maxsize=KEPT)
def _pdf(kind: Kind, paper: str, language: str) -> bytes:
    import typst  # noqa: PLC0415  # forty megabytes that no other page needs

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
    made: bytes = typst.compile(
        str(SOURCE),
        font_paths=[str(_fonts())],
        ignore_system_fonts=True,
        sys_inputs={"said": json.dumps(said)},
        pdf_standards=[STANDARD],
    )
    return made


def _fonts() -> Path:
    found = finders.find("vendor/source-sans/regular.ttf")
    if not isinstance(found, str):
        raise FileNotFoundError("vendor/source-sans/regular.ttf: run npm ci")
    return Path(found).parent
