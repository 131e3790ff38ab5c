import json
from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.ids import new_id
from rihma.base.seen import check_seen, mark_of
from rihma.webhooks import rules
from rihma.webhooks.home import home
from rihma.webhooks.kinds import kinds
from rihma.webhooks.models import Delivery, Endpoint, Occurrence
from rihma.webhooks.secrets import secret_of

TEST = "webhook.test"


@transaction.atomic
def tell(kind: str, scope: UUID, **facts: object) -> Occurrence | None:
    """Tell the programme's endpoints that want to hear of it. Sent by the worker, after the deed is in the database."""
    rules.check_told(facts)
    if kind not in kinds():
        raise LookupError(f"no area declares the webhook {kind!r} in its apps.py")
    endpoints = Endpoint.objects.told(scope, kind)
    return _send(kind, scope, facts, endpoints) if endpoints else None


@transaction.atomic
def add(scope: UUID, *, address: str, types: Collection[str], by: Person) -> tuple[Endpoint, str]:
    """A new endpoint and its secret, which is shown this once. Of one that is there already only itself."""
    _check(address, types)
    # A form that is pressed twice comes twice at once, and whoever comes second has to see what the first made.
    by = Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    for there in Endpoint.objects.filter(scope=scope, address=address):
        if there.types == sorted(types):
            return there, ""
    endpoint = Endpoint.objects.create(scope=scope, address=address, types=sorted(types), made_at=clock.now(), by=by)
    home().note(scope, "webhook_added", by=by, to=str(endpoint))
    return endpoint, secret_of(endpoint.pk, endpoint.generation)


@transaction.atomic
def edit(endpoint: Endpoint, *, address: str, types: Collection[str], seen: str, by: Person) -> Endpoint:
    endpoint = _locked(endpoint)
    check_seen(seen, mark_of(endpoint.facts))
    _check(address, types)
    endpoint.address, endpoint.types = address, sorted(types)
    endpoint.save(update_fields=["address", "types"])
    home().note(endpoint.scope, "webhook_edited", by=by, to=str(endpoint))
    return endpoint


@transaction.atomic
def renew_secret(endpoint: Endpoint, *, by: Person) -> str:
    """For a day the old one signs too, so that the receiver can change over."""
    endpoint = _locked(endpoint)
    endpoint.generation += 1
    endpoint.renewed_at = clock.now()
    endpoint.save(update_fields=["generation", "renewed_at"])
    home().note(endpoint.scope, "webhook_renewed", by=by, to=str(endpoint))
    return secret_of(endpoint.pk, endpoint.generation)


@transaction.atomic
def turn(endpoint: Endpoint, *, on: bool, by: Person) -> Endpoint:
    """Off: what happens meanwhile is not told later. On again: also what waits from before goes out."""
    endpoint = _locked(endpoint)
    if endpoint.is_on == on:
        return endpoint
    endpoint.is_on = on
    endpoint.stopped_at = endpoint.failing_since = None
    endpoint.save(update_fields=["is_on", "stopped_at", "failing_since"])
    home().note(endpoint.scope, "webhook_turned_on" if on else "webhook_turned_off", by=by, to=str(endpoint))
    return endpoint


@transaction.atomic
def remove(endpoint: Endpoint, *, by: Person) -> None:
    """With its log; nothing that still waits is sent."""
    home().note(endpoint.scope, "webhook_removed", by=by, to=str(endpoint))
    endpoint.delete()


@transaction.atomic
def try_out(endpoint: Endpoint) -> Occurrence:
    return _send(TEST, endpoint.scope, {}, [endpoint])


@transaction.atomic
def send_again(delivery: Delivery) -> None:
    """The same message under the same id, from the first wait on."""
    again = Delivery.objects.that_may_become(rules.State.WAITING).filter(pk=delivery.pk)
    again.update(state=rules.State.WAITING, tries=0, next_at=clock.now())


def _send(kind: str, scope: UUID, facts: dict[str, object], endpoints: list[Endpoint]) -> Occurrence:
    now = clock.now()
    said = {"type": kind, "timestamp": rules.said(now), "data": {"programme": scope, **facts}}
    body = json.dumps(said, cls=DjangoJSONEncoder, separators=(",", ":"))
    message = Occurrence.objects.create(id=new_id(), scope=scope, type=kind, at=now, body=body)
    Delivery.objects.bulk_create(Delivery(endpoint=one, occurrence=message, next_at=now) for one in endpoints)
    return message


def _check(address: str, types: Collection[str]) -> None:
    rules.check_address(address, plain_allowed=bool(settings.WEBHOOK_NETWORKS))
    rules.check_types(types, kinds())


def _locked(endpoint: Endpoint) -> Endpoint:
    return Endpoint.objects.select_for_update().get(pk=endpoint.pk)
