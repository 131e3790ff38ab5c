from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TypedDict

from rihma.accounts.models import Person
from rihma.actors.models import Organisation
from rihma.experiments.rules.law import Answers


class PlanFields(TypedDict, total=False):
    """What an edit or an amendment may change."""

    title: str
    language: str
    belief: str
    believe_that: str
    believe_does: str
    believe_because: str
    what_we_do: str
    what_is_new: str
    for_whom: str
    people: int | None
    place: str
    starts: date | None
    ends: date | None
    method: str
    metric_name: str
    metric_unit: str
    metric_how: str
    metric_by: str
    metric_reading: str
    baseline: Decimal | None
    threshold_operator: str
    threshold: Decimal | None
    what_would_change_our_mind: str
    stop_rule: str
    cost_hours: int | None
    cost_eur: int | None
    owner: Person | None
    deputy: Person | None
    partners: Sequence[Organisation]
    # name and kind of one more partner, known or not
    new_partner: tuple[str, str]
    law: Answers
