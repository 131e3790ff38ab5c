"""Where Typst makes a file of our drawings and words (docs/decisions/typst-for-pdf.md)."""

import json
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from django.contrib.staticfiles import finders

logger = logging.getLogger(__name__)

# Tagged, with alternative text and a language: a screen reader reads it, and the compiler refuses what would not be.
STANDARD = "ua-1"
# The same, and made to be read for decades: every letter is in the file.
ARCHIVED = ("a-2a", STANDARD)


def press(
    source: Path,
    said: Mapping[str, Any],
    *,
    form: Literal["pdf", "png"] = "pdf",
    ppi: float = 144,
    standards: Sequence[str] = (STANDARD,),
) -> bytes:
    """All words come in as data, so that nothing in them is read as markup.

    A sign that our letters lack is looked for on the machine. Where there is none, the file is still made and still
    tagged, with an empty box for the sign, but it no longer claims to keep to the standard.
    """
    import typst  # noqa: PLC0415  # forty megabytes that no other page needs

    options: dict[str, Any] = {
        "format": form,
        "ppi": ppi,
        "font_paths": [str(_fonts())],
        "sys_inputs": {"said": json.dumps(said)},
        "pdf_standards": [*standards] if form == "pdf" else [],
    }
    for only_ours in (True, False):
        try:
            return bytes(typst.compile(str(source), ignore_system_fonts=only_ours, **options))
        except typst.TypstError as error:
            logger.info("%s: %s", source.name, error)
    return bytes(typst.compile(str(source), **options | {"pdf_standards": []}))


def _fonts() -> Path:
    found = finders.find("vendor/source-sans/regular.ttf")
    if not isinstance(found, str):
        raise FileNotFoundError("vendor/source-sans/regular.ttf: run npm ci")
    return Path(found).parent
