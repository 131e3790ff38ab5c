from collections.abc import Container, Iterable, Sequence
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from rihma.applications.rules import submitting
from rihma.base.refused import Refused

# Longer than a page waits before it says again where somebody writes.
WRITING = timedelta(seconds=40)


def check_may_start(*, is_open: bool, opens: str = "", ideas_over: bool = False) -> None:
    """`opens`: in words when it opens, while that is ahead; `ideas_over`: only those whose idea was chosen go on."""
    if opens:
        raise Refused(
            "ahead", _("The call is not open yet. It opens %(moment)s; then you can start.") % {"moment": opens}
        )
    if ideas_over:
        raise Refused(
            "ideas_over",
            _("The idea stage of this call has ended. Only those whose idea was chosen write a full application now."),
        )
    if not is_open:
        raise Refused("closed", _("The call is not open, so no new application can be started."))


def check_may_save(state: str, *, is_open: bool = True, version: int | None = None, newest: int = 0) -> None:
    """`is_open`: what was submitted may still be changed, to be submitted anew."""
    if not submitting.MOVES[state]:
        raise Refused(
            "state", _("The application has been withdrawn or merged with another; it can no longer be edited.")
        )
    if state == "submitted" and not is_open:
        raise Refused("state", _("The time has run out. What you submitted stands, and can no longer be edited."))
    if version not in (None, newest):
        raise Refused("newer", _("Somebody in your team saved a newer version meanwhile."))


def check_may_answer_later(state: str, *, is_open: bool, asked: Container[str], given: Iterable[str]) -> None:
    if state != "submitted":
        raise Refused("state", _("Only a submitted application is answered later."))
    if is_open:
        raise Refused("open", _("The call is still open: edit the application and submit it anew."))
    if not all(key in asked for key in given):
        raise Refused("frozen", _("The day for this answer has passed. Ask those who run the programme."))


def check_not_frozen(frozen: Sequence[str]) -> None:
    """`frozen`: the questions whose answers would change although their last day has passed."""
    for label in frozen:
        raise Refused("frozen", _("The answer to “%(label)s” can no longer be changed.") % {"label": label})
