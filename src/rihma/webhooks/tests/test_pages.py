import re
from collections.abc import Callable

import pytest
from django.test import Client

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.history.models import Event
from rihma.programmes.models import Programme
from rihma.webhooks import actions
from rihma.webhooks.delivery import deliver_due
from rihma.webhooks.models import Delivery, Endpoint
from rihma.webhooks.secrets import secret_of
from rihma.webhooks.tests.conftest import Listener
from tests.conftest import Cast
from tests.stale import form_of, seen_on

type ClientOf = Callable[[Person | None], Client]

LIST = "/en/programmes/spring/webhooks/"
SENT = {"address": "https://example.org/hooks", "types": ["application.submitted"]}


@pytest.fixture
def owner(cast: Cast, client_of: ClientOf) -> Client:
    return client_of(cast["owner"])


def test_secret_is_shown_once_after_adding(programme: Programme, owner: Client) -> None:
    page = owner.post(f"{LIST}add/", SENT).content.decode()
    endpoint = Endpoint.objects.get()
    secret = secret_of(endpoint.pk, 1)
    later = owner.get(endpoint.get_absolute_url()).content.decode()
    assert (re.findall(r"whsec_[\w+/=]+", page), secret in later) == ([secret], False)
    assert Event.objects.filter(verb="webhook_added").count() == 1


@pytest.mark.req("R15")
def test_form_that_is_pressed_twice_leads_to_the_one_endpoint_and_shows_no_secret_again(
    programme: Programme, owner: Client
) -> None:
    owner.post(f"{LIST}add/", SENT)
    answer = owner.post(f"{LIST}add/", SENT, follow=True)
    endpoint = Endpoint.objects.get()
    page = answer.content.decode()
    assert answer.redirect_chain == [(endpoint.get_absolute_url(), 302)]
    assert ("make a new one" in page, "whsec_" in page) == (True, False)
    assert (endpoint.generation, Event.objects.filter(verb="webhook_added").count()) == (1, 1)


def test_same_address_may_be_told_something_else_besides(programme: Programme, owner: Client) -> None:
    owner.post(f"{LIST}add/", SENT)
    page = owner.post(f"{LIST}add/", {**SENT, "types": ["call.amended"]}).content.decode()
    assert (Endpoint.objects.count(), "whsec_" in page) == (2, True)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"address": "http://example.org/"}, "must begin with https://"),
        ({"types": []}, "Choose what the program is told."),
        ({"types": ["application.eaten"]}, "Select a valid choice"),
    ],
)
def test_what_does_not_fit_is_said_and_kept(
    programme: Programme, owner: Client, sent: dict[str, object], said: str
) -> None:
    page = owner.post(f"{LIST}add/", {**SENT, **sent}).content.decode()
    assert (said in page, "example.org" in page, Endpoint.objects.count()) == (True, True, 0)


def test_log_tells_how_each_delivery_went(endpoint: Endpoint, listener: Listener, owner: Client) -> None:
    listener.answers = [503]
    owner.post(f"/en/webhooks/{endpoint.pk}/try/")
    deliver_due(clock.now())
    page = owner.get(f"/en/webhooks/{endpoint.pk}/").content.decode()
    name = Delivery.objects.get().occurrence.name
    assert [said in page for said in (name, "It answered 503", "You asked for a test message")] == [True] * 3


def test_owner_sends_one_again(endpoint: Endpoint, listener: Listener, owner: Client) -> None:
    actions.try_out(endpoint)
    deliver_due(clock.now())
    owner.post(f"/en/webhooks/deliveries/{Delivery.objects.get().pk}/again/")
    deliver_due(clock.now())
    assert len(listener.came) == 2


def test_edit_does_not_overwrite_what_somebody_else_saved(endpoint: Endpoint, owner: Client, cast: Cast) -> None:
    address = f"/en/webhooks/{endpoint.pk}/edit/"
    seen = seen_on(owner, address)
    actions.edit(endpoint, address="https://example.org/new", types=["call.amended"], seen=seen, by=cast["facilitator"])
    page = owner.post(address, {**SENT, "seen": seen})
    endpoint.refresh_from_db()
    assert (endpoint.address, "https://example.org/new" in page.content.decode()) == ("https://example.org/new", True)
    assert form_of(page).data["address"] == SENT["address"]


@pytest.mark.req("S1")
@pytest.mark.parametrize("role", ["convener", "mentor", "juror", "outsider"])
def test_nobody_else_finds_an_endpoint(endpoint: Endpoint, cast: Cast, client_of: ClientOf, role: str) -> None:
    client = client_of(cast[role])
    one = f"/en/webhooks/{endpoint.pk}/"
    pages = [client.get(address).status_code for address in (LIST, f"{LIST}add/", one, f"{one}edit/")]
    deeds = [client.post(f"{one}{deed}/").status_code for deed in ("secret", "turn", "remove", "try")]
    assert {*pages, *deeds} == {404}
