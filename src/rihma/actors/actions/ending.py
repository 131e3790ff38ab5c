from collections.abc import Iterable
from datetime import date

from django.db import transaction

from rihma.accounts.models import Person
from rihma.actors import families, rules
from rihma.actors.actions.describing import locked, tell_teams
from rihma.actors.models import Organisation
from rihma.base.seen import check_unchanged
from rihma.history.actions import record


@transaction.atomic
def end(
    known_as: Organisation,
    *,
    ended_on: date | None,
    successor: Organisation | None = None,
    others: Iterable[Organisation] = (),
    seen: str | None = None,
    by: Person,
) -> Organisation:
    """Its last day, who carries on its work, and who else came out of it. Without a day it goes on after all.

    From the next day on it is counted as its successor, where one is named. Several may have the same one: then they
    were merged. What those before it had become is from now on what it becomes itself.
    """
    organisation = locked(known_as.pk)
    check_unchanged(organisation, ("ended_on", "successor_id"), seen)
    named = locked(successor.pk) if successor else None
    heir = (named.successor or named) if named else None
    rules.check_ending(organisation, ended_on, heir)
    before = organisation.successor_id
    organisation.ended_on, organisation.successor = ended_on, heir
    organisation.save(update_fields=["ended_on", "successor"])
    Organisation.objects.filter(successor=organisation).update(successor=heir or organisation)
    for other in others:
        if other.pk not in {organisation.pk, heir.pk if heir else None}:
            Organisation.objects.filter(pk=other.pk).update(split_from=organisation)
    families.renew()
    told = {"ended_on": str(ended_on or ""), "successor": str(heir.pk) if heir else ""}
    record(organisation, "ended", scope=organisation.pk, thread=organisation.pk, by=by, **told)
    tell_teams(filter(None, [organisation.pk, before, heir.pk if heir else None]))
    return organisation
