"""What may be sent in answer to a question that asks for files."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from rihma.base.files.kinds import group_of, not_taken
from rihma.base.refused import Refused


def check_room(count: int, most: int) -> None:
    if count >= most:
        raise Refused("full", _("This question takes at most %(n)s files. Remove one first.") % {"n": most}, "upload")


def check_kind(kind: str, groups: Collection[str]) -> None:
    """Once it is known what it is: a zip tells only from within."""
    if group_of(kind) not in groups:
        raise not_taken(groups)


def check_writes(*, writes: bool) -> None:
    if not writes:
        raise Refused("forbidden", _("You are no longer in this team, so you can change nothing in its application."))


def check_may_change(*, allowed: bool) -> None:
    """Of what may only be completed in part."""
    if not allowed:
        raise Refused("frozen", _("Only what you were asked to complete can be changed now."))


def check_there(*, there: bool) -> None:
    if not there:
        raise Refused("gone", _("Somebody else removed this meanwhile."))
