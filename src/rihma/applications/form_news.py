"""Those who have begun an application are told that its form, or what it is read by, has changed: once for all that changed in a while."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from rihma.applications.queries import drafters
from rihma.calls.models import Amendment, Call, FormVersion
from rihma.notices.actions import tell

# Who mends a form changes several questions in a row; nobody wants a mail for each.
QUIET = timedelta(minutes=10)
What = Amendment.What
OF_FORM = (
    *(What.QUESTION_ADDED, What.QUESTION_EDITED, What.QUESTION_REMOVED, What.SECTIONS),
    *(What.CRITERION_ADDED, What.CRITERION_EDITED, What.CRITERION_REMOVED),
)


def tell_due(now: datetime) -> int:
    """Of each call whose form has changed and then stood for a while; answers how many were told."""
    changed = FormVersion.objects.filter(told_at=None, number__gt=1)
    return sum(_tell(call, now) for call in changed.values_list("call", flat=True).order_by().distinct())


@transaction.atomic
def _tell(call_id: UUID, now: datetime) -> int:
    call = Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call_id)
    untold = call.form_versions.filter(told_at=None, number__gt=1)
    newest = untold.last()
    if newest is None or newest.at > now - QUIET:
        return 0
    changes = _changes(call)
    untold.update(told_at=now)
    # A translation that was missing changes nothing for those who have read another language, so no mail goes.
    places = [place for place in drafters(call) if place.team.application.started_at < newest.at] if changes else []
    for place in places:
        tell(
            "applications/notices/form_changed",
            place.person,
            key=str(newest.pk),
            scope=call.programme_id,
            application=place.team.application,
            call=call,
            changes=changes,
        )
    return len(places)


def _changes(call: Call) -> list[Amendment]:
    """What has changed since they were last told, in the order of time."""
    told = call.form_versions.exclude(told_at=None).last()
    found = call.amendments.filter(what__in=OF_FORM).order_by("at", "pk")
    return list(found.filter(at__gt=told.told_at) if told else found)
