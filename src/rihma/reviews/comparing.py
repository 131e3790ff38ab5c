"""How jurors stand beside each other, for those who run the programme."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from rihma.accounts.models import Person
from rihma.calls.models import Intake
from rihma.reviews import queries
from rihma.reviews.queries import Heard
from rihma.reviews.rules.agreement import Agreement, agreement
from rihma.reviews.rules.calibration import Calibrated, calibrate, places
from rihma.reviews.rules.reading import Measured, mean

# Krippendorff's own bounds: below the first nothing should rest on the scores alone, above the second they are reliable.
SHAKY, RELIABLE = 0.667, 0.8
# Fewer shared readings say more of the applications than of the juror.
FEW = 3
# A quarter of the step between two scores: less may as well be chance.
NOTHING = 0.25


class JurorLine(NamedTuple):
    name: str
    reviews: int
    shared: int
    mean: float
    mildness: float

    @property
    def is_sure(self) -> bool:
        return self.shared >= FEW

    @property
    def leaning(self) -> str:
        return "even" if abs(self.mildness) < NOTHING else "mild" if self.mildness > 0 else "harsh"


class Moved(NamedTuple):
    """One application with what a correction would do to it."""

    application: UUID
    team: str
    mean: float
    place: int
    corrected: float
    place_then: int

    @property
    def moves(self) -> bool:
        return self.place != self.place_then


def page(intake: Intake, person: Person) -> dict[str, object]:
    """Only of what the person may see: what they are tied to is no part of any number here."""
    reviewing = queries.reviewing_of(intake)
    seen = dict(queries.handled_by(person).filter(intake=intake).values_list("pk", "team__name"))
    criteria = queries.criteria_of(reviewing)
    heard = queries.heard(intake)
    counted = {pk: [one for one in heard.get(pk, []) if one.counts] for pk in seen}
    found = _means(counted, criteria)
    calibrated = calibrate(found)
    agreed = agreement([_scores(own, criteria) for own in counted.values() if len(own) > 1])
    moved = _moved(calibrated, seen)
    return {
        "call": intake.call,
        "intake": intake,
        "programme": intake.programme,
        "reviewing": reviewing,
        "agreement": agreed,
        "verdict": _verdict(agreed),
        "jurors": _lines(counted, found, calibrated),
        "moved": moved,
        "moves": sum(one.moves for one in moved),
    }


def _means(counted: Mapping[UUID, Sequence[Heard]], criteria: Sequence[Measured]) -> dict[tuple[UUID, UUID], float]:
    means = {}
    for application, own in counted.items():
        for one in own:
            value = mean(criteria, one.review.scores) if one.review else None
            if value is not None:
                means[application, one.assignment.person_id] = value
    return means


def _scores(own: Sequence[Heard], criteria: Sequence[Measured]) -> list[list[int]]:
    reviews = [one.review for one in own if one.review]
    return [[review.scores[each.key] for review in reviews if each.key in review.scores] for each in criteria]


def _verdict(agreed: Agreement | None) -> str:
    if agreed is None:
        return ""
    return "reliable" if agreed.alpha >= RELIABLE else "shaky" if agreed.alpha < SHAKY else "fair"


def _lines(
    counted: Mapping[UUID, Sequence[Heard]], means: Mapping[tuple[UUID, UUID], float], calibrated: Calibrated
) -> list[JurorLine]:
    own, shared, names = defaultdict[UUID, list[float]](list), defaultdict[UUID, int](int), {}
    for application, readings in counted.items():
        for one in readings:
            juror = one.assignment.person_id
            names[juror] = str(one.assignment.person)
            own[juror].append(means[application, juror])
            shared[juror] += len(readings) > 1
    lines = [
        JurorLine(names[juror], len(values), shared[juror], sum(values) / len(values), calibrated.mildness[juror])
        for juror, values in own.items()
    ]
    return sorted(lines, key=lambda line: (-line.mildness, line.name))


def _moved(calibrated: Calibrated, teams: Mapping[UUID, str]) -> list[Moved]:
    now, then = places(calibrated.plain), places(calibrated.corrected)
    moved = [
        Moved(pk, teams[pk], value, now[pk], calibrated.corrected[pk], then[pk])
        for pk, value in calibrated.plain.items()
    ]
    return sorted(moved, key=lambda one: (one.place, one.team))
