"""How applications are read, as the programme file says it."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from rihma.accounts.models import Person
from rihma.calls.models import Intake
from rihma.programmes.file import Document, Problem, Section, Tables, check_local_time
from rihma.programmes.file import schema as s
from rihma.programmes.models import Programme
from rihma.reviews import actions
from rihma.reviews.models import Reviewing
from rihma.reviews.rules.phases import AFTER_CLOSING, FIELDS, MARK, REFUSE
from rihma.reviews.rules.reading import MOST_READERS

REVIEWING = s.table(
    "How applications are read; where the call has several cut-offs, those of the first. Public with the call.",
    {
        "readers": s.whole("How many jurors read each application.", least=1, most=MOST_READERS, default=2),
        "blind": s.yes_no("Whether names of people and organisations are hidden from jurors.", default=False),
        "families": s.yes_no("Whether a family of organisations counts as one of them.", default=True),
        "why_no_families": s.text("Why it does not, where it does not. Public.", most=1_000),
        "opens": s.moment("When reading begins by itself, by the programme's clock."),
        "due": s.moment("The last second in which a review is in time."),
        "talk": s.moment("When jurors see each other's reviews and talk."),
        "ends": s.moment("The last second of talking; then the review is closed."),
        "after_due": s.choice("Whether late reviews are marked or refused.", [MARK, REFUSE], default=MARK),
    },
)
PLAIN = ("readers", "blind", "families", "why_no_families", "after_due")


def check(document: Document) -> Iterator[Problem]:
    given = document.table("reviewing")
    if given and "call" not in document.tables:
        remedy = _("Add a table [%(key)s].") % {"key": "call"}
        yield Problem(("reviewing",), _("There is no call that this belongs to."), remedy)
    if not given.get("families", True) and not given.get("why_no_families", "").strip():
        remedy = _("Write it as %(key)s.") % {"key": "why_no_families"}
        yield Problem(
            ("reviewing", "families"), _("It is not said why families of organisations do not count."), remedy
        )
    closes, last = _closing(document), None
    for name in FIELDS:
        moment = given.get(name)
        if moment is None:
            continue
        if closes and name in AFTER_CLOSING and moment <= closes:
            remedy = _("Give a moment after %(moment)s.") % {"moment": closes.isoformat(sep=" ")}
            yield Problem(("reviewing", name), _("The review would end before all applications have arrived."), remedy)
        yield from check_local_time(("reviewing", name), moment.date(), moment.time(), document.zone)
        if last and moment <= last:
            remedy = _("Give a moment after %(moment)s.") % {"moment": last.isoformat(sep=" ")}
            yield Problem(("reviewing", name), _("The phases of the review must follow each other."), remedy)
        last = moment


def _closing(document: Document) -> datetime | None:
    """Until when the first of what is read can arrive."""
    call = document.table("call")
    cut_offs: list[datetime] = call.get("cut_offs", [])
    closes: datetime | None = call.get("closes")
    return cut_offs[0] if cut_offs else closes


def read(programme: Programme, tables: Tables, by: Person) -> None:
    given = tables.get("reviewing")
    intake = Intake.objects.filter(call__programme=programme).select_related("call__programme").first()
    if given is None or intake is None:
        return
    moments = {name: given.get(name) for name in FIELDS}
    days = {FIELDS[name][0]: moment and moment.date() for name, moment in moments.items()}
    clocks = {FIELDS[name][1]: moment and moment.time() for name, moment in moments.items()}
    plain = {name: given[name] for name in PLAIN}
    actions.set_up(intake, by=by, **plain, **days, **clocks)


def write(programme: Programme) -> Tables:
    reviewing = (
        Reviewing.objects.filter(intake__call__programme=programme)
        .select_related("intake__call")
        .order_by("intake__number")
        .first()
    )
    if reviewing is None:
        return {}
    reviewing.intake.call.programme = programme
    moments = {name: getattr(reviewing.times, name) for name in FIELDS}
    told = {name: datetime.combine(one.day, one.clock) for name, one in moments.items() if one}
    plain = {name: getattr(reviewing, name) for name in PLAIN}
    return {"reviewing": {**plain, **told}}


SECTION = Section(tables={"reviewing": REVIEWING}, check=check, read=read, write=write)
