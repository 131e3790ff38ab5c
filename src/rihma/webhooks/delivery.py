"""How messages get out: rounds of the worker, a few endpoints at a time, so that a slow one holds up nobody else."""

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F

from rihma.base import clock
from rihma.webhooks import rules
from rihma.webhooks.home import home
from rihma.webhooks.models import Delivery, Endpoint, Occurrence
from rihma.webhooks.post import post
from rihma.webhooks.secrets import secrets_of

logger = logging.getLogger(__name__)

AT_ONCE = 8
# Not longer, because the same worker sends mail.
ROUND_SECONDS = 20


def deliver_due(now: datetime) -> int:
    """Send what is due, and answer how many were taken. Who fails once is left in peace for the rest of the round."""
    stale = Delivery.objects.filter(state=rules.State.SENDING, leased_until__lt=now)
    stale.update(state=rules.State.WAITING, leased_until=None)
    taken, failing, until = 0, set[UUID](), time.monotonic() + ROUND_SECONDS
    while time.monotonic() < until and (batch := _take(now, failing)):
        with ThreadPoolExecutor(AT_ONCE) as pool:
            # Only the sending is done beside each other, because threads of their own would each hold a connection.
            answers = list(pool.map(_send, batch))
        for delivery, answer in zip(batch, answers, strict=True):
            _settle(delivery, answer)
            taken += answer.took_it
            failing |= set() if answer.took_it else {delivery.endpoint_id}
    return taken


def prune(now: datetime) -> int:
    """The log of the last month stays; a message goes with its last delivery."""
    Delivery.objects.filter(occurrence__at__lt=now - rules.KEPT).exclude(state=rules.State.SENDING).delete()
    gone, _each = Occurrence.objects.filter(deliveries=None, at__lt=now - timedelta(hours=1)).delete()
    return gone


def _take(now: datetime, without: set[UUID]) -> list[Delivery]:
    """Claim the first that is due of each of a few endpoints; of two workers that see the same one, one gets it."""
    chosen: dict[UUID, Delivery] = {}
    for delivery in Delivery.objects.due(now).exclude(endpoint__in=without)[: AT_ONCE * 10]:
        if len(chosen) < AT_ONCE and delivery.endpoint_id not in chosen and _claim(delivery):
            chosen[delivery.endpoint_id] = delivery
    return list(chosen.values())


def _claim(delivery: Delivery) -> bool:
    claim = Delivery.objects.that_may_become(rules.State.SENDING).filter(pk=delivery.pk)
    lease = clock.now() + rules.LEASE
    delivery.tries += 1
    return bool(claim.update(state=rules.State.SENDING, tries=F("tries") + 1, leased_until=lease))


def _send(delivery: Delivery) -> rules.Answer:
    endpoint, message = delivery.endpoint, delivery.occurrence
    now = clock.now()
    return post(endpoint.address, message.body.encode(), headers_of(endpoint, message, now))


def headers_of(endpoint: Endpoint, message: Occurrence, now: datetime) -> dict[str, str]:
    """The time is that of the try, so a receiver can refuse what somebody plays again; the id never changes."""
    renewed = endpoint.renewed_at
    old = [endpoint.generation - 1] if renewed and now - renewed < rules.OLD_SECRET_FOR else []
    at = int(now.timestamp())
    secrets = secrets_of(endpoint.pk, endpoint.generation, *old)
    return {
        "webhook-id": message.name,
        "webhook-timestamp": str(at),
        "webhook-signature": " ".join(rules.signature(secret, message.name, at, message.body) for secret in secrets),
    }


def _settle(delivery: Delivery, answer: rules.Answer) -> None:
    now = clock.now()
    result = rules.outcome(answer, tries=delivery.tries, now=now)
    after: dict[str, object] = {"state": result.state, "leased_until": None, "tried_at": now}
    if result.next_at:
        after["next_at"] = result.next_at
    # Whoever removed the endpoint meanwhile has removed this too: then nothing is updated.
    Delivery.objects.that_may_become(result.state).filter(pk=delivery.pk).update(
        status=answer.status, error=answer.error, **after
    )
    here = Endpoint.objects.filter(pk=delivery.endpoint_id)
    if answer.took_it:
        here.exclude(failing_since=None).update(failing_since=None)
        return
    here.filter(failing_since=None).update(failing_since=now)
    _stop_if_over(here.filter(is_on=True).first(), answer, now)


def _stop_if_over(endpoint: Endpoint | None, answer: rules.Answer, now: datetime) -> None:
    if endpoint is None or not rules.is_over(answer, failing_since=endpoint.failing_since or now, now=now):
        return
    # Asked again, so that of two workers that find it over one tells.
    if Endpoint.objects.filter(pk=endpoint.pk, is_on=True).update(is_on=False, stopped_at=now):
        logger.warning("Webhook endpoint %s is stopped: nobody takes its messages", endpoint.pk)
        endpoint.refresh_from_db()
        home().tell_stopped(endpoint)
