"""How applications are read, as the programme file says it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from rihma.accounts.models import Person
from rihma.calls.models import Intake
from rihma.programmes.file import Document, Path, Problem, Row, Section, Tables, check_local_time
from rihma.programmes.file import schema as s
from rihma.programmes.models import Programme
from rihma.reviews import actions
from rihma.reviews.models import Reviewing
from rihma.reviews.rules.phases import AFTER_CLOSING, FIELDS, MARK, REFUSE
from rihma.reviews.rules.reading import MOST_READERS

KEYS = {
    "readers": s.whole("How many jurors read each application.", least=1, most=MOST_READERS, default=2),
    "blind": s.yes_no("Whether names of people and organisations are hidden from jurors.", default=False),
    "families": s.yes_no("Whether a family of organisations counts as one of them.", default=True),
    "why_no_families": s.text("Why it does not, where it does not. Public.", most=1_000),
    "posters_read": s.yes_no("Whether whoever posted a challenge may read what answers it.", default=False),
    "only_known": s.yes_no("Whether jurors who know some challenges get answers to these only.", default=False),
    "opens": s.moment("When reading begins by itself, by the programme's clock."),
    "due": s.moment("The last second in which a review is in time."),
    "talk": s.moment("When jurors see each other's reviews and talk."),
    "ends": s.moment("The last second of talking; then the review is closed."),
    "after_due": s.choice("Whether late reviews are marked or refused.", [MARK, REFUSE], default=MARK),
}
REVIEWING = s.table(
    "How applications are read; where the call has several cut-offs, those of the first. Public with the call.", KEYS
)
LATER = s.rows(
    "How those of a later cut-off are read, where the call has several.",
    {"cut_off": s.whole("Its number; the last one is the closing of the call.", least=2, most=51), **KEYS},
    required=["cut_off"],
)
PLAIN = ("readers", "blind", "families", "why_no_families", "posters_read", "only_known", "after_due")


def check(document: Document) -> Iterator[Problem]:
    given, later = document.table("reviewing"), document.rows("later_reviewing")
    for path in [("reviewing",)] * bool(given) + [("later_reviewing", 0)] * bool(later):
        if "call" not in document.tables:
            remedy = _("Add a table [%(key)s].") % {"key": "call"}
            yield Problem(path, _("There is no call that this belongs to."), remedy)
    closings = _closings(document)
    yield from _check_one(("reviewing",), given, closings[0], document)
    known = {1}
    for number, row in enumerate(later):
        path, cut_off = ("later_reviewing", number), row.get("cut_off", 0)
        if cut_off in known or (cut_off > len(closings) and "call" in document.tables):
            what = _("There is no cut-off %(n)s, or it has been told already.") % {"n": cut_off}
            yield Problem((*path, "cut_off"), what, _("Give each later cut-off its own number, from 2 on."))
            continue
        known.add(cut_off)
        closes = closings[cut_off - 1] if 0 < cut_off <= len(closings) else None
        yield from _check_one(path, row, closes, document)


def _check_one(path: Path, given: Row, closes: datetime | None, document: Document) -> Iterator[Problem]:
    if not given.get("families", True) and not given.get("why_no_families", "").strip():
        remedy = _("Write it as %(key)s.") % {"key": "why_no_families"}
        yield Problem((*path, "families"), _("It is not said why families of organisations do not count."), remedy)
    last = None
    for name in FIELDS:
        moment = given.get(name)
        if moment is None:
            continue
        if closes and name in AFTER_CLOSING and moment <= closes:
            remedy = _("Give a moment after %(moment)s.") % {"moment": closes.isoformat(sep=" ")}
            yield Problem((*path, name), _("The review would end before all applications have arrived."), remedy)
        yield from check_local_time((*path, name), moment.date(), moment.time(), document.zone)
        if last and moment <= last:
            remedy = _("Give a moment after %(moment)s.") % {"moment": last.isoformat(sep=" ")}
            yield Problem((*path, name), _("The phases of the review must follow each other."), remedy)
        last = moment


def _closings(document: Document) -> list[datetime | None]:
    """Until when what is read together can arrive, cut-off by cut-off."""
    call = document.table("call")
    return [*call.get("cut_offs", []), call.get("closes")]


def read(programme: Programme, tables: Tables, by: Person) -> None:
    given = {row["cut_off"]: row for row in tables.get("later_reviewing", [])}
    if "reviewing" in tables:
        given[1] = tables["reviewing"]
    for intake in Intake.objects.filter(call__programme=programme).select_related("call__programme"):
        if row := given.get(intake.number):
            _set_up(intake, row, by)


def _set_up(intake: Intake, given: Row, by: Person) -> None:
    moments: dict[str, Any] = {name: given.get(name) for name in FIELDS}
    days = {FIELDS[name][0]: moment and moment.date() for name, moment in moments.items()}
    clocks = {FIELDS[name][1]: moment and moment.time() for name, moment in moments.items()}
    plain = {name: given[name] for name in PLAIN}
    actions.set_up(intake, by=by, **plain, **days, **clocks)


def write(programme: Programme) -> Tables:
    found = Reviewing.objects.filter(intake__call__programme=programme).select_related("intake__call")
    later = []
    tables: Tables = {}
    for reviewing in found.order_by("intake__number"):
        reviewing.intake.call.programme = programme
        told = _told(reviewing)
        if reviewing.intake.number == 1:
            tables["reviewing"] = told
        else:
            later.append({"cut_off": reviewing.intake.number, **told})
    return {**tables, "later_reviewing": later} if later else tables


def _told(reviewing: Reviewing) -> Row:
    moments = {name: getattr(reviewing.times, name) for name in FIELDS}
    told = {name: datetime.combine(one.day, one.clock) for name, one in moments.items() if one}
    return {**{name: getattr(reviewing, name) for name in PLAIN}, **told}


SECTION = Section(tables={"reviewing": REVIEWING, "later_reviewing": LATER}, check=check, read=read, write=write)
