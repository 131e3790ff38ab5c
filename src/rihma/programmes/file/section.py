"""The small shape in which each area has its part of the programme file."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from rihma.base.words import Words
from rihma.programmes import rules

if TYPE_CHECKING:
    from rihma.accounts.models import Person
    from rihma.programmes.models import Programme

# A table of the file. Its values have the types that the schema says: nothing unchecked gets as far as here.
type Row = dict[str, Any]
type Tables = dict[str, Any]
type Schema = dict[str, Any]
type Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """One mistake: where, what is wrong, what to do. `line` is found by the reader of the file."""

    path: Path
    what: str
    remedy: str
    line: int | None = None

    @property
    def where(self) -> str:
        """The key as people count: the first workshop is workshop[1]."""
        parts = [f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in self.path]
        return "".join(parts).removeprefix(".")

    def __str__(self) -> str:
        start = _("Line %(n)s") % {"n": self.line} if self.line else ""
        return ": ".join(part for part in (start, self.where, f"{self.what} {self.remedy}") if part)


@dataclass(frozen=True)
class Document:
    """What stands in the file. A value of a wrong type is left out, so everything may be missing: use `.get`."""

    tables: Tables
    # tables of which a part could not be read: do not complain that something is missing there
    broken: frozenset[str] = field(default_factory=frozenset)

    def table(self, name: str) -> Row:
        found: Row = self.tables.get(name, {})
        return found

    def rows(self, name: str) -> list[Row]:
        found: list[Row] = self.tables.get(name, [])
        return found

    @property
    def zone(self) -> ZoneInfo | None:
        name = self.table("programme").get("time_zone", settings.TIME_ZONE)
        return ZoneInfo(name) if rules.is_zone(name) else None

    def check_within(self, path: Path, day: date | None, *, may_be_before: bool = False) -> Iterator[Problem]:
        """The day must be one of the programme's; a call closes before the first of them."""
        programme = self.table("programme")
        starts, ends = programme.get("starts"), programme.get("ends")
        if day is None or starts is None or ends is None or ends < starts:
            return
        if starts <= day <= ends or (may_be_before and day < starts):
            return
        yield Problem(
            path,
            _("%(day)s is outside the programme, which runs from %(starts)s to %(ends)s.")
            % {"day": day.isoformat(), "starts": starts.isoformat(), "ends": ends.isoformat()},
            _("Change this date, or the programme's starts or ends."),
        )


def check_local_time(path: Path, day: date | None, clock: time | None, zone: ZoneInfo | None) -> Iterator[Problem]:
    """A wall clock that summer time skips or shows twice is no exact moment."""
    if day is None or clock is None or zone is None:
        return
    fault = rules.clock_fault(day, clock, zone)
    if fault:
        yield Problem(path, str(fault), str(rules.OTHER_TIME))


@dataclass(frozen=True)
class Lack:
    """What a public programme must have and this one does not yet: a text in some languages."""

    what: str
    languages: tuple[str, ...]
    # for history: a short fact such as "title"
    key: str
    url: str = ""


def lack_of(key: str, what: str, words: Words, *, needed: bool = False, url: str = "") -> Iterator[Lack]:
    """A text that is needed, or that is there in some language, must be there in both national languages."""
    missing = words.missing(*settings.NATIONAL_LANGUAGES)
    if missing and (needed or words):
        yield Lack(what=what, languages=tuple(missing), key=key, url=url)


def _nothing(_of: object) -> tuple[()]:
    return ()


def _no_tables(_programme: "Programme") -> Tables:
    return {}


def _leave(_programme: "Programme", _tables: Tables, _by: "Person") -> None:
    pass


@dataclass(frozen=True)
class Section:
    """One area's part: `tables` name → schema, and how the area checks, reads and writes them.

    `read` comes after every check of every area has passed, in one transaction with all the others.
    """

    tables: Mapping[str, Schema] = field(default_factory=dict)
    check: "Callable[[Document], Iterable[Problem]]" = _nothing
    read: "Callable[[Programme, Tables, Person], None]" = _leave
    write: "Callable[[Programme], Tables]" = _no_tables
    lacks: "Callable[[Programme], Iterable[Lack]]" = _nothing
    # what must be settled before the programme is closed, in words
    unfinished: "Callable[[Programme], Iterable[str]]" = _nothing


@cache
def sections() -> tuple[Section, ...]:
    """In the order of the settings, which is the order of tables in a written file."""
    return tuple(import_string(path) for path in settings.PROGRAMME_FILE_SECTIONS)
