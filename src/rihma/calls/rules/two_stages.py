"""A call in two stages: a short idea first, and then the whole application of those who go on."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused
from rihma.calls.rules.stages import Stage
from rihma.calls.rules.times import NOTICE, Moment
from rihma.programmes.rules import check_exact

# In which of them a question is asked.
IDEA, FULL, BOTH = "idea", "full", "both"
ASKED_IN = (BOTH, IDEA, FULL)


def is_asked_in(said: str, stage: str) -> bool:
    """`stage` is empty in a call that has only one: there everything is asked of everybody."""
    return not stage or said in {BOTH, stage}


def check_may_have_stages(*, cut_offs: bool, answered: bool) -> None:
    if cut_offs:
        raise Refused(
            "cut_offs", _("A call has cut-off dates or two stages, not both. Remove the cut-off dates first.")
        )
    if answered:
        raise Refused("answered", _("Applications have been sent already, so the stages of the call stay as they are."))


def check_may_have_cut_offs(*, staged: bool) -> None:
    if staged:
        raise Refused("staged", _("A call has cut-off dates or two stages, not both. Make it one stage first."))


def check_idea_closing(
    before: Moment | None,
    after: Moment,
    around: tuple[datetime | None, datetime],
    *,
    stage: Stage,
    now: datetime,
) -> None:
    """`around`: when the call opens, if that is said, and when it closes. `before`: nothing while there is one stage."""
    if after == before:
        return
    opens, closes = around
    check_exact(after.day, after.clock, after.zone, "closes_on")
    if before and before.instant <= now and stage is not Stage.AHEAD:
        raise Refused("over", _("The idea stage has ended, so its day stays as it was."), "closes_on")
    if after.instant <= now:
        raise Refused("past", _("That moment has passed. Choose one that is still to come."), "closes_on")
    if (opens is not None and after.instant <= opens) or after.instant >= closes:
        raise Refused("order", _("The idea stage ends after the call opens and before it closes."), "closes_on")
    # Also of a call that had one stage, because whoever has begun was promised its closing.
    sooner = after.instant < before.instant if before else stage is not Stage.AHEAD
    if stage is not Stage.AHEAD and sooner and after.instant < now + NOTICE:
        raise Refused(
            "too_soon",
            _(
                "The call is open. The end of the idea stage must be at least seven days ahead, so that people can react."
            ),
            "closes_on",
        )


def check_reason(stage: Stage, because: Collection[str]) -> None:
    if stage is not Stage.AHEAD and not because:
        raise Refused("because", _("Say why this changes; everybody who has begun gets a mail with it."), "because")


def check_ideas_most(*, announced: bool, changed: bool) -> None:
    if announced and changed:
        raise Refused(
            "announced", _("It has been announced who goes on, so their number stays as it was."), "ideas_most"
        )
