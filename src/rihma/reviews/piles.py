"""What lies before a juror, cut-off by cut-off."""

from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rihma.accounts.models import Person
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

    @property
    def language_name(self) -> str:
        return _(dict(settings.LANGUAGES).get(self.language, self.language))

    @property
    def is_sent(self) -> bool:
        return self.state == Review.State.SENT


@dataclass(frozen=True)
class Pile:
    programme: Programme
    reviewing: Reviewing
    lying: tuple[Lying, ...]

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


def piles_of(person: Person) -> list[Pile]:
    lying = groupby(LYING(person.pk), key=lambda one: one.application.counts_for)
    return [
        Pile(intake.programme, intake.reviewing, tuple(_lying(one, intake.reviewing) for one in group))
        for intake, group in lying
    ]


def _lying(assignment: Assignment, reviewing: Reviewing) -> Lying:
    review = getattr(assignment, "review", None)
    receipt = assignment.application.arrived
    return Lying(
        assignment,
        title_of(assignment.application, blind=reviewing.blind),
        receipt.number,
        receipt.content["team"]["language"],
        review.state if review else "waiting",
        _left(review, reviewing),
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
