from collections import Counter
from collections.abc import Iterable

from rihma.accounts.models import Person
from rihma.calls.models import Call
from rihma.invitations.lists import Invited
from rihma.invitations.models import Invitation

State = Invitation.State


def invitations_to(call: Call) -> list[Invitation]:
    return list(call.invitations.select_related("person", "by"))


def counted(invitations: Iterable[Invitation]) -> dict[str, int]:
    """How many have answered what, for the line above the list; opened and not answered counts by itself."""
    counts = Counter(one.state for one in invitations)
    opened = sum(1 for one in invitations if one.is_open and one.shown_at)
    return {"all": sum(counts.values()) - counts[State.REVOKED], "opened": opened, **counts}


def known_among(call: Call, people: Iterable[Invited]) -> set[str]:
    """Those of these addresses that have an invitation already."""
    emails = [one.email for one in people]
    invited = call.invitations.filter(person__email__in=emails).exclude(state=State.REVOKED)
    return set(invited.values_list("person__email", flat=True))


def invitation_to(call: Call, person: Person | None) -> Invitation | None:
    return Invitation.objects.sent_to(person).filter(call=call).first()
