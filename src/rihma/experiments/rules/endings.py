"""What a conclusion and a decision must say. Stopping asks for no more than scaling does."""

from datetime import date

from django.utils.translation import gettext as _

from rihma.base.refused import Refused


def check_conclusion(*, learned: str) -> None:
    if not learned.strip():
        raise Refused("learned", _("Write at least one thing you learned."), "learned")


def check_decision(*, reason: str, maker: str, next_owner: str, nobody: bool) -> None:
    if not reason.strip():
        raise Refused("reason", _("Say why. A sentence is enough."), "reason")
    if not maker.strip():
        raise Refused("maker", _("Say who decided."), "maker")
    if not next_owner.strip() and not nobody:
        raise Refused("next_owner", _("Name who carries it on, or tick that nobody does."), "next_owner")
    if next_owner.strip() and nobody:
        raise Refused("both", _("Either somebody carries it on or nobody does, not both."), "next_owner")


def check_decided_on(day: date, *, today: date) -> None:
    if day > today:
        raise Refused(
            "future", _("A decision has been made when it has been made: this day has not come yet."), "decided_on"
        )
