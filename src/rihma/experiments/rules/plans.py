"""The plan as a value: what is hashed when the experiment starts, and read aloud before it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from rihma.base.refused import Refused
from rihma.experiments.rules.law import Answers
from rihma.experiments.rules.numbers import plain


@dataclass(frozen=True)
class Plan:
    """Everything that is locked at the start. `owner`, `deputy` and `partners` are ids."""

    title: str = ""
    language: str = "fi"
    belief: str = ""
    believe_that: str = ""
    believe_does: str = ""
    believe_because: str = ""
    what_we_do: str = ""
    what_is_new: str = ""
    for_whom: str = ""
    people: int | None = None
    place: str = ""
    starts: date | None = None
    ends: date | None = None
    method: str = ""
    metric_name: str = ""
    metric_unit: str = ""
    metric_how: str = ""
    metric_by: str = ""
    metric_reading: str = "last"
    baseline: Decimal | None = None
    threshold_operator: str = "ge"
    threshold: Decimal | None = None
    what_would_change_our_mind: str = ""
    stop_rule: str = ""
    cost_hours: int | None = None
    cost_eur: int | None = None
    owner: str = ""
    deputy: str = ""
    partners: tuple[str, ...] = ()
    law: Answers = field(default_factory=dict)

    @property
    def days(self) -> int:
        """Length with the first and the last day counted."""
        return (self.ends - self.starts).days + 1 if self.starts and self.ends else 0

    def record(self) -> dict[str, object]:
        """As JSON keeps it. Two plans that mean the same have the same record."""
        return {one.name: _kept(getattr(self, one.name)) for one in fields(self)}


def canonical(experiment: str, number: int, record: Mapping[str, object]) -> bytes:
    """The bytes that are hashed. Changing their form breaks every receipt: add a version instead."""
    parts = {"v": 1, "experiment": experiment, "number": number, "plan": record}
    return json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def digest(experiment: str, number: int, record: Mapping[str, object]) -> str:
    return hashlib.sha256(canonical(experiment, number, record)).hexdigest()


def changed(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """Names of the fields in which two records differ, in the order of the plan."""
    return [one.name for one in fields(Plan) if before.get(one.name) != after.get(one.name)]


def check_changes(before: Mapping[str, object], after: Mapping[str, object]) -> None:
    if not changed(before, after):
        raise Refused("nothing", _("Nothing in the plan has changed."))


def tidy[Value](value: Value) -> Value | str:
    """One form of a text, whichever browser sent it: line ends differ, and a digest would too."""
    return "\n".join(value.split("\r\n")).strip() if isinstance(value, str) else value


def _kept(value: object) -> object:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return sorted(value)
    if isinstance(value, Mapping):
        return {key: dict(given) for key, given in value.items()}
    return value
