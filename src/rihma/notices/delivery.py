"""How what was told gets out of the outbox: by a task after each telling, and by a sweep of the worker."""

import logging
from contextlib import suppress
from datetime import datetime

from django.core.mail import mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Q
from django.tasks import task
from django_tasks_db.models import DBTaskResult

from rihma.base import clock
from rihma.notices import rules
from rihma.notices.mail import mail_of
from rihma.notices.models import Message

logger = logging.getLogger(__name__)


def deliver_soon() -> None:
    """Ask the worker to look into the outbox. One task is enough for all that was told in the meantime."""
    if not DBTaskResult.objects.ready().filter(task_path=deliver.module_path).exists():
        deliver.enqueue()


@task()
def deliver() -> int:
    return deliver_due(clock.now())


def deliver_due(now: datetime) -> int:
    """Send what waits, over one connection, and answer how many went.

    While the mail server cannot be reached nothing is taken from the outbox, so an outage uses up nobody's tries.
    """
    settle_stale(now)
    if not Message.objects.due(now).exists():
        return 0
    transport = mailers["transport"]
    try:
        transport.open()
    except OSError as problem:
        logger.warning("The mail server cannot be reached: %s", rules.in_words(problem))
        return 0
    sent = _send_all(transport, now)
    with suppress(OSError):
        # Never mind a server that hangs up without a goodbye, because it has taken everything already.
        transport.close()
    return sent


def _send_all(transport: BaseEmailBackend, now: datetime) -> int:
    sent = 0
    while message := _take(now):
        problem = _send(message, transport)
        sent += problem is None
        if problem is not None and not rules.spoken(problem):
            # The next round tries on a new line, because this one is dead or the server is ill.
            break
    return sent


def settle_stale(now: datetime) -> None:
    """Mark what a dead sender left behind, and drop what is of no use any more."""
    unsure = Message.objects.that_may_become(rules.State.UNSURE).filter(leased_until__lt=now)
    unsure.update(state=rules.State.UNSURE, error="The sender stopped before it could note the answer.")
    too_late = Message.objects.filter(state=rules.State.QUEUED, good_until__lt=now)
    too_late.update(state=rules.State.FAILED, error="Could not be sent while it was of use.")
    spent = ~Q(state__in=[rules.State.QUEUED, rules.State.SENDING])
    Message.objects.filter(spent, good_until__isnull=False).exclude(body="").update(body="")


def _take(now: datetime) -> Message | None:
    """Claim the next due message; of two senders that see the same one, one gets it."""
    while message := Message.objects.due(now).select_related("to").first():
        claim = Message.objects.that_may_become(rules.State.SENDING).filter(pk=message.pk)
        if claim.update(
            state=rules.State.SENDING, tries=F("tries") + 1, leased_until=clock.now() + rules.LEASE, error=""
        ):
            message.tries += 1
            return message
    return None


def _send(message: Message, transport: BaseEmailBackend) -> Exception | None:
    problem: Exception | None = None
    try:
        transport.send_messages([mail_of(message)])
    except (OSError, ValueError) as failure:
        problem = failure
    now = clock.now()
    handed_over = getattr(transport, "handed_over", False)
    _settle(message, rules.outcome(problem, handed_over=handed_over, tries=message.tries, now=now), now)
    return problem


def _settle(message: Message, result: rules.Outcome, now: datetime) -> None:
    after: dict[str, object] = {"state": result.state, "error": result.error, "leased_until": None}
    if result.send_after:
        after["send_after"] = result.send_after
    if result.state == rules.State.SENT:
        after["sent_at"] = now
    if message.good_until and result.state != rules.State.QUEUED:
        after["body"] = ""
    Message.objects.that_may_become(result.state).filter(pk=message.pk).update(**after)
    if result.error:
        logger.warning("Message %s is %s after try %s: %s", message.pk, result.state, message.tries, result.error)
