"""When a team fits the programme, and which moves a team's place may make."""

from rihma.teams.rules.checking import Answer, Checked, answer_of, check, is_eligible
from rihma.teams.rules.contacts import (
    Sides,
    check_card,
    check_may_report,
    check_may_write,
    check_not_the_same,
    check_not_too_often,
    digest_of,
)
from rihma.teams.rules.facts import Facts, Place
from rihma.teams.rules.places import (
    check_may_answer,
    check_may_invite,
    check_may_leave,
    check_may_move,
    check_may_name,
    check_may_take_back,
)
from rihma.teams.rules.shortfalls import (
    check_may_become,
    check_may_except,
    due_on,
    is_to_be_reminded,
    lost,
)

__all__ = [
    "Answer",
    "Checked",
    "Facts",
    "Place",
    "Sides",
    "answer_of",
    "check",
    "check_card",
    "check_may_answer",
    "check_may_become",
    "check_may_except",
    "check_may_invite",
    "check_may_leave",
    "check_may_move",
    "check_may_name",
    "check_may_report",
    "check_may_take_back",
    "check_may_write",
    "check_not_the_same",
    "check_not_too_often",
    "digest_of",
    "due_on",
    "is_eligible",
    "is_to_be_reminded",
    "lost",
]
