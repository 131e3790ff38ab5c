"""What organisations want solved, as the programme file says it: as drafts, which somebody publishes when they hold."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from rihma.accounts.models import Person
from rihma.base.words import Words
from rihma.calls.models import Call
from rihma.challenges import actions
from rihma.challenges.models import Challenge
from rihma.programmes.file import Document, Problem, Section, Tables
from rihma.programmes.file import schema as s
from rihma.programmes.models import Programme

CHALLENGE = s.rows(
    "What an organisation wants solved, for a challenge call. It comes as a draft; those that were withdrawn are left out.",
    {
        "organisation": s.needed_text("Whose challenge it is."),
        "title": s.words("The challenge in some words.", most=200),
        "problem": s.words("What goes wrong today, and how one knows. Markdown.", most=5_000),
        "for_whom": s.words("Whose day would be better. Markdown.", most=2_000),
        "given": s.words("What a team gets. Markdown.", most=2_000),
    },
    required=["organisation", "title"],
)


def check(document: Document) -> Iterator[Problem]:
    if document.rows("challenge") and "call" not in document.tables:
        remedy = _("Add a table [%(key)s].") % {"key": "call"}
        yield Problem(("challenge", 0), _("There is no call that this belongs to."), remedy)


def read(programme: Programme, tables: Tables, by: Person) -> None:
    listed = tables.get("challenge", [])
    if not listed:
        return
    call = Call.objects.select_related("programme").get(programme=programme)
    for row in listed:
        texts = {name: Words(row.get(name, {})) for name in Challenge.TEXTS}
        actions.post(call, organisation=row["organisation"], by=by, **texts)


def write(programme: Programme) -> Tables:
    standing = Challenge.objects.filter(call__programme=programme).exclude(state=Challenge.State.WITHDRAWN)
    rows = [
        {"organisation": one.organisation, **{name: getattr(one, name).to_dict() for name in Challenge.TEXTS}}
        for one in standing
    ]
    return {"challenge": rows} if rows else {}


SECTION = Section(tables={"challenge": CHALLENGE}, check=check, read=read, write=write)
