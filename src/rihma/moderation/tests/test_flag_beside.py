"""Comments and files are flagged, hidden, shown again and erased as items are."""

import json
from typing import Any

import pytest
from django.core import serializers
from django.test import Client

from rihma.attachments import actions as attachments
from rihma.attachments.models import Attachment
from rihma.attachments.tests.conftest import on_disk, photo
from rihma.base.refused import Refused
from rihma.canvases import actions as canvases
from rihma.canvases.models import Canvas, Item
from rihma.history.models import Event
from rihma.moderation import actions, queries
from rihma.moderation.models import Erasure, Flag
from rihma.moderation.tests.conftest import ClientOf, Put, flag_by, guest_of, text_of, url
from rihma.notices.models import Message
from rihma.talk import actions as talk
from rihma.talk.models import Comment
from tests.conftest import Cast

SAID = "Maija drinks"


@pytest.fixture
def item(put: Put) -> Item:
    return put("Phones are off")


@pytest.fixture
def comment(item: Item, cast: Cast) -> Comment:
    return talk.comment(item, SAID, lang="en", by=cast["member"])


@pytest.fixture
def picture(canvas: Canvas, cast: Cast, settings: Any, tmp_path: Any) -> Attachment:
    settings.FILES = tmp_path / "files"
    return attachments.attach(
        canvas, photo(), name="maija.jpg", zone="wanted", alt="Maija drinks", lang="en", by=cast["member"]
    )


def talk_page(client: Client, item: Item) -> str:
    return client.get(f"/en/canvases/{item.canvas_id}/items/{item.pk}/talk/").content.decode()


@pytest.mark.req("P4")
def test_flagged_comment_is_read_by_nobody_and_names_nobody(
    canvas: Canvas, item: Item, comment: Comment, cast: Cast, client_of: ClientOf
) -> None:
    _guest, reader = guest_of(canvas, cast["convener"], role="reader")
    page = talk_page(reader, item)
    assert (SAID in page, url("flag_comment", canvas.pk, comment.pk) in page) == (True, True)
    answer = reader.post(url("flag_comment", canvas.pk, comment.pk), {"reason": "hurtful"})
    assert (answer.status_code, Flag.objects.get().what) == (302, "comment")
    for name in ("convener", "mentor", "owner"):
        page = talk_page(client_of(cast[name]), item)
        assert (SAID in page, "hidden until somebody" in page) == (False, True), name
    rows = client_of(cast["convener"]).get(f"/api/v1/canvases/{canvas.pk}/items/{item.pk}/comments").json()
    assert [(row["text"], row["by"], row["name"], row["hidden"]) for row in rows] == [("", None, "", True)]


@pytest.mark.req("P4")
def test_flagged_file_is_sent_to_nobody_but_whoever_decides(
    canvas: Canvas, picture: Attachment, cast: Cast, client_of: ClientOf, works: Client
) -> None:
    page = works.get(picture.get_absolute_url())
    address = f"{picture.get_absolute_url()}whole"
    assert (url("flag_file", canvas.pk, picture.pk) in page.content.decode(), works.get(address).status_code) == (
        True,
        200,
    )
    works.post(url("flag_file", canvas.pk, picture.pk), {"reason": "private"})
    for name in ("convener", "mentor", "owner"):
        client = client_of(cast[name])
        assert (client.get(address).status_code, client.get(picture.get_absolute_url()).status_code) == (404, 404), name
    assert "maija" not in works.get(canvas.get_absolute_url()).content.decode().casefold()
    assert works.get(f"/api/v1/canvases/{canvas.pk}/files").json() == []
    flag = Flag.objects.get()
    runs = client_of(cast["facilitator"])
    assert url("file", flag.pk, "small") in runs.get(url("queue", canvas.programme.slug)).content.decode()
    answers = [client.get(url("file", flag.pk, "whole")).status_code for client in (runs, works)]
    assert answers == [200, 404]


def test_log_keeps_the_act_and_no_mail_holds_the_words(
    canvas: Canvas, comment: Comment, picture: Attachment, cast: Cast
) -> None:
    flag_by(canvas, comment, cast["mentor"])
    flag_by(canvas, picture, cast["mentor"])
    events = Event.objects.filter(area="moderation")
    assert [(event.verb, event.data) for event in events] == [("flagged", {"reason": "private"})] * 2
    told = serializers.serialize("json", [*events, *Message.objects.all()])
    assert "Maija" not in told


def test_flagger_and_flagged_wait_in_the_same_list(
    canvas: Canvas, item: Item, comment: Comment, picture: Attachment, cast: Cast, client_of: ClientOf
) -> None:
    for thing in (item, comment, picture):
        flag_by(canvas, thing, cast["mentor"])
    page = text_of(client_of(cast["owner"]).get(url("queue", canvas.programme.slug)))
    assert [words in page for words in ("Phones are off", SAID, "maija.jpg")] == [True] * 3


def test_comment_shown_again_reads_as_before(
    canvas: Canvas, item: Item, comment: Comment, cast: Cast, works: Client
) -> None:
    actions.show(flag_by(canvas, comment, cast["mentor"]), "She agreed", by=cast["owner"])
    page = talk_page(works, item)
    assert (SAID in page, str(cast["member"]) in page) == (True, True)


@pytest.mark.req("P4")
def test_erased_comment_goes_and_its_answers_stay(canvas: Canvas, item: Item, comment: Comment, cast: Cast) -> None:
    answer = talk.comment(item, "Really?", lang="en", thread=comment.pk, by=cast["convener"])
    actions.erase(flag_by(canvas, comment, cast["mentor"]), "Private", by=cast["owner"])
    assert list(Comment.objects.order_by("made_at").values_list("pk", "text", "hidden")) == [
        (comment.pk, "", False),
        (answer.pk, "Really?", False),
    ]


@pytest.mark.req("P4")
@pytest.mark.django_db(transaction=True)
def test_erased_file_goes_with_its_bytes_and_the_decision_stays(
    canvas: Canvas, picture: Attachment, cast: Cast, client_of: ClientOf
) -> None:
    flag = actions.erase(flag_by(canvas, picture, cast["mentor"]), "Private", by=cast["owner"])
    assert (Attachment.objects.count(), on_disk()) == (0, [])
    flag.refresh_from_db()
    assert (flag.state, flag.thing, flag.decision) == ("erased", None, "Private")
    assert client_of(cast["owner"]).get(url("queue", canvas.programme.slug)).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_what_its_writer_took_away_meanwhile_can_be_decided(
    canvas: Canvas, picture: Attachment, comment: Comment, cast: Cast, client_of: ClientOf
) -> None:
    flags = [flag_by(canvas, picture, cast["mentor"]), flag_by(canvas, comment, cast["mentor"])]
    attachments.remove(picture, by=cast["member"])
    talk.remove(comment, by=cast["member"])
    page = text_of(client_of(cast["owner"]).get(url("queue", canvas.programme.slug)))
    assert (page.count("taken it away since"), "Maija" in page) == (2, False)
    assert [actions.show(flag, "Gone", by=cast["owner"]).state for flag in flags] == ["shown"] * 2


def test_hidden_comment_is_neither_changed_nor_flagged_again(canvas: Canvas, comment: Comment, cast: Cast) -> None:
    flag_by(canvas, comment, cast["mentor"])
    with pytest.raises(Refused, match="hidden until"):
        talk.edit(comment, "Otherwise", lang="en", by=cast["member"])
    with pytest.raises(Refused, match="flagged this already"):
        flag_by(canvas, comment, cast["convener"])


def test_item_that_is_erased_closes_what_waits_beside_it(
    canvas: Canvas, item: Item, comment: Comment, cast: Cast
) -> None:
    flag = flag_by(canvas, comment, cast["mentor"], words="Maija is my neighbour")
    actions.erase_item(canvas, item.pk, reason="private", typed="erase", by=cast["owner"])
    flag.refresh_from_db()
    assert (flag.state, flag.words, Erasure.objects.count()) == ("erased", "", 1)


@pytest.mark.req("P4")
def test_whoever_only_commented_or_sent_a_photo_is_offered_and_erased(
    canvas: Canvas, item: Item, comment: Comment, picture: Attachment, cast: Cast, client_of: ClientOf
) -> None:
    canvases.change(canvas, "remove", item.pk, by=cast["convener"])
    flag_by(canvas, comment, cast["mentor"])
    assert cast["member"] in queries.writers(canvas.programme)
    said = {"writer": f"person:{cast['member'].pk}", "reason": "other", "typed": str(cast["member"])}
    answer = client_of(cast["owner"]).post(url("erase_writer", canvas.programme.slug), said, follow=True)
    assert "Erased: 2 comments, files and letters." in text_of(answer)
    assert (Comment.objects.get().text, Attachment.objects.count(), Flag.objects.get().state) == ("", 0, "erased")
    assert cast["member"] not in queries.writers(canvas.programme)


@pytest.mark.req("S2")
def test_stranger_flags_neither_comment_nor_file(
    canvas: Canvas, comment: Comment, picture: Attachment, cast: Cast, client_of: ClientOf
) -> None:
    for name in ("outsider", "other_convener", "juror"):
        client = client_of(cast[name])
        for address in (url("flag_comment", canvas.pk, comment.pk), url("flag_file", canvas.pk, picture.pk)):
            assert client.post(address, {"reason": "private"}).status_code == 404, name
    assert Flag.objects.count() == 0


def test_comment_under_hidden_words_cannot_be_reached(
    canvas: Canvas, item: Item, comment: Comment, cast: Cast, works: Client
) -> None:
    flag_by(canvas, item, cast["mentor"])
    assert works.get(url("flag_comment", canvas.pk, comment.pk)).status_code == 404


@pytest.mark.parametrize("what", ["comments", "files"])
def test_program_flags_them_as_a_page_does(
    canvas: Canvas, comment: Comment, picture: Attachment, works: Client, what: str
) -> None:
    thing = comment if what == "comments" else picture
    address = f"/api/v1/canvases/{canvas.pk}/{what}/{thing.pk}/flag"
    answer = works.post(address, json.dumps({"reason": "hurtful"}), content_type="application/json")
    assert (answer.status_code, answer.json()["state"]) == (200, "open")
    assert works.post(address, json.dumps({"reason": "hurtful"}), content_type="application/json").status_code == 404


def test_panel_of_an_item_lets_go_of_a_flagged_file(
    canvas: Canvas, item: Item, cast: Cast, works: Client, settings: Any, tmp_path: Any
) -> None:
    settings.FILES = tmp_path / "files"
    at_item = attachments.attach(
        canvas, photo(), name="maija.jpg", zone="wanted", item=item.pk, alt="", lang="en", by=cast["member"]
    )
    address = f"/en/canvases/{canvas.pk}/files/?item={item.pk}"
    ask = {"hx-request": "true"}
    assert "maija.jpg" in works.get(address, headers=ask).content.decode()
    flag_by(canvas, at_item, cast["mentor"])
    assert "maija.jpg" not in works.get(address, headers=ask).content.decode()
    assert works.get(f"{address}x", headers=ask).status_code == 404
