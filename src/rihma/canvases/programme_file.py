"""What the programme file may say of canvases: only kinds that there are."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from rihma.canvases import kinds
from rihma.programmes.file import Document, Problem, Section, did_you_mean


def check(document: Document) -> Iterator[Problem]:
    known = list(kinds.names())
    for number, name in enumerate(document.table("programme").get("canvas_kinds", [])):
        if name not in known:
            what = _("There is no canvas “%(name)s”.") % {"name": name}
            yield Problem(("programme", "canvas_kinds", number), what, did_you_mean(name, known))


def choices() -> list[tuple[str, str]]:
    """For the page on which a programme is edited."""
    return [(name, str(kind.name)) for name in kinds.names() if (kind := kinds.find(name))]


SECTION = Section(check=check)
