"""From a deed to a program elsewhere, over a real connection."""

import base64
import hmac
import json
from datetime import datetime, timedelta
from hashlib import sha256

import pytest
import time_machine
from django.conf import LazySettings
from django.utils.module_loading import import_string

from rihma.applications import actions as applications
from rihma.base import clock
from rihma.base.seen import mark_of
from rihma.calls.models import Call
from rihma.history.models import Event
from rihma.notices.models import Message
from rihma.site.worker import ROUNDS
from rihma.webhooks import actions
from rihma.webhooks.delivery import deliver_due, prune
from rihma.webhooks.models import Delivery, Endpoint, Occurrence
from rihma.webhooks.rules import KEPT, State
from rihma.webhooks.secrets import secret_of
from rihma.webhooks.tests.conftest import Listener
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


def fits(headers: dict[str, str], body: bytes, secret: str) -> bool:
    """As a receiver checks it."""
    signed = b".".join([headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body])
    key = base64.b64decode(secret.removeprefix("whsec_"))
    right = "v1," + base64.b64encode(hmac.new(key, signed, sha256).digest()).decode()
    return right in headers["webhook-signature"].split(" ")


def go_round(after: timedelta = timedelta()) -> datetime:
    """The worker's round, later."""
    moment = clock.now() + after
    with time_machine.travel(moment, tick=False):
        deliver_due(moment)
    return moment


def test_arrival_is_told_with_ids_and_facts_only(
    endpoint: Endpoint, listener: Listener, call: Call, cast: Cast
) -> None:
    draft = applications.start(call, by=cast["convener"])
    answers = {"problem": "Debt grows."}
    applications.save(draft, version=0, answers=answers, by=cast["convener"], name="Debt advisers")
    receipt = applications.submit(draft, by=cast["convener"])
    import_string(next(path for path in ROUNDS if path.startswith("rihma.webhooks") and "deliver" in path))(clock.now())
    [(headers, body)] = listener.came
    told = json.loads(body)
    assert (told["type"], told["data"]) == (
        "application.submitted",
        {
            "programme": str(call.programme_id),
            "call": str(call.pk),
            "application": str(draft.pk),
            "number": receipt.number,
            "version": 1,
            "received_at": told["data"]["received_at"],
            "late_seconds": 0,
        },
    )
    assert fits(headers, body, secret_of(endpoint.pk, 1))
    words = body.decode() + str(headers)
    assert [one for one in ("Debt", "Cecilia", "cecilia@", str(cast["convener"].pk)) if one in words] == []


def test_what_nobody_chose_is_not_told(endpoint: Endpoint, listener: Listener, call: Call, cast: Cast) -> None:
    actions.edit(
        endpoint, address=endpoint.address, types=["call.amended"], seen=mark_of(endpoint.facts), by=cast["owner"]
    )
    applications.withdraw(applications.start(call, by=cast["convener"]), by=cast["convener"])
    assert (deliver_due(clock.now()), Occurrence.objects.count()) == (0, 0)


def test_retry_keeps_the_id_and_signs_anew(endpoint: Endpoint, listener: Listener) -> None:
    listener.answers = [500, 204]
    actions.try_out(endpoint)
    go_round()
    waiting = Delivery.objects.get()
    go_round(timedelta(seconds=4))
    go_round(timedelta(seconds=6))
    first, second = listener.came
    assert (waiting.state, waiting.status, Delivery.objects.get().state) == ("waiting", 500, "delivered")
    assert (first[0]["webhook-id"], first[1]) == (second[0]["webhook-id"], second[1])
    assert first[0]["webhook-timestamp"] != second[0]["webhook-timestamp"]
    assert all(fits(headers, body, secret_of(endpoint.pk, 1)) for headers, body in listener.came)


def test_who_takes_nothing_for_three_days_is_stopped_and_the_owner_told(
    endpoint: Endpoint, listener: Listener, cast: Cast
) -> None:
    listener.answers = [503]
    actions.try_out(endpoint)
    for hours in (0, 1, 3, 8, 18, 32, 52, 73):
        go_round(timedelta(hours=hours))
    endpoint.refresh_from_db()
    told = Message.objects.filter(kind="programmes/notices/webhook_stopped")
    assert (endpoint.is_on, endpoint.stands) == (False, "stopped")
    assert {message.to for message in told} == {cast["owner"], cast["facilitator"]}
    assert Event.objects.filter(verb="webhook_stopped").count() == 1
    came = len(listener.came)
    go_round(timedelta(days=4))
    assert len(listener.came) == came


def test_turned_on_again_what_waits_goes_out(endpoint: Endpoint, listener: Listener, cast: Cast) -> None:
    actions.try_out(endpoint)
    actions.turn(endpoint, on=False, by=cast["owner"])
    assert (deliver_due(clock.now()), listener.came) == (0, [])
    actions.turn(endpoint, on=True, by=cast["owner"])
    assert deliver_due(clock.now()) == 1


def test_one_that_fails_holds_up_nobody_else(endpoint: Endpoint, listener: Listener, nobody: str, cast: Cast) -> None:
    types = ["application.submitted"]
    silent, _secret = actions.add(endpoint.scope, address=nobody, types=types, by=cast["owner"])
    for _each in range(3):
        actions.try_out(silent)
        actions.try_out(endpoint)
    assert deliver_due(clock.now()) == 3
    tries = silent.deliveries.values_list("tries", flat=True)
    assert (sum(tries), silent.deliveries.exclude(error="").get().error) == (1, "no_answer")


def test_message_is_sent_again_on_demand_under_its_id(endpoint: Endpoint, listener: Listener) -> None:
    actions.try_out(endpoint)
    deliver_due(clock.now())
    actions.send_again(Delivery.objects.get())
    deliver_due(clock.now())
    assert len({headers["webhook-id"] for headers, _body in listener.came}) == 1
    assert (len(listener.came), Delivery.objects.get().state) == (2, "delivered")


def test_new_secret_signs_beside_the_old_one_for_a_day(endpoint: Endpoint, listener: Listener, cast: Cast) -> None:
    new = actions.renew_secret(endpoint, by=cast["owner"])
    old = secret_of(endpoint.pk, 1)
    for after in (timedelta(), timedelta(hours=25)):
        actions.try_out(endpoint)
        go_round(after)
    both = [[fits(headers, body, secret) for secret in (old, new)] for headers, body in listener.came]
    assert both == [[True, True], [False, True]]


@pytest.mark.req("S23")
def test_old_key_of_the_server_goes_on_signing(endpoint: Endpoint, listener: Listener, settings: LazySettings) -> None:
    before = secret_of(endpoint.pk, 1)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, at least as long as the first one has to be by its check"
    actions.try_out(endpoint)
    deliver_due(clock.now())
    [(headers, body)] = listener.came
    assert [fits(headers, body, secret) for secret in (before, secret_of(endpoint.pk, 1))] == [True, True]


def test_database_holds_nothing_that_could_sign(endpoint: Endpoint) -> None:
    kept = " ".join(str(value) for value in Endpoint.objects.values().get().values())
    secret = secret_of(endpoint.pk, 1)
    assert (secret in kept, secret.removeprefix("whsec_") in kept) == (False, False)


def test_delivery_of_a_worker_that_died_is_taken_up(endpoint: Endpoint, listener: Listener) -> None:
    actions.try_out(endpoint)
    Delivery.objects.update(state=State.SENDING, leased_until=clock.now() - timedelta(seconds=1))
    assert deliver_due(clock.now()) == 1


def test_log_is_kept_for_a_month(endpoint: Endpoint, listener: Listener) -> None:
    actions.try_out(endpoint)
    deliver_due(clock.now())
    kept = []
    for age in (KEPT - timedelta(hours=1), KEPT + timedelta(hours=1)):
        prune(clock.now() + age)
        kept.append((Delivery.objects.count(), Occurrence.objects.count()))
    assert kept == [(1, 1), (0, 0)]


def test_unknown_type_is_a_mistake_of_the_code(endpoint: Endpoint) -> None:
    with pytest.raises(LookupError):
        actions.tell("application.eaten", endpoint.scope)
