"""Everything that was written alone comes onto the canvas at once, in the name of who wrote it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from rihma.base.refused import Refused
from rihma.brainwriting import actions, pruning, rules
from rihma.brainwriting.models import Note, Round
from rihma.brainwriting.tests.conftest import SECRET, ComeIn, Write, page, text_of, texts, url
from rihma.canvases import actions as canvases
from rihma.canvases import erasing, kinds
from rihma.canvases.models import Canvas
from rihma.canvases.rules import check_known
from rihma.guests import actions as guests
from rihma.history.models import Event
from rihma.teams.models import Team
from tests.conftest import Cast


def test_every_note_becomes_an_item_of_its_writer(
    canvas: Canvas, begun: Round, write: Write, works: Client, come_in: ComeIn, cast: Cast
) -> None:
    guest, _phone = come_in()
    write("From the member", by=cast["member"])
    write("From a guest", by=guest, zone="able")
    assert works.post(url("reveal", canvas, begun.pk)).status_code == 303
    items = {item.text: (item.by, item.guest, item.zone) for item in canvas.items.all()}
    assert items == {
        "From the member": (cast["member"], None, "wanted"),
        "From a guest": (None, guest, "able"),
    }
    begun.refresh_from_db()
    assert begun.state == "revealed"
    assert [(note.text, note.is_placed) for note in Note.objects.all()] == [("", True)] * 2


def test_revealing_twice_adds_once(canvas: Canvas, begun: Round, write: Write, cast: Cast) -> None:
    note = write(by=cast["member"])
    actions.reveal(begun, by=cast["convener"])
    with pytest.raises(Refused, match="ended already"):
        actions.reveal(begun, by=cast["member"])
    assert [item.pk for item in canvas.items.all()] == [rules.item_of(begun.pk, note.pk)]


def test_order_says_nothing_of_who_wrote_first(canvas: Canvas, begun: Round, write: Write, cast: Cast) -> None:
    notes = [write(f"Note {n}", by=cast["member" if n % 2 else "convener"]) for n in range(12)]
    actions.reveal(begun, by=cast["facilitator"])
    rows = canvas.operations.order_by("seq")
    assert [row.item for row in rows] == sorted(note.item for note in notes)
    assert [item.pk for item in sorted(canvas.items.all(), key=lambda item: item.order)] == [row.item for row in rows]
    assert len({item.made_at for item in canvas.items.all()}) == 1


def test_who_may_write_no_longer_is_not_named(
    canvas: Canvas, begun: Round, write: Write, come_in: ComeIn, cast: Cast
) -> None:
    guest, _phone = come_in()
    write(by=guest)
    guests.revoke(guest.link)
    actions.reveal(begun, by=cast["convener"])
    item = canvas.items.get()
    assert (item.text, item.by, item.guest) == (SECRET, cast["convener"], None)


def test_frozen_canvas_reveals_nothing_and_loses_nothing(
    canvas: Canvas, begun: Round, write: Write, cast: Cast
) -> None:
    write(by=cast["member"])
    canvases.freeze(canvas, by=cast["owner"])
    with pytest.raises(Refused, match="Every note is kept"):
        actions.reveal(begun, by=cast["convener"])
    canvases.reopen(canvas, by=cast["owner"])
    actions.reveal(begun, by=cast["convener"])
    assert texts(canvas) == [SECRET]


def test_note_without_room_stays_with_its_writer_and_is_placed_elsewhere(team: Team, works: Client, cast: Cast) -> None:
    canvas = canvases.open_canvas(team, "learning_card", by=cast["owner"])
    places = list(rules.places_in(check_known(kinds.of(canvas))))
    narrow, kind = next(place for place in places if place[0].most < 10)
    wide, other = next(place for place in places if place[0] != narrow)
    begun = actions.start(canvas, by=cast["convener"])
    for n in range(narrow.most + 1):
        actions.write(
            begun, zone=narrow.key, kind=kind.key, text=f"No {n}", lang="en", client_id=str(n), by=cast["member"]
        )
    actions.reveal(begun, by=cast["convener"])
    left = Note.objects.off_canvas().get()
    assert (left.reason, canvas.items.count()) == ("full", narrow.most)
    assert "There was no room left" in text_of(page(works, canvas))

    refused = works.post(url("place", canvas, begun.pk, left.pk), {"place": f"{narrow.key}/{kind.key}"})
    assert (refused.status_code, left.text in text_of(refused)) == (200, True)
    works.post(url("place", canvas, begun.pk, left.pk), {"place": f"{wide.key}/{other.key}"})
    left.refresh_from_db()
    assert (left.is_placed, left.text, canvas.items.get(pk=left.item).zone) == (True, "", wide.key)


def test_cancelled_round_keeps_notes_for_their_writer_alone_and_not_for_ever(
    canvas: Canvas, begun: Round, write: Write, works: Client, client_of: Callable[..., Client], cast: Cast
) -> None:
    write(by=cast["member"])
    works.post(url("cancel", canvas, begun.pk))
    assert [SECRET in text_of(page(client, canvas)) for client in (works, client_of(cast["convener"]))] == [True, False]
    begun.refresh_from_db()
    assert begun.closed_at is not None
    assert pruning.prune(begun.closed_at + timedelta(days=30)) == 0
    assert pruning.prune(begun.closed_at + timedelta(days=31)) == 1
    assert (texts(canvas), Note.objects.count()) == ([], 0)


def test_erasing_somebodys_words_erases_what_they_wrote_alone(
    canvas: Canvas, write: Write, come_in: ComeIn, cast: Cast
) -> None:
    guest, _phone = come_in()
    write("Stays", by=cast["member"])
    write("Goes", by=guest)
    erasing.erase_writer(canvas, guest, by=cast["owner"])
    assert [note.text for note in Note.objects.all()] == ["Stays"]


def test_history_tells_how_many_and_no_word(canvas: Canvas, begun: Round, write: Write, cast: Cast) -> None:
    write(by=cast["member"])
    actions.reveal(begun, by=cast["convener"])
    event = Event.objects.of_thread(canvas.team_id).get(area="brainwriting", verb="revealed")
    assert event.sentence.endswith("revealed what everybody had written alone on a canvas (notes: 1)")
    assert SECRET not in str(event.data)
