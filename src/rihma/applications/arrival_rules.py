"""What those who run a programme may do with what arrived late or lacks something."""

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused


def check_may_judge(*, late: bool, announced: bool, reason: str) -> None:
    if not late:
        raise Refused("in_time", _("It arrived in time, so there is nothing to admit or decline."))
    if announced:
        raise Refused("announced", _("The decisions have been announced, so this stays as it was."))
    if not reason.strip():
        raise Refused(
            "reason", _("Say why. The team reads it, and the same must hold for every late application."), "reason"
        )
