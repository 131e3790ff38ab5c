"""Reads TOML and tells what is wrong with its writing, in the reader's words."""

import re
import tomllib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rihma.programmes.file.section import Problem, Tables

PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
HEADER = re.compile(r"^\s*\[+\s*([A-Za-z0-9_-]+)")
CLOCK_WITHOUT_SECONDS = re.compile(r"=\s*\d{4}-\d\d-\d\d[ T]\d\d:\d\d\s*(?:#.*)?$")
CLOCK_WITHOUT_QUOTES = re.compile(r"=\s*(\d\d?[.:]\d\d)\s*(?:#.*)?$")
DATE_AS_SPOKEN = re.compile(r"=\s*\d{1,2}\.\d{1,2}\.\d{4}")
CURLY_QUOTES = re.compile("[“”„‘’]")
# A broken file is read on past its first mistakes; beyond these it is no longer worth guessing.
MOST = 20


@dataclass(frozen=True)
class Parsed:
    tables: Tables
    problems: tuple[Problem, ...]
    # the text without the lines that could not be read
    text: str
    # tables that have such lines
    broken: frozenset[str]


def parse(text: str) -> Parsed:
    """Lines that are no TOML are told and left out, so that the rest is checked in the same go."""
    lines = text.split("\n")
    problems: list[Problem] = []
    broken: set[str] = set()
    while True:
        try:
            return Parsed(tomllib.loads("\n".join(lines)), tuple(problems), "\n".join(lines), frozenset(broken))
        except tomllib.TOMLDecodeError as error:
            mistake = _mistake(str(error), lines)
        problems.append(Problem((), *_in_words(mistake), mistake.number))
        if len(problems) == MOST or not mistake.stands_alone:
            everything = frozenset({"rihma", "programme", *_headers(lines)})
            return Parsed({}, tuple(problems), "", everything)
        broken.add(_table_around(lines, mistake.number))
        lines[mistake.number - 1] = ""


@dataclass(frozen=True)
class _Mistake:
    message: str
    line: str
    number: int
    column: int

    @property
    def is_in_list(self) -> bool:
        """The parser met a new key where it still waited for the rest of a list."""
        return self.message in ("Invalid value", "Unclosed array") and self.column <= self.line.find("=")

    @property
    def stands_alone(self) -> bool:
        """Leaving the line out makes no new mistake elsewhere: it opens no table, no list, no text of several lines."""
        if self.line.lstrip().startswith("[") or '"""' in self.line or "'''" in self.line:
            return False
        if self.message.startswith(("Expected '='", "Invalid statement")):
            return True
        return 0 <= self.line.find("=") < self.column and not self.message.startswith("Unclosed")


def _mistake(message: str, lines: list[str]) -> _Mistake:
    found = PLACE.search(message)
    if found and found["line"]:
        number, column = int(found["line"]), int(found["column"])
    else:
        number = max((n for n, line in enumerate(lines, start=1) if line.strip()), default=1)
        column = len(lines[number - 1]) + 1
    return _Mistake(PLACE.sub("", message), lines[number - 1], number, column)


def _table_around(lines: list[str], number: int) -> str:
    return next((found[1] for line in reversed(lines[:number]) if (found := HEADER.match(line))), "programme")


def _headers(lines: list[str]) -> set[str]:
    return {found[1] for line in lines if (found := HEADER.match(line))}


def _in_words(mistake: _Mistake) -> tuple[str, str]:
    if CLOCK_WITHOUT_SECONDS.search(mistake.line):
        return _("The clock time has no seconds."), _("Write seconds too, such as 2027-01-15 23:59:59")
    if found := CLOCK_WITHOUT_QUOTES.search(mistake.line):
        clock = found[1].replace(".", ":").zfill(5)
        return _("A clock time stands in quotes."), _("Write it like this: %(example)s") % {"example": f'"{clock}"'}
    if DATE_AS_SPOKEN.search(mistake.line):
        return _("The date is in another order."), _("Write year, month and day: 2027-01-29")
    if CURLY_QUOTES.search(mistake.line.partition("=")[2][:3]):
        return _("The quotes are curly."), _('Use straight quotes: "…"')
    if mistake.is_in_list:
        return _("A list above this line is not closed."), _("Add ] at its end.")
    return _by_message(mistake.message)


def _by_message(message: str) -> tuple[str, str]:
    known = {
        "Expected '='": (_("The line has no equals sign after its key."), _('Write it as: key = "value"')),
        "Cannot overwrite": (_("This key is here twice."), _("Keep one of them.")),
        "Cannot declare": (
            _("This table is here twice."),
            _("Put its lines together, or write [[…]] where there are several."),
        ),
        "Unterminated string": (_("A text has no closing quotes."), _("Add the quotes at its end.")),
        "Illegal character": (
            _("A text has no closing quotes on its line."),
            _('Add them, or begin and end it with """.'),
        ),
        "Unclosed array": (_("A list is not closed."), _("Add ] at its end.")),
        "Expected ']": (
            _("The name of the table is not closed."),
            _("Write it as [name], or [[name]] where there are several."),
        ),
        "Unescaped": (_("There is a backslash in the text."), _("Write it twice.")),
        "Unclosed inline": (_("A brace is not closed."), _("Add } at its end.")),
        'Expected "\'"': (_("A text has no closing quotes."), _("Add the quotes at its end.")),
        "Invalid value": (_("The value cannot be read."), _('A text stands in quotes: "…"')),
        "Expected newline": (_("There is something after the value."), _("Put each key on a line of its own.")),
        "Duplicate": (_("This key is here twice."), _("Keep one of them.")),
    }
    return next(
        (words for start, words in known.items() if message.startswith(start)),
        (_("This line cannot be read."), _('A line is written as: key = "value"')),
    )
