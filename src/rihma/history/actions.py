from uuid import UUID

from django.apps import apps
from django.db import models, transaction

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.apps import Area
from rihma.history.models import Chain, Event
from rihma.history.rules import Record


@transaction.atomic
def record(
    subject: models.Model,
    verb: str,
    *,
    scope: UUID,
    thread: UUID | None = None,
    by: Person | None,
    **data: object,
) -> Event:
    """Append one event to the chain of `scope`.

    `data` holds ids, numbers and short facts, never people's own text: it can be neither changed nor erased.
    """
    area = subject._meta.app_label
    check_declared(area, verb)
    Chain.objects.get_or_create(scope=scope)
    chain = Chain.objects.select_for_update().get(scope=scope)
    told = Record(
        scope=scope,
        number=chain.length + 1,
        at=clock.now(),
        by=by.pk if by else None,
        area=area,
        verb=verb,
        subject=f"{subject._meta.model_name}:{subject.pk}",
        data=data,
        before=chain.head,
    )
    event = Event.objects.create(
        scope=scope,
        thread=thread,
        number=told.number,
        at=told.at,
        by=by,
        by_id_then=told.by,
        area=area,
        verb=verb,
        subject=told.subject,
        data=data,
        before=told.before,
        digest=told.digest(),
    )
    Chain.objects.filter(scope=scope).update(length=told.number, head=event.digest)
    return event


def check_declared(area: str, verb: str) -> None:
    config = apps.get_app_config(area)
    if not isinstance(config, Area) or verb not in config.events:
        raise LookupError(f"{area} declares no event {verb!r} in its apps.py")
