"""Nothing tells who voted for what: not the database, not the history, not a page, not the API."""

import json

from django.test import Client

from rihma.canvases.models import Canvas
from rihma.facilitation import actions
from rihma.facilitation.models import Dots, Vote
from rihma.facilitation.secrecy import voter_of
from rihma.facilitation.tests.conftest import ClientOf, ComeIn, Put, Start, page_url, text_of, url
from rihma.history.models import Event
from tests.conftest import Cast


def test_database_keeps_neither_names_nor_moments_of_dots(put: Put, start: Start, cast: Cast, come_in: ComeIn) -> None:
    item, vote = put(), start()
    guest, _phone = come_in()
    for who in (cast["member"], guest):
        actions.place_dot(vote, item.pk, by=who)
    rows = json.dumps(list(Dots.objects.values()), default=str)
    assert [who for who in (cast["member"], guest) if str(who.pk) in rows or who.pk.hex in rows] == []
    assert {field.name for field in Dots._meta.get_fields()} == {"id", "vote", "item", "voter", "count"}


def test_same_person_is_another_voter_in_the_next_vote(start: Start, cast: Cast) -> None:
    first = start()
    actions.close_vote(first, by=cast["member"])
    second = start()
    assert voter_of(first, cast["member"]) != voter_of(second, cast["member"])


def test_history_tells_of_the_vote_and_of_no_dot(put: Put, start: Start, cast: Cast) -> None:
    item, vote = put(), start()
    actions.place_dot(vote, item.pk, by=cast["member"])
    actions.close_vote(vote, by=cast["facilitator"])
    told = [
        (event.verb, event.by, event.data) for event in Event.objects.filter(area="facilitation").order_by("number")
    ]
    assert told == [
        ("vote_started", cast["facilitator"], {"budget": 3}),
        ("vote_closed", cast["facilitator"], {"voters": 1}),
    ]


def test_no_page_names_a_voter(canvas: Canvas, put: Put, start: Start, cast: Cast, client_of: ClientOf) -> None:
    item, vote = put(), start(results="at_once")
    actions.place_dot(vote, item.pk, by=cast["member"])
    owner = client_of(cast["owner"])
    pages = [owner.get(address) for address in (url("votes", canvas), url("vote", canvas, vote.pk))]
    said = " ".join(text_of(page) for page in pages)
    assert (cast["member"].name in said, voter_of(vote, cast["member"]) in said) == (False, False)
    assert "0 dots of yours" in text_of(owner.get(page_url(canvas)))
    assert "1 dot of yours" not in text_of(owner.get(page_url(canvas)))


def test_api_gives_everybody_their_own_dots_only(
    canvas: Canvas, put: Put, start: Start, cast: Cast, client_of: ClientOf
) -> None:
    item, vote = put(), start(results="at_once")
    actions.place_dot(vote, item.pk, by=cast["member"])

    def mine(client: Client) -> tuple[dict[str, int], int]:
        (one,) = client.get(f"/api/v1/canvases/{canvas.pk}/votes").json()
        assert set(one) == {
            *("id", "title", "state", "budget", "most", "results", "zones", "voters", "left", "mine", "outcome")
        }
        return one["mine"], one["left"]

    assert mine(client_of(cast["member"])) == ({str(item.pk): 1}, 2)
    assert mine(client_of(cast["owner"])) == ({}, 3)
    assert Vote.objects.get() == vote
