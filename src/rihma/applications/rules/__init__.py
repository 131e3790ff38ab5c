"""What may be done with an application, and what its receipt proves. Pages, API and imports ask here."""

from rihma.applications.rules.arrival import check_may_ask, check_may_grant, check_may_judge, check_may_use
from rihma.applications.rules.copying import check_may_copy
from rihma.applications.rules.ending import check_may_merge, check_may_withdraw
from rihma.applications.rules.files import check_kind, check_may_change, check_room, check_there, check_writes
from rihma.applications.rules.submitting import check_changed, check_may_submit, digest, receipt_number
from rihma.applications.rules.writing import (
    WRITING,
    check_may_answer_later,
    check_may_save,
    check_may_start,
    check_not_frozen,
)

__all__ = [
    "WRITING",
    "check_changed",
    "check_kind",
    "check_may_answer_later",
    "check_may_ask",
    "check_may_change",
    "check_may_copy",
    "check_may_grant",
    "check_may_judge",
    "check_may_merge",
    "check_may_save",
    "check_may_start",
    "check_may_submit",
    "check_may_use",
    "check_may_withdraw",
    "check_not_frozen",
    "check_room",
    "check_there",
    "check_writes",
    "digest",
    "receipt_number",
]
