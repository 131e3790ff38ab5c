"""What lies before a juror, cut-off by cut-off."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rihma.accounts.models import Person
from rihma.applications.models import Uptake
from rihma.base.parts import Option
from rihma.base.words import Words
from rihma.base.written import Written
from rihma.programmes.models import Programme
from rihma.reviews import queries
from rihma.reviews.content import title_of
from rihma.reviews.models import Assignment, Review, Reviewing
from rihma.reviews.rules.phases import Span


@dataclass(frozen=True)
class Lying:
    """One application that is theirs to read."""

    assignment: Assignment
    title: str
    number: str
    language: str
    state: str
    left: str
    challenges: Mapping[UUID, Words]

    @property
    def language_name(self) -> str:
        return dict(settings.LANGUAGES).get(self.language, self.language)

    @property
    def is_sent(self) -> bool:
        return self.state == Review.State.SENT


@dataclass(frozen=True)
class Pile:
    programme: Programme
    reviewing: Reviewing
    lying: tuple[Lying, ...]
    shown: tuple[Lying, ...]

    @property
    def sent(self) -> int:
        return sum(one.is_sent for one in self.lying)

    @property
    def spans(self) -> list[Span]:
        return [span for span in self.reviewing.times.spans() if span.is_said]

    @property
    def unsent(self) -> int:
        return len(self.lying) - self.sent


LYING = Written(
    lambda person: (
        Assignment.objects.read_by(Person(pk=person))
        .select_related(
            "review",
            "application__team",
            "application__receipt",
            "application__intake__reviewing",
            "application__call__programme",
        )
        .order_by(
            "-application__call__programme__starts",
            "application__call",
            "application__intake__number",
            "application__receipt__number",
        )
    )
)


def piles_of(person: Person, challenge: str = "") -> list[Pile]:
    """`challenge`: only what answers it is shown; all where it is none of theirs."""
    found = LYING(person.pk)
    answered = _answered(one.application_id for one in found)
    asked = next((one for each in answered.values() for one in each if str(one) == challenge), None)
    piles = []
    for intake, group in groupby(found, key=lambda one: one.application.counts_for):
        lying = tuple(_lying(one, intake.reviewing, answered[one.application_id]) for one in group)
        shown = lying if asked is None else tuple(one for one in lying if asked in one.challenges)
        piles.append(Pile(intake.programme, intake.reviewing, lying, shown))
    return piles


def challenges_in(piles: Sequence[Pile], asked: str) -> list[Option]:
    """The ways to see only what answers one challenge; none where there is none."""
    titles = {str(pk): str(title) for pile in piles for one in pile.lying for pk, title in one.challenges.items()}
    counts = Counter(str(pk) for pile in piles for one in pile.lying for pk in one.challenges)
    if not titles:
        return []
    each = [Option(title, f"?challenge={pk}", active=pk == asked, count=counts[pk]) for pk, title in titles.items()]
    return [Option(_("All challenges"), "?", active=asked not in titles), *each]


def _answered(applications: Iterable[UUID]) -> dict[UUID, dict[UUID, Words]]:
    found: dict[UUID, dict[UUID, Words]] = defaultdict(dict)
    taken = Uptake.objects.filter(application__in=list(applications)).order_by("place")
    for application, challenge, title in taken.values_list("application", "challenge", "challenge__title"):
        found[application][challenge] = title
    return found


def _lying(assignment: Assignment, reviewing: Reviewing, challenges: Mapping[UUID, Words]) -> Lying:
    review = getattr(assignment, "review", None)
    receipt = assignment.application.arrived
    return Lying(
        assignment,
        title_of(assignment.application, blind=reviewing.blind),
        receipt.number,
        receipt.content["team"]["language"],
        review.state if review else "waiting",
        _left(review, reviewing),
        challenges,
    )


def _left(review: Review | None, reviewing: Reviewing) -> str:
    if review is None or review.version == 0:
        return _("Not begun")
    if review.state == Review.State.SENT:
        return ""
    missing = sum(one.key not in review.scores for one in queries.criteria_of(reviewing))
    if missing:
        return ngettext("%(n)s score left", "%(n)s scores left", missing) % {"n": missing}
    return _("Ready to be sent")
