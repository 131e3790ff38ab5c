"""A programme's own kinds of canvas in its file: each stands there whole, as the file that a kind is."""

import tomllib
from collections.abc import Iterator

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from rihma.accounts.models import Person
from rihma.canvases.kinds.beside import OWN
from rihma.canvases.kinds.writing import write
from rihma.programmes import actions as programmes
from rihma.programmes.file import Document, Problem, Section, Tables
from rihma.programmes.file import schema as s
from rihma.programmes.models import Programme
from rihma.tailoring import actions, drafts
from rihma.tailoring.files import mistakes_in
from rihma.tailoring.models import Edition, OwnKind

LONGEST = 60_000
OWN_KIND = s.rows(
    "A kind of canvas that the programme made itself. Where its key is taken already, it gets another one.",
    {
        "key": s.key("What canvas_kinds names it by; it begins with own-."),
        "copied_from": s.text("The kind that it began as.", most=40),
        "retired": s.yes_no("No team begins one any more.", default=False),
        "published": s.text("What teams get: a file of its own, as docs/canvas-kinds.md tells.", most=LONGEST),
        "draft": s.text("What is being edited, where that is something else.", most=LONGEST),
    },
    required=["key"],
)


def check(document: Document) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, row in enumerate(document.rows("own_kind")):
        key = row.get("key", "")
        if key and not key.startswith(OWN):
            what = _("The key “%(key)s” does not begin with own-.") % {"key": key}
            yield Problem(
                ("own_kind", number, "key"), what, _("Write it like this: %(example)s") % {"example": "own-1"}
            )
        if key in seen:
            what = _("The key “%(key)s” is here twice.") % {"key": key}
            yield Problem(("own_kind", number, "key"), what, _("Keep one of them."))
        seen.add(key)
        if not row.get("published") and not row.get("draft"):
            what = _("“%(key)s” is missing.") % {"key": "draft"}
            yield Problem(("own_kind", number), what, _("Put the file of the canvas there, between three quotes."))
        for name in ("published", "draft"):
            yield from _mistakes(row.get(name, ""), ("own_kind", number, name))


def _mistakes(text: str, path: tuple[str | int, ...]) -> Iterator[Problem]:
    if not text:
        return
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        yield Problem(path, _("This is not the file of a canvas (%(why)s).") % {"why": error}, _("Copy it anew."))
        return
    for problem in mistakes_in(data):
        yield Problem(path, f"{problem.where}: {problem.what}", problem.remedy)


def read(programme: Programme, tables: Tables, by: Person) -> None:
    """The list of canvases follows where a kind had to take another key."""
    new: dict[str, str] = {}
    for row in tables.get("own_kind", []):
        own = actions.restore(
            programme,
            key=row["key"],
            draft=row.get("draft", ""),
            published=row.get("published", ""),
            is_retired=row.get("retired", False),
            copied_from=row.get("copied_from", ""),
            by=by,
        )
        new[row["key"]] = own.key
    named = [new.get(kind, kind) for kind in programme.canvas_kinds]
    if named != programme.canvas_kinds:
        programmes.edit(programme, by=by, canvas_kinds=named)
        programme.canvas_kinds = named


def write_tables(programme: Programme) -> Tables:
    # With what teams get in the same query, because a file of all areas has none to spare.
    current = Edition.objects.filter(own=OuterRef("pk"), version=OuterRef("version")).values("text")
    return {"own_kind": [_row(own) for own in programme.own_kinds.annotate(text=Subquery(current[:1]))]}


def _row(own: OwnKind) -> dict[str, object]:
    published = str(vars(own)["text"] or "")
    is_ahead = not published or drafts.follow(tomllib.loads(published)) != own.draft
    return {
        "key": own.key,
        "copied_from": own.copied_from,
        "retired": own.state == OwnKind.State.RETIRED,
        "published": published,
        "draft": write(own.draft) if is_ahead else "",
    }


SECTION = Section(tables={"own_kind": OWN_KIND}, check=check, read=read, write=write_tables)
