"""When somebody may be invited to a call, and who may start where not everybody may."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused

MOVES: Mapping[str, set[str]] = {
    "invited": {"accepted", "declined", "revoked"},
    "accepted": {"declined", "revoked"},
    # because who has thought again may still come
    "declined": {"accepted", "revoked"},
    "revoked": {"invited"},
}
# Of one invitation, the first mail included, because whoever has not answered by then does not want to.
MOST_MAILS = 3
PAUSE = timedelta(days=1)
MOST_AT_ONCE = 500


def check_may_invite(*, for_invited: bool, public: bool, over: bool, count: int) -> None:
    if not for_invited:
        raise Refused("everybody", _("Everybody may answer this call. Say first that it is for the invited only."))
    if not public:
        raise Refused("draft", _("The programme is not public yet, so the invited could not read the call."))
    if over:
        raise Refused("over", _("The call has closed, so nobody can be invited any more."))
    if not count:
        raise Refused("nobody", _("Write at least one address."), "people")
    if count > MOST_AT_ONCE:
        raise Refused("many", _("At most %(n)s at once. Divide the list.") % {"n": MOST_AT_ONCE}, "people")


def check_may_move(state: str, to: str, *, over: bool = False, begun: bool = False) -> None:
    """`begun`: the invited has started an application, which nobody takes away by the back door."""
    if to not in MOVES[state]:
        if state == "revoked":
            raise Refused("revoked", _("This invitation has been taken back. Ask those who run the programme."))
        raise Refused("answered", _("This has been answered already."))
    if over and to in {"accepted", "invited"}:
        raise Refused("over", _("The call has closed, so nobody can start any more."))
    if begun:
        raise Refused("begun", _("An application has been started by this invitation, so it stays."))


def check_may_remind(state: str, *, mails: int, sent_at: datetime, now: datetime, over: bool) -> None:
    if over:
        raise Refused("over", _("The call has closed, so nobody can be invited any more."))
    if state != "invited":
        raise Refused("answered", _("This has been answered already."))
    if mails >= MOST_MAILS:
        raise Refused(
            "often", _("This invitation has been sent %(n)s times, which is enough. Call them.") % {"n": MOST_MAILS}
        )
    if now < sent_at + PAUSE:
        raise Refused("soon", _("This invitation went out within the last day. Wait a day before you send it again."))


def check_invited(state: str, *, contact: str) -> None:
    """Before an application is started; `state` is empty for somebody whom nobody has invited."""
    if state in {"invited", "accepted", "declined"}:
        return
    ask = _("Ask: %(email)s") % {"email": contact} if contact else _("Ask those who run the programme.")
    why = (
        _("Your invitation to this call has been taken back, so you cannot start an application.")
        if state
        else _("This call is for those who are invited, and no invitation has come to your address.")
    )
    raise Refused("not_invited", f"{why} {ask}")
