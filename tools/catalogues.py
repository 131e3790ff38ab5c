"""The translation files of an area. Needs only Babel, so that a build of the package can compile them too."""

from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

# English needs no file: the strings in the code are English.
LANGUAGES = ("fi", "sv")


def po_path(area: Path, language: str) -> Path:
    return area / "locale" / language / "LC_MESSAGES/django.po"


def read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language, domain="django")
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="django", abort_invalid=True)


def compile_area(area: Path) -> None:
    for language in LANGUAGES:
        path = po_path(area, language)
        if not path.exists():
            path.with_suffix(".mo").unlink(missing_ok=True)
            continue
        catalog = read(path, language)
        # A fixed date, so that the same text always gives the same file.
        catalog.creation_date = catalog.revision_date = datetime(2000, 1, 1, tzinfo=UTC)
        # Renamed into place: a server or a test that starts at this moment must not read half a file.
        made = path.with_suffix(".mo.new")
        with made.open("wb") as file:
            write_mo(file, catalog)
        made.replace(path.with_suffix(".mo"))
