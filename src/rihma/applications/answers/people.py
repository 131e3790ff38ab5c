"""Answers that name people."""

from collections.abc import Iterator, Mapping

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rihma.applications.answers.kinds import Drawing, Kind, said
from rihma.applications.answers.widgets import PersonField, RowsField
from rihma.calls.rules import Asked, Value

MOST_ROWS = 30
# Rows that stand ready when nothing is known of how many there will be.
USUAL_ROWS = 3


def _person(_asked: Asked, _drawing: Drawing) -> forms.Field:
    return PersonField()


def _members(asked: Asked, drawing: Drawing) -> forms.Field:
    most = min(asked.most or MOST_ROWS, MOST_ROWS)
    filled = len(drawing.value) if isinstance(drawing.value, list) else 0
    ready = max(asked.least or 0, filled + 1, USUAL_ROWS)
    return RowsField(rows=min(ready, most), most=most)


def _person_faults(asked: Asked, value: Value) -> Iterator[str]:
    if not isinstance(value, Mapping) or not value.get("name"):
        yield _("“%(label)s”: the person's name is missing.") % {"label": asked.label}
    email = value.get("email", "") if isinstance(value, Mapping) else ""
    if email and not _is_address(email):
        yield _("“%(label)s”: “%(email)s” is not an e-mail address.") % {"label": asked.label, "email": email}


def _is_address(text: str) -> bool:
    name, at, host = text.partition("@")
    return bool(name and at and "." in host and not text.split()[1:])


def _members_faults(asked: Asked, value: Value) -> Iterator[str]:
    rows = _rows(value)
    for number, row in enumerate(rows, start=1):
        if not row.get("name"):
            yield _("“%(label)s”: the name on row %(n)s is missing.") % {"label": asked.label, "n": number}
    if asked.least is not None and len(rows) < asked.least:
        yield ngettext(
            "“%(label)s”: name at least %(n)s person.", "“%(label)s”: name at least %(n)s people.", asked.least
        ) % {"label": asked.label, "n": asked.least}
    if asked.most is not None and len(rows) > asked.most:
        yield ngettext(
            "“%(label)s”: name at most %(n)s person.", "“%(label)s”: name at most %(n)s people.", asked.most
        ) % {"label": asked.label, "n": asked.most}


def _rows(value: Value) -> list[Mapping[str, str]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []


def _person_lines(_asked: Asked, value: Value) -> list[str]:
    """Without the address, which only some may see (`shown`)."""
    if not isinstance(value, Mapping):
        return [said(value)]
    return [said([value.get("name"), value.get("organisation")]).replace("; ", ", ")]


def _members_lines(_asked: Asked, value: Value) -> list[str]:
    rows = [[row.get(name, "") for name in ("name", "organisation", "task")] for row in _rows(value)]
    return [", ".join(part for part in row if part) for row in rows] or [said(value)]


PERSON = Kind(_person, _person_faults, _person_lines)
MEMBERS = Kind(_members, _members_faults, _members_lines, "list")
