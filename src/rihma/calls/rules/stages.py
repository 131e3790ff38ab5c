"""How much of a call may still change."""

from collections.abc import Collection
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused


class Stage(StrEnum):
    """How much of a call may still change. Nobody is bound before it opens; nothing moves once it has closed."""

    AHEAD = "ahead"
    OPEN = "open"
    # kept apart from open, because whoever has sent an application cannot answer what becomes stricter
    ANSWERED = "answered"
    OVER = "over"
    # only of criteria: jurors have begun to read by them, be the call still open or not
    READ = "read"


# Stages in which none is added or removed, because somebody has answered or was read by those there are.
QUESTIONS_STAND = frozenset({Stage.OVER})
CRITERIA_STAND = frozenset({Stage.ANSWERED, Stage.OVER, Stage.READ})


def stage_of(*, ahead: bool, is_open: bool, answered: bool) -> Stage:
    if ahead:
        return Stage.AHEAD
    if not is_open:
        return Stage.OVER
    return Stage.ANSWERED if answered else Stage.OPEN


def check_none_yet(*, has_call: bool) -> None:
    if has_call:
        raise Refused("known", _("This programme has its call already."))


def check_not_over(stage: Stage) -> None:
    if stage is Stage.READ:
        raise Refused(
            "read",
            _(
                "Jurors have begun to read by these criteria, so they stay as they are: everybody is read by one measure."
            ),
        )
    if stage in QUESTIONS_STAND:
        raise Refused(
            "over",
            _("The call has closed, so what it asked and by what applications are read stays as it was."),
        )


def check_may_amend(stage: Stage, because: Collection[str]) -> None:
    """What people may have read already changes only with a reason, which is public."""
    check_not_over(stage)
    if stage is not Stage.AHEAD and not because:
        raise Refused(
            "because", _("The call is open and people plan by it. Say why this changes; they will read it."), "because"
        )
