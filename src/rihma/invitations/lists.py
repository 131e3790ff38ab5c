"""Whom to invite, out of what somebody pasted or a spreadsheet saved: addresses, with a name and a language beside them.

Cells are text and nothing else: what looks like a formula is a name, or no address.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from rihma.accounts.rules import tidy_email, tidy_name
from rihma.base.decoding import decode
from rihma.base.refused import Refused

LONGEST_FILE = 1_000_000
LONGEST_NAME = 120
# A spreadsheet in its own form is packed and begins so, which is how it is told from text.
PACKED = b"PK"
NAMED = re.compile(r"^(?P<name>.*?)<(?P<email>[^<>]+)>$")
LANGUAGES = {
    **dict.fromkeys(("fi", "suomi", "finska", "finnish"), "fi"),
    **dict.fromkeys(("sv", "ruotsi", "svenska", "swedish"), "sv"),
    **dict.fromkeys(("en", "englanti", "engelska", "english"), "en"),
}


@dataclass(frozen=True)
class Invited:
    """`name` of the person or the team as those who invite call them; `language` is theirs where nothing else is known."""

    email: str
    name: str = ""
    language: str = "fi"


@dataclass(frozen=True)
class Fault:
    line: int
    text: str
    why: object


@dataclass(frozen=True)
class Listed:
    people: tuple[Invited, ...]
    faults: tuple[Fault, ...]


def text_of(file: bytes) -> str:
    """A file in whichever letters a spreadsheet has saved it."""
    if len(file) > LONGEST_FILE:
        raise Refused("large", _("The file is larger than 1 MB. Divide the list."), "upload")
    text = "" if file.startswith(PACKED) else decode(file)
    if file and (not text or "\x00" in text or "\N{REPLACEMENT CHARACTER}" in text):
        raise Refused("unreadable", _("This file cannot be read. Save it as CSV in UTF-8 and try again."), "upload")
    return text


def read(text: str, language: str) -> Listed:
    """Each address once, in the order in which they stand; `language` where a row says none."""
    found: dict[str, Invited] = {}
    faults: list[Fault] = []
    rows = _rows(text)
    for line, cells in enumerate(rows, start=1):
        people = list(_people(cells, language))
        if not people and any(cells) and not (line == 1 and len(rows) > 1 and not _has_address(cells)):
            faults.append(Fault(line, _shown(cells), _("There is no address in this row.")))
        for one in people:
            if not _is_address(one.email):
                faults.append(Fault(line, _shown(cells), _("This is no address of e-mail.")))
            else:
                found.setdefault(one.email, one)
    return Listed(tuple(found.values()), tuple(faults))


def check_addresses(people: Iterable[Invited]) -> None:
    """For programs, which send no list to look at first."""
    for one in people:
        if not _is_address(one.email):
            raise Refused("address", _("This is no address of e-mail."), "people")


def _rows(text: str) -> list[list[str]]:
    """Each row by its own separator: what was pasted above a file may use another."""
    try:
        rows = [next(csv.reader([line], delimiter=_separator(line)), []) for line in text.lstrip("\ufeff").splitlines()]
    except csv.Error as error:
        raise Refused(
            "cells", _("A cell of this list is far too long. Look whether a quotation mark is missing."), "people"
        ) from error
    return [[" ".join(cell.split()) for cell in row] for row in rows]


def _separator(line: str) -> str:
    """A comma comes last, because people write "Virtanen, Aino"."""
    return next((sign for sign in ("\t", ";") if sign in line), ",")


def _people(cells: Sequence[str], language: str) -> Iterator[Invited]:
    """A row of one address says a name and a language too; one of several is a list of addresses."""
    addresses = [cell for cell in cells if "@" in cell]
    rest = [cell for cell in cells if cell and "@" not in cell]
    if len(addresses) != 1:
        rest = []
    said = next((LANGUAGES[cell.lower()] for cell in rest if cell.lower() in LANGUAGES), language)
    beside = next((cell for cell in rest if cell.lower() not in LANGUAGES), "")
    for cell in addresses:
        named = NAMED.match(cell)
        email, name = (named["email"], named["name"].strip(' "')) if named else (cell, "")
        yield Invited(tidy_email(email), tidy_name(name or beside)[:LONGEST_NAME], said)


def _has_address(cells: Sequence[str]) -> bool:
    return any("@" in cell for cell in cells)


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True


def _shown(cells: Sequence[str]) -> str:
    return "; ".join(cell for cell in cells if cell)[:LONGEST_NAME]
