"""When a call is open, and what may still be changed in it. Pages, API and imports ask here."""

from rihma.calls.rules.lines import (
    check_current,
    check_may_add_criterion,
    check_may_add_question,
    check_may_edit_line,
    check_may_remove_criterion,
    check_may_remove_question,
    gone,
    key_of,
)
from rihma.calls.rules.requirements import Requirements, check_may_set_rules, check_places
from rihma.calls.rules.stages import (
    CRITERIA_STAND,
    QUESTIONS_STAND,
    Stage,
    check_none_yet,
    check_not_over,
    stage_of,
)
from rihma.calls.rules.times import (
    Moment,
    Times,
    check_may_set_times,
    check_not_announced,
    check_still_runs,
    check_times,
    late_by,
    times_of,
)

__all__ = [
    "CRITERIA_STAND",
    "QUESTIONS_STAND",
    "Moment",
    "Requirements",
    "Stage",
    "Times",
    "check_current",
    "check_may_add_criterion",
    "check_may_add_question",
    "check_may_edit_line",
    "check_may_remove_criterion",
    "check_may_remove_question",
    "check_may_set_rules",
    "check_may_set_times",
    "check_none_yet",
    "check_not_announced",
    "check_not_over",
    "check_places",
    "check_still_runs",
    "check_times",
    "gone",
    "key_of",
    "late_by",
    "stage_of",
    "times_of",
]
