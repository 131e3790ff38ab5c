"""What the programme file may say of canvases: only kinds that there are."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from rihma.canvases import kinds
from rihma.programmes.file import Document, Problem, Section, did_you_mean
from rihma.programmes.models import Programme


def check(document: Document) -> Iterator[Problem]:
    # A programme's own kinds stand in the file itself (tailoring/programme_file.py).
    known = [*kinds.names(), *(row.get("key", "") for row in document.rows("own_kind"))]
    for number, name in enumerate(document.table("programme").get("canvas_kinds", [])):
        if name not in known:
            what = _("There is no canvas “%(name)s”.") % {"name": name}
            yield Problem(("programme", "canvas_kinds", number), what, did_you_mean(name, known))


def choices(programme: Programme) -> list[tuple[str, str]]:
    """For the page on which a programme is edited: its own kinds come last."""
    found = [*kinds.every(), *kinds.beside().of_programme(programme.pk)]
    return [(kind.key, str(kind.name)) for kind in found]


SECTION = Section(check=check)
