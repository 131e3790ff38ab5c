"""How the review of an intake stands, for those who run the programme."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.base import clock
from rihma.calls.models import Intake
from rihma.reviews import queries
from rihma.reviews.forms import RemarkForm
from rihma.reviews.models import Juror, Reviewing
from rihma.reviews.queries import Heard, Standing
from rihma.reviews.rules import choosing
from rihma.reviews.words import CONFLICTS


@dataclass(frozen=True)
class Row:
    """One application with its readers."""

    application: UUID
    team: str
    language: str
    readings: tuple[Heard, ...]
    standing: Standing

    wanted: int

    @property
    def mean(self) -> float | None:
        return self.standing.mean

    @property
    def standing_readers(self) -> list[Heard]:
        """Those who are named: without whoever fell away, so that not even a comma tells of them."""
        return [one for one in self.readings if one.stands]

    @property
    def short(self) -> int:
        return max(0, self.wanted - len(self.standing_readers))

    @property
    def fallen(self) -> int:
        """Readers whose conflict of interest came to light."""
        return sum(bool(one.conflict) for one in self.readings)


@dataclass(frozen=True)
class JurorRow:
    juror: Juror
    languages: str
    themes: str
    challenges: str
    load: int
    sent: int
    # something is still to be sent, and the time for it is over or nearly so
    behind: bool


@dataclass(frozen=True)
class Candidate:
    """Somebody who could read it too, or why they cannot."""

    juror: Juror
    why: str
    may: bool


def page(intake: Intake, person: Person) -> dict[str, object]:
    reviewing = queries.reviewing_of(intake)
    jurors = queries.jurors_of(reviewing)
    seen = queries.handled_by(person).filter(intake=intake).order_by("receipt__number")
    listed = list(seen.values_list("pk", "team__name", "team__language"))
    heard = queries.heard(intake)
    criteria = queries.criteria_of(reviewing)
    wanted = reviewing.readers
    rows = [
        Row(pk, team, language, tuple(own := heard.get(pk, [])), queries.standing_of(own, criteria, wanted), wanted)
        for pk, team, language in listed
    ]
    return {
        "call": intake.call,
        "intake": intake,
        "programme": intake.programme,
        "reviewing": reviewing,
        "rows": rows,
        "jurors": _juror_rows(jurors, rows, presses=_presses(reviewing)),
        "spans": [span for span in reviewing.times.spans() if span.is_said],
        "too_early": reviewing.state != "closed" and reviewing.times.too_early(intake.closing),
        "moves": _moves(reviewing, can_begin=bool(rows and criteria)),
        "criteria": criteria,
        "sent": sum(row.standing.reviews for row in rows),
        "wanted": sum(row.standing.reviews + row.standing.missing for row in rows),
        "lacking": sum(row.short > 0 for row in rows),
    }


def of_application(application: Application) -> dict[str, object]:
    intake = application.counts_for
    reviewing = queries.reviewing_of(intake)
    jurors = queries.jurors_of(reviewing)
    said = queries.declared(intake)
    known = queries.conflicts(intake, [juror.person_id for juror in jurors], said)
    readings = queries.heard(intake, known)
    criteria = queries.criteria_of(reviewing)
    own = readings.get(application.pk, [])
    standing = queries.standing_of(own, criteria, reviewing.readers)
    load = Counter(one.assignment.person_id for each in readings.values() for one in each if one.stands)
    return {
        "application": application,
        "call": intake.call,
        "intake": intake,
        "programme": intake.programme,
        "reviewing": reviewing,
        "standing": standing,
        "mean": standing.mean,
        "readers": [(queries.told_of(one, criteria), choosing.in_words(one.assignment.because)) for one in own],
        "candidates": _candidates(application, jurors, own, known, load),
        "conflicts": [one for one in said if one.application_id == application.pk],
        "remarks": application.remarks.select_related("by"),
        "remark_form": RemarkForm(),
    }


def _presses(reviewing: Reviewing) -> bool:
    times, now = reviewing.times, clock.now()
    return reviewing.is_scored and (times.reminds(now) or times.is_past_due(now))


def _moves(reviewing: Reviewing, *, can_begin: bool) -> list[tuple[str, str]]:
    """What those who run it can do with the whole now, as `views.handling.DEEDS` names it."""
    offered = {
        "preparing": [("begin", _("Begin the review"))] if can_begin else [],
        "reading": [("discuss", _("Let jurors talk")), ("close", _("Close the review"))],
        "discussing": [("open_again", _("Back to reading")), ("close", _("Close the review"))],
        "closed": [("open_again", _("Open the review again"))],
    }
    return offered[reviewing.state]


def _juror_rows(jurors: Sequence[Juror], rows: Sequence[Row], *, presses: bool) -> list[JurorRow]:
    stands = [one for row in rows for one in row.readings if one.stands]
    load = Counter(one.assignment.person_id for one in stands)
    sent = Counter(one.assignment.person_id for one in stands if one.is_sent)
    names = dict(settings.LANGUAGES)
    return [
        JurorRow(
            juror,
            ", ".join(names[one] for one in juror.languages if one in names),
            ", ".join(str(theme) for theme in juror.themes.all()) if juror.pk else "",
            ", ".join(str(one) for one in juror.challenges.all()) if juror.pk else "",
            load[juror.person_id],
            sent[juror.person_id],
            behind=presses and sent[juror.person_id] < load[juror.person_id],
        )
        for juror in jurors
    ]


def _candidates(
    application: Application,
    jurors: Sequence[Juror],
    own: Sequence[Heard],
    known: dict[tuple[UUID, UUID], str],
    load: Counter[UUID],
) -> list[Candidate]:
    """The likeliest first, and at the end those who may not, with why."""
    reading = {one.assignment.person_id for one in own if one.stands}
    (text,) = queries.texts_of(Application.objects.filter(pk=application.pk))
    free = [juror for juror in jurors if juror.person_id not in reading]
    barred = [juror for juror in free if (application.pk, juror.person_id) in known]
    readers = {juror.person_id: queries.reader_of(juror) for juror in free if juror not in barred}
    may = sorted(
        (juror for juror in free if juror not in barred),
        key=lambda one: (choosing.price(text, readers[one.person_id], load), str(one)),
    )

    def said(juror: Juror) -> str:
        others = [other for pk, other in readers.items() if pk != juror.person_id]
        with_it = {**load, juror.person_id: load[juror.person_id] + 1}
        return ", ".join(choosing.in_words(choosing.why(text, readers[juror.person_id], others, with_it)))

    return [
        *(Candidate(one, said(one), may=True) for one in may),
        *(Candidate(one, str(CONFLICTS[known[application.pk, one.person_id]]), may=False) for one in barred),
    ]
