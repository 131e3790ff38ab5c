"""Cut-offs before the closing: what arrives until one of them is decided on without waiting for the rest."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused
from rihma.calls.rules.stages import Stage
from rihma.calls.rules.times import NOTICE, Moment
from rihma.programmes.rules import check_exact


def check_may_add_cut_off(
    new: Moment, others: Sequence[Moment], *, opens: datetime | None, answered: bool, now: datetime
) -> None:
    """`answered`: something has arrived for the cut-off that would come after the new one."""
    _check_ahead(new, opens, now)
    if any(one.instant == new.instant for one in others):
        raise Refused("known", _("There is a cut-off at that moment already."), "closes_on")
    if answered:
        raise Refused(
            "answered",
            _("Applications have arrived that count for the cut-off after it. Choose a day after that one."),
            "closes_on",
        )


def check_may_move_cut_off(
    before: Moment,
    after: Moment,
    around: tuple[datetime | None, datetime],
    *,
    stage: Stage,
    now: datetime,
    because: Collection[str],
) -> None:
    """`around`: the cut-off before it, or when the call opens, and the one after it."""
    earliest, latest = around
    if before.instant <= now and stage is not Stage.AHEAD:
        raise Refused("over", _("This cut-off has passed, so it stays as it was."), "closes_on")
    _check_ahead(after, None, now)
    if (earliest is not None and after.instant <= earliest) or after.instant >= latest:
        raise Refused("order", _("A cut-off stays between the one before it and the one after it."), "closes_on")
    if stage is not Stage.AHEAD:
        _check_told(because)
        if after.instant < before.instant and after.instant < now + NOTICE:
            raise Refused(
                "too_soon",
                _("The call is open. An earlier cut-off must be at least seven days ahead, so that people can react."),
                "closes_on",
            )


def check_may_remove_cut_off(
    closes: datetime,
    *,
    only: bool,
    answered: bool,
    closes_then: datetime | None,
    stage: Stage,
    now: datetime,
    because: Collection[str],
) -> None:
    """`closes_then`: when the call closes without it, where it is the last one."""
    if only:
        raise Refused("only", _("This is when the call closes. Move it instead."))
    if answered:
        raise Refused("answered", _("Applications have arrived that count for this cut-off, so it stays."))
    if stage is Stage.AHEAD:
        return
    if closes <= now:
        raise Refused("over", _("This cut-off has passed, so it stays as it was."))
    _check_told(because)
    if closes_then is not None and closes_then < now + NOTICE:
        raise Refused(
            "too_soon",
            _("The call would close in less than seven days, and people could not react. Move the closing instead."),
        )


def may_remove_cut_off(
    closes: datetime, *, only: bool, answered: bool, closes_then: datetime | None, stage: Stage, now: datetime
) -> bool:
    """Whether it is offered at all; for the reason its own page asks."""
    how = {"only": only, "answered": answered}
    try:
        check_may_remove_cut_off(closes, **how, closes_then=closes_then, stage=stage, now=now, because=("asked later",))
    except Refused:
        return False
    return True


def check_after_cut_offs(closing: Moment, cut_offs: Sequence[Moment], *, staged: bool = False) -> None:
    if staged and any(closing.instant <= one.instant for one in cut_offs):
        raise Refused("order", _("The idea stage ends after the call opens and before it closes."), "closes_on")
    if any(closing.instant <= one.instant for one in cut_offs):
        raise Refused("order", _("The call closes after its other cut-offs. Move or remove those first."), "closes_on")


def check_before_cut_offs(opens: datetime | None, cut_offs: Sequence[Moment], *, staged: bool = False) -> None:
    if staged and opens is not None and any(one.instant <= opens for one in cut_offs):
        raise Refused("order", _("The idea stage ends after the call opens and before it closes."), "opens_on")
    if opens is not None and any(one.instant <= opens for one in cut_offs):
        raise Refused("order", _("The call opens before its first cut-off."), "opens_on")


def _check_ahead(new: Moment, opens: datetime | None, now: datetime) -> None:
    check_exact(new.day, new.clock, new.zone, "closes_at")
    if new.instant <= now:
        raise Refused("past", _("That moment has passed. Choose one that is still to come."), "closes_on")
    if opens is not None and new.instant <= opens:
        raise Refused("order", _("A cut-off comes after the opening of the call."), "closes_on")


def _check_told(because: Collection[str]) -> None:
    if not because:
        raise Refused("because", _("Say why this changes; everybody who has begun gets a mail with it."), "because")
