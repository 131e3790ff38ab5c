from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from rihma.accounts.models import Person
from rihma.applications.models import Application, Uptake
from rihma.applications.queries import considered
from rihma.base.written import Written
from rihma.calls.models import Call, Intake
from rihma.calls.rules import LEAST, MOST, SCALE
from rihma.programmes.models import RUN, Role
from rihma.reviews import posting, ties
from rihma.reviews.models import JUDGED, Assignment, Conflict, Juror, Review, Reviewing
from rihma.reviews.rules.choosing import Pair, Reader, Table, Text
from rihma.reviews.rules.reading import Measured, mean, of_hundred
from rihma.reviews.ties import TIED
from rihma.reviews.words import CONFLICTS, SAID_OF_THEMSELVES
from rihma.teams.models import PLACES

if TYPE_CHECKING:
    from rihma.applications.models import ApplicationQuerySet


@dataclass(frozen=True)
class Standing:
    """What an application's reviews come to. `score` is 0–100; whoever must not know of it does not get it."""

    score: float | None
    reviews: int
    missing: int
    reasons: tuple[str, ...]
    # each criterion that was scored, with the mean of its scores
    by_criterion: tuple[tuple[Measured, float], ...] = ()

    @property
    def mean(self) -> float | None:
        """The same on the jurors' own scale."""
        return None if self.score is None else LEAST + self.score / 100 * (MOST - LEAST)


@dataclass(frozen=True)
class Heard:
    """One juror's reading of one application, with whether it counts."""

    assignment: Assignment
    tie: str

    @cached_property
    def review(self) -> Review | None:
        return getattr(self.assignment, "review", None)

    @property
    def is_sent(self) -> bool:
        return self.review is not None and self.review.state == Review.State.SENT

    @property
    def conflict(self) -> str:
        """In words, if there is one."""
        if self.tie:
            return str(CONFLICTS[self.tie])
        return str(CONFLICTS[SAID_OF_THEMSELVES]) if self.assignment.ending == Assignment.Ending.CONFLICT else ""

    @property
    def stands(self) -> bool:
        """Still theirs to read: neither ended nor in conflict."""
        return self.assignment.ended_at is None and not self.tie

    @property
    def counts(self) -> bool:
        return self.stands and self.is_sent


class Judged(NamedTuple):
    """One criterion as one juror judged it."""

    criterion: Measured
    score: int | None
    word: str
    reason: str


class Told(NamedTuple):
    """One review for those who may read it."""

    heard: Heard
    judged: list[Judged]
    overall: str
    mean: float | None


def judged(criterion: Measured, review: Review) -> Judged:
    score = review.scores.get(criterion.key)
    return Judged(criterion, score, str(SCALE[score]) if score else "", review.reasons.get(criterion.key, ""))


def told_of(one: Heard, criteria: Sequence[Measured]) -> Told:
    review = one.review or Review()
    return Told(one, [judged(each, review) for each in criteria], review.overall, mean(criteria, review.scores))


def reviewing_of(intake: Intake) -> Reviewing:
    """As it was set, or as it would begin: then it has no row yet."""
    found = Reviewing.objects.filter(intake=intake).first() or Reviewing(intake=intake)
    found.intake = intake
    return found


def is_begun(call: Call) -> bool:
    """Of any of its intakes: criteria are those of the whole call."""
    return Reviewing.objects.filter(intake__call=call).exclude(state=Reviewing.State.PREPARING).exists()


def handled_by(person: Person) -> "ApplicationQuerySet":
    """Submitted ones of programmes the person runs, without those of their own team, and those that they said, or as a
    juror are found, to be tied to.
    """
    own = Conflict.objects.standing().filter(person=person).values("application")
    return (
        Application.objects.filter(call__programme__in=RUN(person.pk), state=Application.State.SUBMITTED)
        .exclude(pk__in=own)
        .exclude(team__in=PLACES(person.pk))
        .exclude(Q(call__programme__in=JUDGED(person.pk)) & Q(pk__in=TIED(person.pk)))
    )


def declared(intake: Intake) -> list[Conflict]:
    """What jurors have said of themselves, and nobody has lifted."""
    return list(Conflict.objects.standing().filter(application__intake=intake).select_related("person"))


def conflicts(intake: Intake, people: Iterable[UUID], said: Sequence[Conflict] | None = None) -> dict[Pair, str]:
    """(application, person) → what is known against it, by rule or because somebody said so of themselves."""
    pairs = [(one.application_id, one.person_id) for one in (declared(intake) if said is None else said)]
    return {**ties.found(intake, people), **dict.fromkeys(pairs, SAID_OF_THEMSELVES)}


def heard(intake: Intake, known: Mapping[Pair, str] | None = None) -> dict[UUID, list[Heard]]:
    """Application → everybody who has had it to read, those whose reading ended too."""
    found = Assignment.objects.filter(application__in=considered().filter(intake=intake))
    assignments = list(found.select_related("review", "person"))
    against = conflicts(intake, {one.person_id for one in assignments}) if known is None else known
    by_application: dict[UUID, list[Heard]] = defaultdict(list)
    for one in assignments:
        by_application[one.application_id].append(Heard(one, against.get((one.application_id, one.person_id), "")))
    return by_application


_HANDLED = Written(
    lambda person, pk: (
        handled_by(Person(pk=person)).filter(pk=pk).select_related("intake__reviewing").only("intake", "team")
    )
)
_READ = Written(
    lambda pk: (
        Assignment.objects.filter(application__in=considered().filter(pk=pk))
        .annotate(said=Exists(Conflict.objects.standing().filter(application=pk, person=OuterRef("person"))))
        .annotate(answers_posted=Exists(Uptake.objects.filter(application=pk)))
        .select_related("review", "person")
    )
)


def heard_of(application: Application, person: Person) -> tuple[Reviewing | None, list[Heard]]:
    """`heard` of one application for whoever handles it, with how it is read; nothing for those who do not handle it."""
    found = _HANDLED.first(person.pk, application.pk)
    reviewing: Reviewing | None = getattr(found.intake, "reviewing", None) if found else None
    if found is None or reviewing is None:
        return None, []
    reviewing.intake = application.counts_for
    return reviewing, heard_alone(application, reviewing)


def heard_alone(application: Application, reviewing: Reviewing) -> list[Heard]:
    """`heard` of one application, without a look at all the others that arrived with it."""
    assignments = _READ(application.pk)
    # Challenges that it answers are looked up where there are some.
    posted = any(vars(one)["answers_posted"] for one in assignments)
    how = reviewing.families, reviewing.posters_read
    listed = [(application.team_id, application.pk, *how, *(None for _column in posting.COLUMNS))]
    people = {one.person_id for one in assignments}
    tied = ties.found(application.counts_for, people, None if posted else listed) if people else {}
    against = {one.pk: tied.get((application.pk, one.person_id), "") for one in assignments}
    return [Heard(one, SAID_OF_THEMSELVES if vars(one)["said"] else against[one.pk]) for one in assignments]


def standings(intake: Intake) -> dict[UUID, Standing]:
    """All that was submitted. Reviews by jurors in conflict do not count, whenever the conflict arose."""
    reviewing = reviewing_of(intake)
    submitted = considered().filter(intake=intake).order_by("pk")
    readings, measured = heard(intake), criteria_of(reviewing)
    return {
        application: standing_of(readings.get(application, []), measured, reviewing.readers)
        for application in submitted.values_list("pk", flat=True)
    }


def standing_of(readings: Sequence[Heard], measured: Sequence[Measured], wanted: int) -> Standing:
    counted = [one.review for one in readings if one.counts and one.review]
    means = [found for review in counted if (found := mean(measured, review.scores)) is not None]
    expected = max(wanted, sum(one.stands for one in readings))
    return Standing(
        score=of_hundred(sum(means) / len(means)) if means else None,
        reviews=len(counted),
        missing=expected - len(counted),
        reasons=tuple(text for review in counted for text in told(review, measured)),
        by_criterion=tuple(_by_criterion(counted, measured)),
    )


def _by_criterion(counted: Sequence[Review], measured: Sequence[Measured]) -> Iterator[tuple[Measured, float]]:
    for one in measured:
        scores = [review.scores[one.key] for review in counted if one.key in review.scores]
        if scores:
            yield one, sum(scores) / len(scores)


def told(review: Review, measured: Sequence[Measured]) -> list[str]:
    """A review's reasons in the order of the criteria."""
    each = (review.reasons.get(one.key, "").strip() for one in measured)
    return [text for text in (*each, review.overall.strip()) if text]


def criteria_of(reviewing: Reviewing) -> list[Measured]:
    """As they stood when reading began; before that as the call says them now."""
    return Measured.of(reviewing.criteria or kept_criteria(reviewing.intake.call))


def kept_criteria(call: Call) -> list[dict[str, object]]:
    return [
        {
            "key": str(one.pk),
            "title": one.title.to_dict(),
            "description": one.description.to_dict(),
            "weight": one.weight,
            "levels": {str(score): words.to_dict() for score, words in one.levels.items()},
        }
        for one in call.criteria.current()
    ]


def jurors_of(reviewing: Reviewing) -> list[Juror]:
    """Everybody who is a juror now, with what is known of them; who has said nothing reads their own language."""
    roles = Role.objects.current().filter(programme=reviewing.intake.call.programme_id, role=Role.Kind.JUROR)
    known = {}
    if reviewing.pk:
        known = {one.person_id: one for one in reviewing.jurors.prefetch_related("themes", "challenges")}
    people = {role.person_id: role.person for role in roles}
    return [_juror(known.get(pk), person, reviewing) for pk, person in people.items()]


def _juror(known: Juror | None, person: Person, reviewing: Reviewing) -> Juror:
    juror = known or Juror(reviewing=reviewing, languages=[person.language])
    juror.person = person
    return juror


def texts_of(applications: "QuerySet[Application]") -> list[Text]:
    """In order of arrival, so that the same applications are always asked for in the same order."""
    rows = applications.order_by("receipt__number", "uptakes__place")
    found: dict[UUID, Text] = {}
    for pk, language, theme, challenge in rows.values_list("pk", "team__language", "team__theme", "uptakes__challenge"):
        known = found[pk].challenges if pk in found else frozenset[UUID]()
        found[pk] = Text(pk, language, theme, known | ({challenge} - {None}))
    return list(found.values())


def table_of(reviewing: Reviewing, texts: Sequence[Text], jurors: Sequence[Juror]) -> Table:
    intake = reviewing.intake
    standing = Assignment.objects.current().filter(application__intake=intake).values_list("application", "person")
    barred = conflicts(intake, [juror.person_id for juror in jurors])
    readers = [reader_of(juror) for juror in sorted(jurors, key=lambda one: str(one.person_id))]
    fixed = frozenset(standing) - barred.keys()
    return Table(texts, readers, reviewing.readers, fixed, frozenset(barred), reviewing.only_known)


def reader_of(juror: Juror) -> Reader:
    themes = frozenset(theme.pk for theme in juror.themes.all()) if juror.pk else frozenset[UUID]()
    challenges = frozenset(one.pk for one in juror.challenges.all()) if juror.pk else frozenset[UUID]()
    return Reader(juror.person_id, frozenset(juror.languages), themes, challenges, juror.most)
