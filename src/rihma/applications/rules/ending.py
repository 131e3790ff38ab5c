from django.utils.translation import gettext_lazy as _

from rihma.applications.rules import submitting
from rihma.base.refused import Refused


def check_may_withdraw(state: str) -> None:
    if "withdrawn" not in submitting.MOVES[state]:
        raise Refused("state", _("This application has been withdrawn or merged with another already."))


def check_may_merge(state: str, other: str) -> None:
    """Of two that were sent, one goes on and the other is merged into it."""
    if "merged" not in submitting.MOVES[state] or other != "submitted":
        raise Refused("state", _("Both applications have to be submitted, and none of them withdrawn."))
