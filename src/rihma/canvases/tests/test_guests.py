"""People without an account come by a link and may do what it says, as long as it says so."""

import json
from datetime import timedelta

import pytest
from django.core import serializers
from django.test import Client
from django.urls import reverse
from django.utils import translation
from time_machine import travel

from rihma.base import clock
from rihma.base.refused import Refused
from rihma.canvases import actions, wire
from rihma.canvases.doers import admissions, key_of, name_of
from rihma.canvases.models import Canvas, Item, Operation
from rihma.canvases.shown import board_of
from rihma.canvases.taking_out.table import to_csv
from rihma.canvases.tests.conftest import ClientOf, Put, text_of, url
from rihma.canvases.types import Payload
from rihma.guests.models import Guest, Link, WrongCode
from rihma.guests.secrets import code_of, secret_of
from rihma.history.models import Event
from tests.conftest import Cast

SAID: Payload = {"kind": "assumption", "zone": "wanted", "text": "People open the letter", "lang": "en"}


@pytest.fixture
def link(canvas: Canvas, cast: Cast) -> Link:
    return open_link(canvas, cast)


def open_link(canvas: Canvas, cast: Cast, *, role: str = "writer", most: int = 60, anonymous: bool = False) -> Link:
    ends_at = clock.now() + timedelta(days=2)
    return actions.let_guests_in(
        canvas, role=role, ends_at=ends_at, most=most, is_anonymous=anonymous, by=cast["convener"]
    )


def come(link: Link, client: Client | None = None, **said: str) -> Client:
    client = client or Client()
    with translation.override("en"):
        address = reverse("guests:come", args=[link.pk])
    client.post(address, {"secret": secret_of(link.pk), "name": "Aamu", "language": "en", **said})
    return client


def test_guest_comes_by_qr_code_and_writes_under_their_name(canvas: Canvas, link: Link) -> None:
    guest = come(link)
    page = text_of(guest.get(url("canvas", canvas)))
    assert "You are here as Aamu" in page

    form = {"text": "Phones are off at work", "zone": "wanted", "importance": "50", "evidence": "50", "lang": "en"}
    assert guest.post(url("add", canvas), form).status_code == 303
    item = canvas.items.get()
    assert (item.text, item.by, str(item.guest)) == ("Phones are off at work", None, "Aamu")
    html = guest.get(url("canvas", canvas)).content.decode()
    assert [">Aamu<" in html, "Aamu" in to_csv(board_of(canvas))] == [True, True]


def test_guest_comes_by_the_code_that_was_read_aloud(canvas: Canvas, link: Link) -> None:
    guest = Client()
    code = code_of(link.pk).lower()
    with translation.override("sv"):
        answer = guest.post(reverse("guests:join"), {"code": f"{code[:5]} {code[5:]}", "language": "sv"})
    assert answer["Location"] == canvas.get_absolute_url().replace("/fi/", "/sv/").replace("/en/", "/sv/")
    assert str(Guest.objects.get()) == "Guest 1"


def test_wrong_code_is_told_and_after_twenty_the_place_waits(link: Link) -> None:
    guest = Client()
    with translation.override("en"):
        address = reverse("guests:join")
    said = {"code": "222-2222-222", "language": "en"}
    pages = [text_of(guest.post(address, said)) for _ in range(21)]
    assert "There is no such link" in pages[19]
    assert "wrong too many times" in pages[20]
    assert WrongCode.objects.count() == 20
    assert "wrong too many times" in text_of(guest.post(address, said | {"code": code_of(link.pk)}))


def test_guest_who_returns_on_the_same_device_changes_what_they_wrote(canvas: Canvas, link: Link) -> None:
    guest = come(link)
    with travel(clock.now() + timedelta(days=1)):
        come(link, guest)
        assert Guest.objects.count() == 1
        actions.change(canvas, "add", link.pk, SAID, by=Guest.objects.get())
        answer = guest.post(url("set", canvas, link.pk), {"text": "People read it", "base": "1", "lang": "en"})
        assert (answer.status_code, canvas.items.get().text) == (303, "People read it")


@pytest.mark.req("S13")
def test_link_opens_one_canvas_in_one_role_and_nothing_else(canvas: Canvas, cast: Cast, put: Put) -> None:
    item = put()
    reader = come(open_link(canvas, cast, role="reader"))
    assert reader.get(url("canvas", canvas)).status_code == 200
    assert reader.get(url("add", canvas)).status_code == 404
    for name in ("guests", "history"):
        assert reader.get(url(name, canvas)).status_code == 302
    with translation.override("en"):
        assert reader.get(canvas.team.get_absolute_url()).status_code == 302
    with pytest.raises(Refused):
        actions.change(canvas, "set", item.pk, {"text": "x"}, base=1, by=Guest.objects.get())

    other = actions.open_canvas(canvas.team, "ecosystem_map", by=cast["owner"])
    assert reader.get(url("canvas", other)).status_code == 302


@pytest.mark.req("S13")
def test_closed_link_lets_nobody_new_in_and_those_inside_stay(canvas: Canvas, cast: Cast, link: Link) -> None:
    inside = come(link)
    actions.close_guest_link(canvas, link, by=cast["convener"])
    assert inside.get(url("canvas", canvas)).status_code == 200
    outside = come(link)
    assert outside.get(url("canvas", canvas)).status_code == 302
    assert Guest.objects.count() == 1


@pytest.mark.req("S13")
def test_revoked_or_ended_link_sends_all_out(canvas: Canvas, cast: Cast, link: Link) -> None:
    inside = come(link)
    with travel(link.ends_at):
        assert inside.get(url("canvas", canvas)).status_code == 302
    actions.revoke_guest_link(canvas, link, by=cast["convener"])
    assert inside.get(url("canvas", canvas)).status_code == 302
    with pytest.raises(Refused):
        actions.change(canvas, "add", link.pk, SAID, by=Guest.objects.get())


@pytest.mark.req("P6")
def test_anonymous_link_keeps_no_name(canvas: Canvas, cast: Cast, client_of: ClientOf) -> None:
    link = open_link(canvas, cast, anonymous=True)
    come(link, client_of(cast["outsider"]))
    guest = Guest.objects.get()
    assert (str(guest), guest.name, guest.person) == ("Guest 1", "", None)


@pytest.mark.req("P6")
def test_no_row_leads_from_anonymous_words_to_their_writer(canvas: Canvas, cast: Cast, client_of: ClientOf) -> None:
    link = open_link(canvas, cast, anonymous=True)
    come(link, client_of(cast["outsider"]))
    guest = Guest.objects.get()
    actions.change(canvas, "add", link.pk, SAID, by=guest)
    kept = [*Guest.objects.all(), *Item.objects.all(), *Operation.objects.all(), *Event.objects.all()]
    rows = serializers.serialize("json", kept) + wire.items(canvas).decode()
    rows += str(wire.rows(canvas.operations.all())) + text_of(
        client_of(cast["convener"]).get(url("export", canvas, "json"))
    )
    person = cast["outsider"]
    assert str(guest.pk) in rows
    assert [mark in rows for mark in (str(person.pk), person.pk.hex, person.email, person.name)] == [False] * 4


def test_full_link_says_so_and_counts_each_device_once(canvas: Canvas, cast: Cast) -> None:
    link = open_link(canvas, cast, most=1)
    first = come(link)
    come(link, first)
    with translation.override("en"):
        address = reverse("guests:come", args=[link.pk])
    page = Client().post(address, {"secret": secret_of(link.pk), "language": "en"})
    assert "As many have come by this link as it lets in" in text_of(page)


def test_database_holds_no_secret_of_a_link_or_a_guest(link: Link) -> None:
    guest = come(link)
    kept = json.dumps([*Link.objects.values(), *Guest.objects.values()], default=str)
    secrets = [secret_of(link.pk), code_of(link.pk), guest.cookies["guest"].value]
    assert [secret for secret in secrets if secret in kept] == []


def test_page_of_a_link_shows_what_opens_it_and_ends_it(canvas: Canvas, cast: Cast, client_of: ClientOf) -> None:
    works = client_of(cast["member"])
    ends = (clock.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    made = works.post(url("guests", canvas), {"role": "writer", "ends_at": ends, "most": "30"})
    link = Link.objects.get()
    assert made.status_code == 302
    page = works.get(made["Location"])
    assert code_of(link.pk)[:3] in text_of(page)
    assert b"<svg" in page.content
    works.post(url("close_guest_link", canvas, link.pk))
    assert "Nobody new" in text_of(works.get(made["Location"]))
    works.post(url("revoke_guest_link", canvas, link.pk))
    assert "All out" in text_of(works.get(url("guests", canvas)))


@pytest.mark.parametrize(("role", "closed"), [("writer", False), ("reader", False), ("reader", True)])
def test_guest_is_let_in_live_as_their_link_says(canvas: Canvas, cast: Cast, role: str, *, closed: bool) -> None:
    link = open_link(canvas, cast, role=role)
    come(link)
    if closed:
        actions.revoke_guest_link(canvas, link, by=cast["convener"])
    asked = (key_of(canvas.pk), name_of(Guest.objects.get()))
    found = {pair: admission.role for pair, admission in admissions([asked]).items()}
    assert found == ({} if closed else {asked: role})


def test_page_of_a_guest_is_kept_nowhere(canvas: Canvas, link: Link) -> None:
    assert come(link).get(url("canvas", canvas))["Cache-Control"] == "no-store"


def test_address_of_a_link_leads_to_the_language_of_the_browser(link: Link) -> None:
    answer = Client(headers={"accept-language": "sv"}).get(f"/j/{link.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/sv/j/{link.pk}/")
