"""A juror's scores as a table, out and in again: for a train without a network, and for those who like their own tools.

A row stands for one criterion of one application. What it belongs to is named by the first two columns, so rows may be
sorted, and other columns added; nothing else of the file is believed.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from rihma.accounts.models import Person
from rihma.base import workbook
from rihma.base.decoding import decode
from rihma.base.numerals import whole
from rihma.base.refused import Refused
from rihma.base.seen import mark_of
from rihma.base.workbook import FORMULA, Sheet
from rihma.calls.rules import LEAST, MOST, SCALE
from rihma.reviews import queries
from rihma.reviews.content import title_of
from rihma.reviews.models import Assignment, Review
from rihma.reviews.piles import Pile
from rihma.reviews.rules.phases import SCORED
from rihma.reviews.rules.reading import LONGEST_REASON, Measured

LONGEST_FILE = 2_000_000
# What a packed file may become: 40 columns of 5,000 rows with short texts are a tenth of it.
LONGEST_UNPACKED = 40_000_000
MOST_ROWS = 5_000
WHOLE = "*"
PACKED = b"PK"
# What the two readers say of files that are none, encrypted ones among them.
UNREADABLE = (CalamineError, zipfile.BadZipFile, zlib.error, ValueError, IndexError, RuntimeError, NotImplementedError)
# Fixed names, so that a file in one language is read by somebody who reads another.
HEAD = ("id", "criterion")
SCORE, REASON = 4, 5


@dataclass
class Brought:
    """One application's review as a file says it; `line` is where it begins."""

    assignment: Assignment
    title: str
    line: int
    version: int
    scores: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    overall: str = ""
    changes: int = 0


@dataclass(frozen=True)
class Fault:
    line: int
    message: str


@dataclass
class Plan:
    """What a file would do, and what in it cannot be done."""

    brought: list[Brought]
    faults: list[Fault]

    @property
    def mark(self) -> str:
        """Names what the plan was made from: a draft that is saved meanwhile makes it another."""
        return mark_of({str(one.assignment.pk): one.version for one in self.brought})

    @property
    def changed(self) -> list[Brought]:
        return [one for one in self.brought if one.changes]


def to_xlsx(pile: Pile) -> bytes:
    criteria = queries.criteria_of(pile.reviewing)
    heads_of_scale = [_("Score"), _("What it means"), *(str(one.title) for one in criteria if one.levels)]
    scale = [
        [score, str(word), *(str(one.levels.get(score, "")) for one in criteria if one.levels)]
        for score, word in SCALE.items()
    ]
    about = Sheet(_("Scores"), [heads_of_scale, *scale], wide=list(range(1, len(heads_of_scale))))
    return workbook.to_xlsx(
        _("Reviews: %(programme)s") % {"programme": pile.programme},
        [Sheet(_("Reviews"), [heads(), *rows(pile)], wide=[3, REASON]), about],
        pile.programme.zone,
    )


def to_csv(pile: Pile) -> str:
    """Semicolons and a byte order mark: what Finnish and Swedish spreadsheets open without asking."""
    file = io.StringIO()
    file.write("\ufeff")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads())
    for row in rows(pile):
        writer.writerow([f"'{cell}" if str(cell).startswith(FORMULA) else cell for cell in row])
    return file.getvalue()


def heads() -> list[str]:
    return [*HEAD, _("Application"), _("What is looked at"), _("Score 1–5"), _("Why")]


def rows(pile: Pile) -> Iterator[list[object]]:
    """Only what is still a draft: what was sent is not changed from a file."""
    criteria = queries.criteria_of(pile.reviewing)
    for lying in pile.lying:
        if lying.is_sent:
            continue
        review = getattr(lying.assignment, "review", None) or Review()
        for n, one in enumerate(criteria, start=1):
            score = review.scores.get(one.key, "")
            yield [
                str(lying.assignment.pk),
                str(n),
                lying.title,
                _asked(n, one),
                score,
                review.reasons.get(one.key, ""),
            ]
        yield [str(lying.assignment.pk), WHOLE, lying.title, _("On the whole"), "", review.overall]


def _asked(n: int, one: Measured) -> str:
    """With what each score means, a line each, so that it stands beside the cell that is filled in."""
    return "\n".join(
        [f"{n}. {one.title}. {one.description}", *(f"{score}: {words}" for score, words in one.levels.items())]
    )


def read(file: bytes) -> list[list[object]]:
    """The rows of the first sheet, or of a text with `;`, tabs or commas; values, never formulas."""
    if not file.strip():
        raise Refused("empty", _("The file is empty. Choose the one that you filled in."), "upload")
    if len(file) > LONGEST_FILE:
        raise Refused("large", _("The file is larger than 2 MB, so it is no sheet of reviews."), "upload")
    found = _packed(file) if file.startswith(PACKED) else _text(file)
    if len(found) > MOST_ROWS:
        raise Refused("long", _("The file has too many rows to be a sheet of reviews."), "upload")
    return found


def _packed(file: bytes) -> list[list[object]]:
    unreadable = Refused(
        "unreadable", _("This file cannot be read as a spreadsheet. Save it as .xlsx or CSV and try again."), "upload"
    )
    try:
        sheet = CalamineWorkbook.from_filelike(_repacked(file)).get_sheet_by_index(0)
        return [list(row) for row in sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + 1)]
    except UNREADABLE as error:
        raise unreadable from error


def _repacked(file: bytes) -> io.BytesIO:
    """What the file says it holds, and no more: a packed file may say little and unpack to gigabytes."""
    plain = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as packed, zipfile.ZipFile(plain, "w") as honest:
        parts = packed.infolist()
        if sum(one.file_size for one in parts) > LONGEST_UNPACKED:
            raise ValueError(file[:4])
        for one in parts:
            honest.writestr(one.filename, packed.read(one))
    plain.seek(0)
    return plain


def _text(file: bytes) -> list[list[object]]:
    text = decode(file)
    if "\x00" in text or "\N{REPLACEMENT CHARACTER}" in text:
        raise Refused(
            "unreadable",
            _("The letters of this file cannot be read. Save it as .xlsx, or as CSV in UTF-8, and try again."),
            "upload",
        )
    first = text.partition("\n")[0]
    sign = max(";\t,", key=first.count)
    try:
        return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign)]
    except csv.Error as error:
        raise Refused(
            "cells", _("A cell of this file is far too long. Look whether a quotation mark is missing."), "upload"
        ) from error


def as_text(table: Sequence[Sequence[object]]) -> str:
    """For the page that shows what a file would do: a page cannot hold a file."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([_plain(cell) for cell in row] for row in table)
    return text.getvalue()


def plan(person: Person, table: Sequence[Sequence[object]]) -> Plan:
    """Starts at what lies before the person, so that a row of anything else is only a row that nobody knows."""
    if not table or [str(cell).strip().lower() for cell in table[0][:2]] != list(HEAD):
        raise Refused(
            "head",
            _("The first row must begin with “id” and “criterion”, as in the sheet that you took out."),
            "upload",
        )
    open_ones = Assignment.objects.read_by(person).filter(application__intake__reviewing__state__in=SCORED)
    with_all = open_ones.select_related(
        "review",
        "application__receipt",
        "application__team",
        "application__intake__reviewing",
        "application__call__programme",
    )
    return _planned({str(one.pk): one for one in with_all}, table)


def _planned(known: Mapping[str, Assignment], table: Sequence[Sequence[object]]) -> Plan:
    brought: dict[str, Brought] = {}
    faults: list[Fault] = []
    keys = {pk: [one.key for one in queries.criteria_of(a.application.counts_for.reviewing)] for pk, a in known.items()}
    for line, row in enumerate(table[1:], start=2):
        cells = [_plain(cell) for cell in [*row, "", "", "", "", "", ""][: REASON + 1]]
        if not any(cells):
            continue
        assignment = known.get(cells[0])
        if assignment is None:
            faults.append(Fault(line, _("This row belongs to nothing that you have to read now.")))
            continue
        review = getattr(assignment, "review", None) or Review()
        if review.state == Review.State.SENT:
            faults.append(Fault(line, _("This review has been sent. Take it back first if you want to change it.")))
            continue
        if assignment.application.counts_for.reviewing.is_too_late(review):
            faults.append(Fault(line, _("The time for reading is over, so this row is not taken.")))
            continue
        one = brought.setdefault(cells[0], _begun(assignment, review, line))
        if words := _take(one, review, keys[cells[0]], cells):
            faults.append(Fault(line, words))
    return Plan(list(brought.values()), faults)


def _begun(assignment: Assignment, review: Review, line: int) -> Brought:
    title = title_of(assignment.application, blind=assignment.application.counts_for.reviewing.blind)
    kept = dict(review.scores), dict(review.reasons), review.overall
    return Brought(assignment, title, line, review.version, *kept)


def _take(one: Brought, review: Review, keys: Sequence[str], cells: Sequence[str]) -> str:
    """Puts one row in its place; answers what is wrong with it. An empty cell leaves what is kept as it is."""
    named, score, reason = cells[1], cells[SCORE], cells[REASON]
    if len(reason) > LONGEST_REASON:
        return _("The reason is longer than %(n)s signs.") % {"n": LONGEST_REASON}
    if named == WHOLE:
        one.changes += bool(reason) and reason != review.overall
        one.overall = reason or one.overall
        return ""
    if not 1 <= whole(named) <= len(keys):
        return _("There is no criterion “%(name)s”.") % {"name": named[:40]}
    key = keys[whole(named) - 1]
    if score and score not in {str(n) for n in range(LEAST, MOST + 1)}:
        return _("The score “%(score)s” is not a whole number from 1 to 5.") % {"score": score[:40]}
    if score:
        one.changes += int(score) != review.scores.get(key)
        one.scores[key] = int(score)
    if reason:
        one.changes += reason != review.reasons.get(key, "")
        one.reasons[key] = reason
    return ""


def _plain(cell: object) -> str:
    """Numbers as people write them; the mark that keeps a formula from running is no part of the words."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell).strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text
