"""What of an earlier application fits the questions of today."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused
from rihma.calls.rules import FAMILIES, Asked, Value

# What somebody promises, or says of other people, is asked of them anew.
ANEW = frozenset({"consent", "person", "members", "file"})
ONE, MANY = frozenset({"choice", "places"}), frozenset({"several", "ranking", "challenge"})


class Fit(StrEnum):
    COMES = "comes"
    GONE = "gone"
    CHANGED = "changed"
    ANEW = "anew"
    FROZEN = "frozen"


@dataclass(frozen=True)
class Fitted:
    fit: Fit
    value: Value = None
    # chosen once, and not offered any more
    lost: tuple[str, ...] = ()


def fitted(then: Asked, now: Asked | None, value: Value, today: date) -> Fitted:
    """An answer to the question as it was, for the question with the same key as it is asked now."""
    if now is None or now.is_retired:
        return Fitted(Fit.GONE)
    if now.kind in ANEW or then.kind in ANEW:
        return Fitted(Fit.ANEW)
    if now.is_frozen(today):
        return Fitted(Fit.FROZEN)
    if now.kind != then.kind and not any({now.kind, then.kind} <= family for family in FAMILIES):
        return Fitted(Fit.CHANGED)
    return _chosen(then, now, value) if now.kind in ONE | MANY else Fitted(Fit.COMES, value)


def _chosen(then: Asked, now: Asked, value: Value) -> Fitted:
    keys = [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str) and one]
    offered = {option.key for option in now.offered}
    kept, lost = [key for key in keys if key in offered], [key for key in keys if key not in offered]
    said = tuple(str(option.label) if (option := then.option(key)) else key for key in lost)
    if not kept or (now.kind in ONE and len(kept) > 1):
        return Fitted(Fit.CHANGED, lost=said)
    return Fitted(Fit.COMES, kept[0] if now.kind in ONE else kept, said)


def check_may_copy(state: str, *, wrote: bool) -> None:
    if not wrote:
        raise Refused("not_yours", _("Only those who wrote an application can bring its answers into another."))
    if state != "draft":
        raise Refused("state", _("Answers can be brought into a draft only."))
