"""How a review goes from its first score to being counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.calls.rules import LEAST, MOST
from rihma.reviews.rules.phases import SCORED, check_may_move

REVIEW_MOVES: dict[str, set[str]] = {
    "draft": {"sent"},
    "sent": {"draft"},
}

LONGEST_REASON = 5_000
MOST_READERS = 9


@dataclass(frozen=True)
class Measured:
    """One criterion as it stood when reading began."""

    key: str
    title: Words
    description: Words
    weight: int
    # score → what it means for this criterion, where something is said
    levels: Mapping[int, Words] = field(default_factory=dict)

    @classmethod
    def of(cls, kept: Iterable[Mapping[str, Any]]) -> list["Measured"]:
        return [
            cls(
                one["key"],
                Words(one["title"]),
                Words(one["description"]),
                one["weight"],
                {int(score): Words(words) for score, words in one.get("levels", {}).items()},
            )
            for one in kept
        ]


def check_may_begin(state: str, *, criteria: int, assigned: int) -> None:
    check_may_move(state, "reading")
    if not criteria:
        raise Refused("criteria", _("The call has no criteria to read by. Write them first."))
    if not assigned:
        raise Refused("assigned", _("Nobody has anything to read yet. Assign applications to jurors first."))


def check_may_assign(state: str, *, conflict: str) -> None:
    check_open(state)
    if conflict:
        raise Refused("conflict", _("This juror has a conflict of interest and cannot read this application."))


def check_open(state: str) -> None:
    if state == "closed":
        raise Refused("closed", _("The review is closed. Open it again before you change anything."))


def check_says_why(*, families: bool, why: str) -> None:
    if not families and not why.strip():
        raise Refused(
            "why_missing",
            _("Say why somebody of the same family of organisations may read it. The call's page tells it."),
            "why_no_families",
        )


def check_may_set_blind(state: str, *, before: bool, after: bool) -> None:
    if state != "preparing" and before != after:
        raise Refused(
            "begun", _("Reading has begun, so whether names are hidden can no longer change: some have read already.")
        )


def check_may_read(reviewing: str, *, too_late: bool = False) -> None:
    if reviewing not in SCORED:
        raise Refused("closed", _("The review is closed, so scores can no longer be changed."))
    if too_late:
        raise Refused(
            "due",
            _("The time for reading is over, so nothing can be sent or changed. Ask those who run the programme."),
        )


def check_may_save(reviewing: str, state: str, *, version: int, newest: int, too_late: bool = False) -> None:
    check_may_read(reviewing, too_late=too_late)
    if state != "draft":
        raise Refused("sent", _("You have sent this review. Take it back first if you want to change it."))
    if version != newest:
        raise Refused(
            "newer", _("This review was saved elsewhere meanwhile. Compare the two below, then save again."), None
        )


def check_scores(
    criteria: Sequence[Measured], scores: Mapping[str, int], reasons: Mapping[str, str], overall: str
) -> None:
    """Pages offer nothing else; files and programs may."""
    known = {one.key for one in criteria}
    if unknown := sorted((scores.keys() | reasons.keys()) - known):
        raise Refused("criterion", _("There is no criterion “%(name)s”.") % {"name": unknown[0][:40]})
    if any(not LEAST <= score <= MOST for score in scores.values()):
        raise Refused("score", _("A score is a whole number from 1 to 5."))
    if any(len(text) > LONGEST_REASON for text in (*reasons.values(), overall)):
        raise Refused("long", _("The reason is longer than %(n)s signs.") % {"n": LONGEST_REASON})


def check_may_send(reviewing: str, state: str, lacking: Sequence[str], *, too_late: bool = False) -> None:
    check_may_read(reviewing, too_late=too_late)
    if "sent" not in REVIEW_MOVES[state]:
        raise Refused("sent", _("You have sent this review already."))
    for words in lacking:
        raise Refused("lacking", words)


def check_may_reopen(reviewing: str, state: str, *, too_late: bool = False) -> None:
    check_may_read(reviewing, too_late=too_late)
    if "draft" not in REVIEW_MOVES[state]:
        raise Refused("state", _("This review is a draft: you can change it as it is."))


def check_may_remark(*, is_open: bool) -> None:
    if not is_open:
        raise Refused("alone", _("You can talk about it when every reader has sent their review."))


def check_may_declare(*, already: bool) -> None:
    if already:
        raise Refused("known", _("This conflict of interest is known already."))


def lacking(
    criteria: Sequence[Measured], scores: Mapping[str, int], reasons: Mapping[str, str], overall: str
) -> list[str]:
    """In words what still keeps a review from being sent."""
    words = [
        str(_("Give a score for “%(criterion)s”.") % {"criterion": one.title})
        for one in criteria
        if one.key not in scores
    ]
    told = overall.strip() or all(reasons.get(one.key, "").strip() for one in criteria)
    return words if told else [*words, str(_("Write why: for each criterion, or for the whole."))]


def mean(criteria: Sequence[Measured], scores: Mapping[str, int]) -> float | None:
    """By the weights, of what was scored."""
    given = [(one.weight, scores[one.key]) for one in criteria if one.key in scores]
    weights = sum(weight for weight, _score in given)
    return sum(weight * score for weight, score in given) / weights if weights else None


def of_hundred(score: float) -> float:
    """1 is 0 and 5 is 100, so that the worst an application can get is nothing."""
    return (score - LEAST) / (MOST - LEAST) * 100
