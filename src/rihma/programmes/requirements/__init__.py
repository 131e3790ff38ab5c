"""What each team of a programme must have: rules that are data, in one shape whoever wrote them.

Those of the table [eligibility] are made of numbers and ticks, those of [[rule]] are conditions that an owner wrote. Both
become a `Requirement`, and `teams.rules.check` holds teams to them. Pure: no database, request or clock.
"""

from rihma.programmes.requirements.eligibility import DAYS_TO_COMPLETE, Eligibility
from rihma.programmes.requirements.examples import EXAMPLES, Example
from rihma.programmes.requirements.in_file import RULE, check
from rihma.programmes.requirements.names import (
    ANSWERS,
    OF_ORGANISATION,
    ORGANISATION,
    condition,
    is_of_organisation,
    name_of,
    names_with,
)
from rihma.programmes.requirements.requirement import KEPT_KEYS, Requirement, row_of, rule_of

__all__ = [
    "ANSWERS",
    "DAYS_TO_COMPLETE",
    "EXAMPLES",
    "KEPT_KEYS",
    "OF_ORGANISATION",
    "ORGANISATION",
    "RULE",
    "Eligibility",
    "Example",
    "Requirement",
    "check",
    "condition",
    "is_of_organisation",
    "name_of",
    "names_with",
    "row_of",
    "rule_of",
]
