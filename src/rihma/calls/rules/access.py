"""Who may apply, and who hears that there is a call."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused
from rihma.calls.rules.stages import QUESTIONS_STAND, Stage, check_may_amend

EVERYBODY, INVITED, UNLISTED = "everybody", "invited", "unlisted"
FOR_INVITED = frozenset({INVITED, UNLISTED})


def check_may_set_access(stage: Stage, because: Collection[str]) -> None:
    if stage in QUESTIONS_STAND:
        raise Refused("over", _("The call has closed, so nobody can start any more."))
    check_may_amend(stage, because)
