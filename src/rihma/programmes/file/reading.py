from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rihma.base.refused import Refused
from rihma.programmes.file.lines import line_at, lines_of
from rihma.programmes.file.section import Document, Path, Problem, Tables, sections
from rihma.programmes.file.shape import mistakes_in
from rihma.programmes.file.syntax import parse
from rihma.programmes.file.writing import VERSION
from rihma.programmes.rules import WEEK

BIGGEST = 1024 * 1024
LONGEST_QUOTE = 120


@dataclass(frozen=True)
class Checked:
    """What the file says, and everything that is wrong with it; `text` is what was read, for mending."""

    document: Document
    problems: tuple[Problem, ...]
    text: str = ""

    def ensure_good(self) -> None:
        if self.problems:
            raise BadFile(self.problems)


class BadFile(Refused):
    """The file has mistakes; all of them are in `problems`, in the order of their lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        n = len(self.problems)
        message = ngettext("The file has %(n)s mistake.", "The file has %(n)s mistakes.", n) % {"n": n}
        super().__init__("bad_file", message, "text")


def check(data: bytes) -> Checked:
    """Everything that is wrong with the file, at once."""
    try:
        text = text_of(data)
    except BadFile as bad:
        return Checked(Document({}), bad.problems)
    parsed = parse(text)
    checked = check_tables(parsed.tables, broken=parsed.broken)
    lines = lines_of(parsed.text)
    return replace(checked, problems=tuple(by_line([*parsed.problems, *checked.problems], lines)), text=text)


def text_of(data: bytes) -> str:
    """What came as a file, or `BadFile` where it is no text."""
    if len(data) > BIGGEST:
        raise BadFile(
            [
                Problem(
                    (),
                    _("The file is bigger than 1 MB."),
                    _("A programme file is text of some pages. Is it the right file?"),
                )
            ]
        )
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        remedy = _("Save it as UTF-8, and check that letters such as å, ä and ö are right.")
        raise BadFile([Problem((), _("The file is not in UTF-8."), remedy, line)]) from error


def by_line(problems: Iterable[Problem], lines: dict[Path, int]) -> list[Problem]:
    """In the order in which they stand in the file; those of the parser know their line already."""
    found = [problem if problem.line else replace(problem, line=line_at(lines, problem.path)) for problem in problems]
    return sorted(found, key=lambda problem: problem.line or 0)


def check_tables(tables: Tables, *, broken: frozenset[str] = frozenset()) -> Checked:
    """The same for tables that come from elsewhere than a text."""
    problems, fitting = mistakes_in(tables)
    document = Document(fitting, broken)
    problems += _version(tables)
    for section in sections():
        problems += section.check(document)
    return Checked(document, tuple(_once(problems, tables, broken)))


def _version(tables: Tables) -> Iterator[Problem]:
    version = tables.get("rihma")
    if version is None:
        yield Problem(
            ("rihma",), _("The file does not say which version it is."), _("Begin it with the line: rihma = 1")
        )
    elif type(version) is int and version != VERSION:
        yield Problem(("rihma",), _("Version %(n)s is not known.") % {"n": version}, _("Write: rihma = 1"))


def _once(problems: Iterable[Problem], tables: Tables, broken: frozenset[str]) -> Iterator[Problem]:
    """One complaint a place; none that something is missing where a line could not be read."""
    told: set[Path] = set()
    for problem in problems:
        hidden = bool(problem.path) and problem.path[0] in broken and not _is_there(tables, problem.path)
        if problem.path not in told and not hidden:
            told.add(problem.path)
            yield problem


def _is_there(tables: object, path: Path) -> bool:
    inner: Any = tables
    for step in path:
        try:
            inner = inner[step]
        except (KeyError, IndexError, TypeError):
            return False
    return True


@dataclass(frozen=True)
class Quoted:
    """A mistake beside the line that it is in."""

    problem: Problem
    line: str


def quoted(problems: Iterable[Problem], text: str) -> list[Quoted]:
    lines = text.splitlines()
    return [
        Quoted(problem, lines[problem.line - 1][:LONGEST_QUOTE] if problem.line and problem.line <= len(lines) else "")
        for problem in problems
    ]


def as_text(data: bytes) -> str:
    """For mending: what is not UTF-8 most often comes from Windows, and so å, ä and ö are right again."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def moved(tables: Tables, weeks: int) -> Tables:
    """The same tables with every date moved; clock times stay as the clock on the wall shows them."""
    return {key: _moved(value, timedelta(days=weeks * WEEK)) for key, value in tables.items()}


def _moved(value: object, by: timedelta) -> object:
    match value:
        case date():
            return value + by
        case dict():
            return {key: _moved(inner, by) for key, inner in value.items()}
        case list():
            return [_moved(inner, by) for inner in value]
    return value
