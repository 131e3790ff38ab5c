"""Erased words are found nowhere: not on the canvas, in its log, in exports, nor brought back by an old page."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core import serializers
from django.db.models import Model

from rihma.base.refused import Refused
from rihma.canvases import actions as canvases
from rihma.canvases import erasing, log, wire
from rihma.canvases.models import Canvas, Item, Operation
from rihma.canvases.taking_out.forms import FORMS
from rihma.canvases.types import Payload
from rihma.guests.models import Guest
from rihma.history.models import Event
from rihma.moderation import actions
from rihma.moderation.models import Erasure, Flag
from rihma.moderation.tests.conftest import STORY, ClientOf, Put, flag_by, guest_of, text_of, url
from rihma.notices.models import Message
from rihma.talk import actions as talk
from rihma.talk.models import Comment
from tests.conftest import Cast

WORDS = ("Maija", "diabetes", "insulin", "sockersjuka", "Diabetes tag")


def everywhere(canvas: Canvas) -> str:
    """All rows that could hold words of people."""
    kept: list[Model] = [*Item.objects.all(), *Operation.objects.all(), *Flag.objects.all(), *Event.objects.all()]
    kept += [*Message.objects.all(), *Erasure.objects.all()]
    rows = serializers.serialize("json", kept, ensure_ascii=False)
    sent = [row.decode() for _seq, row in wire.rows(canvas.operations.order_by("seq"))]
    return f"{rows}{wire.items(canvas).decode()}{sent}"


def opened(content: bytes) -> bytes:
    """A workbook is packed."""
    if not content.startswith(b"PK"):
        return content
    with ZipFile(BytesIO(content)) as packed:
        return b"".join(packed.read(name) for name in packed.namelist())


@pytest.fixture
def told(canvas: Canvas, story: Item, cast: Cast) -> Item:
    """The story, edited, clashed over, translated, tagged."""
    by = cast["member"]
    seq = canvases.change(canvas, "set", story.pk, {"text": f"{STORY}, takes insulin"}, base=1, by=by).seq
    canvases.change(canvas, "set", story.pk, {"text": "Wholly Maija other"}, base=1, by=cast["convener"])
    said = {"lang": "sv", "text": "Maija har sockersjuka", "made": "human"}
    canvases.change(canvas, "mark", story.pk, {"translation": said}, by=by)
    canvases.change(canvas, "mark", story.pk, {"tag": "Diabetes tag"}, by=by)
    assert seq == 2
    return story


def test_passage_is_erased_after_a_word_was_typed(canvas: Canvas, told: Item, cast: Cast, client_of: ClientOf) -> None:
    client, address = client_of(cast["facilitator"]), url("erase_item", canvas.pk, told.pk)
    assert "Maija" in text_of(client.get(address))
    answer = client.post(address, {"reason": "private", "typed": "yes"})
    assert (answer.status_code, canvas.items.get().marks.get("erased")) == (422, None)
    assert client.post(address, {"reason": "private", "typed": " Erase "}).status_code == 302
    assert (canvas.items.get().text, Erasure.objects.get().reason) == ("", "private")
    assert client_of(cast["convener"]).get(address).status_code == 404


@pytest.mark.req("P4")
def test_erased_words_are_in_no_row_and_the_log_has_no_gap(canvas: Canvas, told: Item, cast: Cast) -> None:
    assert [word in everywhere(canvas) for word in WORDS] == [True] * len(WORDS)
    before = list(canvas.operations.order_by("seq").values_list("seq", "verb", "by", "client_id"))
    actions.erase_item(canvas, told.pk, reason="private", typed="erase", by=cast["owner"])
    assert [word in everywhere(canvas) for word in WORDS] == [False] * len(WORDS)
    after = list(canvas.operations.order_by("seq").values_list("seq", "verb", "by", "client_id"))
    assert (after[:-1], after[-1][:3]) == (before, (before[-1][0] + 1, "erase", cast["owner"].pk))
    assert log.replay(canvas.operations.order_by("seq")) == {told.pk: canvas.items.get().state}


@pytest.mark.req("P4")
def test_old_page_does_not_bring_erased_words_back(canvas: Canvas, told: Item, cast: Cast) -> None:
    actions.erase_item(canvas, told.pk, reason="private", typed="erase", by=cast["owner"])
    deeds: list[Callable[[], object]] = [
        lambda: canvases.change(canvas, "set", told.pk, {"text": STORY}, base=2, by=cast["convener"]),
        lambda: canvases.change(canvas, "restore", told.pk, by=cast["convener"]),
        lambda: canvases.undo(canvas, 3, by=cast["convener"]),
        lambda: canvases.change(canvas, "mark", told.pk, {"tag": "Diabetes tag"}, by=cast["member"]),
    ]
    for deed in deeds:
        with pytest.raises(Refused):
            deed()
    assert [word in everywhere(canvas) for word in WORDS] == [False] * len(WORDS)


@pytest.mark.req("P4")
def test_whatever_is_taken_out_afterwards_has_nothing_of_it(
    canvas: Canvas, told: Item, cast: Cast, client_of: ClientOf
) -> None:
    actions.erase_item(canvas, told.pk, reason="private", typed="erase", by=cast["owner"])
    client = client_of(cast["convener"])
    for form in FORMS:
        content = client.get(f"{canvas.get_absolute_url()}export/{form}/").content
        assert not any(word.encode() in opened(content) for word in WORDS), form
    assert not any(word in text_of(client.get(f"{canvas.get_absolute_url()}history/")) for word in WORDS)


@pytest.mark.req("P4")
def test_all_that_a_guest_wrote_goes_with_their_name(canvas: Canvas, cast: Cast, put: Put) -> None:
    guest, _client = guest_of(canvas, cast["convener"])
    other = put("Phones are off")
    said: Payload = {"kind": "assumption", "zone": "wanted", "text": STORY, "lang": "en"}
    own = canvases.change(canvas, "add", guest.pk, said, by=guest).item
    base = canvases.change(canvas, "set", other.pk, {"text": "Phones are off, says Maija"}, base=1, by=guest).seq
    canvases.change(canvas, "set", other.pk, {"text": "Phones are off, says Maija again"}, base=base, by=cast["member"])

    done = actions.erase_writer(canvas.programme, guest, reason="private", typed="aamu", by=cast["facilitator"])
    assert (done.items, done.put_back) == (1, 1)
    assert not any(word in everywhere(canvas) for word in WORDS)
    assert (canvas.items.get(pk=own).text, canvas.items.get(pk=other.pk).text) == ("", "Phones are off")
    items = {item.pk: item.state for item in canvas.items.all()}
    assert log.replay(canvas.operations.order_by("seq")) == items
    assert str(Guest.objects.get(pk=guest.pk)) == "Guest 1"
    event = Event.objects.get(area="moderation", verb="writer_erased")
    assert (event.by, event.data) == (cast["facilitator"], {"reason": "private", "items": 1})


@pytest.mark.req("P4")
def test_text_written_on_what_was_erased_is_not_merged_into_what_is_left(canvas: Canvas, cast: Cast, put: Put) -> None:
    other = put("Phones are off")
    base = canvases.change(canvas, "set", other.pk, {"text": "Maija is off"}, base=1, by=cast["member"]).seq
    actions.erase_writer(
        canvas.programme, cast["member"], reason="private", typed=str(cast["member"]), by=cast["owner"]
    )
    with pytest.raises(Refused, match="erased here meanwhile"):
        canvases.change(canvas, "set", other.pk, {"text": "Maija is off today"}, base=base, by=cast["convener"])
    head = Canvas.objects.get(pk=canvas.pk).head
    canvases.change(canvas, "set", other.pk, {"text": "Phones are off today"}, base=head, by=cast["convener"])
    assert canvas.items.get().text == "Phones are off today"


def test_words_of_somebody_are_erased_after_their_name_was_typed(
    canvas: Canvas, story: Item, cast: Cast, client_of: ClientOf
) -> None:
    client, address = client_of(cast["owner"]), url("erase_writer", canvas.programme.slug)
    said = {"writer": f"person:{cast['convener'].pk}", "reason": "other"}
    assert "Type “" in text_of(client.post(address, {**said, "typed": "somebody"}))
    assert canvas.items.get().text == STORY
    assert client.post(address, {**said, "typed": str(cast["convener"]).upper()}).status_code == 302
    assert canvas.items.get().text == ""
    assert client_of(cast["convener"]).get(address).status_code == 404


@pytest.mark.req("P4")
def test_comments_go_with_the_item_and_with_their_writer(canvas: Canvas, put: Put, cast: Cast) -> None:
    item, other = put("Phones are off"), put("Letters are long")
    on_item = talk.comment(item, "That is Maija", lang="en", by=cast["member"])
    own = talk.comment(other, "As Maija says", lang="en", by=cast["mentor"])
    kept = talk.comment(other, "So they are", lang="en", by=cast["convener"])
    actions.erase_item(canvas, item.pk, reason="private", typed="erase", by=cast["owner"])
    erasing.erase_writer(canvas, cast["mentor"], by=cast["owner"])
    comments = {comment.pk: comment.text for comment in Comment.objects.all()}
    assert comments == {on_item.pk: "", own.pk: "", kept.pk: "So they are"}


def test_frozen_canvas_is_erased_too(canvas: Canvas, told: Item, cast: Cast) -> None:
    canvases.freeze(canvas, by=cast["owner"])
    by = cast["owner"]
    actions.erase_writer(canvas.programme, cast["member"], reason="private", typed=str(cast["member"]), by=by)
    assert canvas.items.get().text == STORY
    actions.erase_writer(canvas.programme, cast["convener"], reason="private", typed=str(cast["convener"]), by=by)
    assert not any(word in everywhere(canvas) for word in WORDS)


def test_waiting_flags_are_closed_by_erasing(canvas: Canvas, story: Item, cast: Cast) -> None:
    flag = flag_by(canvas, story, cast["member"])
    actions.erase_item(canvas, story.pk, reason="private", typed="erase", by=cast["owner"])
    flag.refresh_from_db()
    assert (flag.state, Erasure.objects.count()) == ("erased", 0)
    assert canvas.items.get().marks == {"erased": True}
