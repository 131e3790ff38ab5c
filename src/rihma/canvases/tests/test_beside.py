"""What stands beside the items goes out with the canvas: comments, results of votes, what files show. Some of it comes back."""

import json
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from rihma.attachments import actions as attachments
from rihma.attachments.tests.conftest import photo
from rihma.base import clock
from rihma.base.refused import Refused
from rihma.canvases import actions as canvases
from rihma.canvases.bringing_in.carrying_out import import_data
from rihma.canvases.models import Canvas, Item
from rihma.canvases.tests.conftest import ClientOf, Put, text_of
from rihma.facilitation import actions as facilitation
from rihma.facilitation.models import Dots, Vote
from rihma.history.models import Event
from rihma.notices.models import Message
from rihma.talk import actions as talk
from rihma.talk.models import Comment
from tests.conftest import Cast

FORMS = ("html", "md", "xlsx", "json")


@pytest.fixture
def item(put: Put) -> Item:
    return put("Phones are off")


@pytest.fixture
def talked(canvas: Canvas, item: Item, put: Put, cast: Cast, settings: Any, tmp_path: Path) -> Canvas:
    """A thread with an answer, a closed vote, a photo at the item and one at the zone."""
    settings.FILES = tmp_path / "files"
    other = put("Letters are long")
    first = talk.comment(item, "Who says so?", lang="en", by=cast["mentor"])
    talk.comment(item, "Everybody @Aino Virtanen", lang="en", thread=first.pk, by=cast["member"])
    talk.resolve(first, by=cast["member"])
    talk.react(item, "agree", by=cast["member"])
    by = cast["convener"]
    vote = facilitation.start_vote(canvas, title="Which first?", budget=3, most=2, results="when_closed", by=by)
    for voter, places in (("convener", (item, item)), ("member", (item, other))):
        for place in places:
            facilitation.place_dot(vote, place.pk, by=cast[voter])
    facilitation.close_vote(vote, by=by)
    attach = partial(attachments.attach, canvas, photo(), zone="wanted", lang="en", by=by)
    attach(name="wall.jpg", item=item.pk, alt="Notes on a wall")
    attach(name="room.jpg", alt="The whole room")
    return canvas


def taken(client: Client, canvas: Canvas, form: str) -> str:
    content = client.get(f"{canvas.get_absolute_url()}export/{form}/").content
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as packed:
            content = b"".join(packed.read(name) for name in packed.namelist())
    return content.decode()


@pytest.mark.parametrize("form", FORMS)
def test_comments_votes_and_descriptions_are_in_the_file(talked: Canvas, works: Client, form: str) -> None:
    words = ("Who says so?", "Everybody @Aino Virtanen", "Which first?", "Notes on a wall", "The whole room")
    said = taken(works, talked, form)
    assert [word for word in words if word not in said] == []


def test_pdf_has_them_too(talked: Canvas, works: Client) -> None:
    answer = works.get(f"{talked.get_absolute_url()}export/pdf/")
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")


@pytest.mark.parametrize("form", FORMS)
def test_no_name_goes_out_where_names_are_hidden(talked: Canvas, cast: Cast, works: Client, form: str) -> None:
    assert str(cast["mentor"]) in taken(works, talked, form)
    canvases.hide_names(talked, hidden=True, by=cast["convener"])
    said = taken(works, talked, form)
    assert [str(cast[name]) in said for name in ("mentor", "member", "convener")] == [False] * 3


@pytest.mark.parametrize("form", FORMS)
def test_what_is_hidden_or_removed_stays_in(talked: Canvas, item: Item, cast: Cast, works: Client, form: str) -> None:
    Comment.objects.filter(text="Who says so?").update(hidden=True)
    said = taken(works, talked, form)
    assert ("Who says so?" in said, "Everybody" in said) == (False, True)
    canvases.change(talked, "remove", item.pk, by=cast["convener"])
    said = taken(works, talked, form)
    assert ("Everybody" in said, "Notes on a wall" in said, "The whole room" in said) == (False, False, True)


@pytest.mark.req("S4")
def test_open_vote_tells_nothing(talked: Canvas, item: Item, cast: Cast, works: Client) -> None:
    by = cast["convener"]
    vote = facilitation.start_vote(talked, title="Still open", budget=3, most=2, results="at_once", by=by)
    facilitation.place_dot(vote, item.pk, by=by)
    assert ["Still open" in taken(works, talked, form) for form in FORMS] == [False] * len(FORMS)


@pytest.mark.req("S18")
def test_no_word_of_a_comment_becomes_a_formula_or_markup(
    canvas: Canvas, item: Item, cast: Cast, works: Client
) -> None:
    talk.comment(item, "<script>alert(1)</script>\n# =1+1", lang="en", by=cast["member"])
    assert "<script>alert" not in taken(works, canvas, "html")
    assert "\\<script\\>" in taken(works, canvas, "md")
    assert "&lt;script&gt;" in taken(works, canvas, "xlsx")


@pytest.fixture
def again(talked: Canvas, works: Client, cast: Cast) -> Canvas:
    """The data on the same canvas once more, brought in by the member."""
    data = taken(works, talked, "json")
    Message.objects.all().delete()
    import_data(talked, data.encode(), token="t", by=cast["member"])
    return talked


def test_comments_come_back_in_their_threads_marked_with_who_brought_them(
    again: Canvas, item: Item, cast: Cast
) -> None:
    made = Comment.objects.filter(is_brought_in=True).order_by("made_at")
    first, answer = made
    assert [(one.text, one.by, one.item.text) for one in made] == [
        ("Who says so?", cast["member"], "Phones are off"),
        ("Everybody @Aino Virtanen", cast["member"], "Phones are off"),
    ]
    assert (first.thread, answer.thread, first.is_resolved) == (None, first, True)
    assert first.item_id != item.pk
    assert first.made_at == Comment.objects.get(is_brought_in=False, text="Who says so?").made_at.replace(
        microsecond=first.made_at.microsecond
    )


def test_page_says_who_brought_a_comment_in(again: Canvas, cast: Cast, works: Client) -> None:
    made = Comment.objects.filter(is_brought_in=True)[0]
    page = text_of(works.get(f"/en/canvases/{again.pk}/items/{made.item_id}/talk/?all=1"))
    assert f"Brought in by {cast['member']}" in page


def test_nobody_is_told_of_what_is_brought_in_and_history_counts_it(again: Canvas) -> None:
    assert Message.objects.filter(kind__startswith="talk/").count() == 0
    events = Event.objects.filter(verb__endswith="brought_in").order_by("verb")
    assert [(event.verb, event.data) for event in events] == [
        ("comments_brought_in", {"count": 2}),
        ("votes_brought_in", {"count": 1}),
    ]


@pytest.mark.req("S4")
def test_secret_vote_comes_back_as_results_only(talked: Canvas, again: Canvas, cast: Cast, works: Client) -> None:
    vote = Vote.objects.counted().get(brought_in_voters__isnull=False)
    counts = {dots.item.text: (dots.count, dots.voter) for dots in vote.dots.all()}
    assert counts == {"Phones are off": (3, "brought in"), "Letters are long": (1, "brought in")}
    assert (vote.state, vote.voters, vote.by) == ("closed", 2, cast["member"])
    assert not Dots.objects.filter(vote=vote).exclude(voter="brought in").exists()
    with pytest.raises(Refused, match="only the results are known"):
        facilitation.reopen_vote(vote, by=cast["convener"])
    page = text_of(works.get(f"/en/canvases/{talked.pk}/votes/{vote.pk}/"))
    assert ("Brought in from a file" in page, "Open again" in page) == (True, False)


def test_data_sent_twice_brings_it_once(talked: Canvas, works: Client, cast: Cast) -> None:
    data = taken(works, talked, "json").encode()
    for _time in range(2):
        import_data(talked, data, token="t", by=cast["member"])
    assert (Comment.objects.filter(is_brought_in=True).count(), Vote.objects.count()) == (2, 2)


def test_page_brings_them_in_as_well(talked: Canvas, works: Client) -> None:
    data = taken(works, talked, "json")
    said = {"text": data, "zone": "wanted", "lang": "en", "token": "t", "add": ""}
    assert works.post(f"{talked.get_absolute_url()}bring-in/", said).status_code == 302
    assert Comment.objects.filter(is_brought_in=True).count() == 2


@pytest.mark.parametrize("key", ["comments", "votes"])
def test_what_cannot_be_read_brings_nothing_in(talked: Canvas, works: Client, cast: Cast, key: str) -> None:
    data = json.loads(taken(works, talked, "json")) | {key: [{"text": 1}]}
    with pytest.raises(Refused, match=f"The {key} in this data cannot be read"):
        import_data(talked, json.dumps(data).encode(), token="t", by=cast["member"])
    assert talked.items.count() == 2


def test_forged_file_says_nothing_in_the_future_and_nothing_elsewhere(
    talked: Canvas, item: Item, works: Client, cast: Cast
) -> None:
    data = json.loads(taken(works, talked, "json"))
    data["comments"] = [
        {"id": "1", "item": str(item.pk), "text": "Later", "made_at": "2999-01-01T00:00:00Z"},
        {"id": "2", "item": str(cast["member"].pk), "text": "Elsewhere"},
        {"id": "3", "item": str(item.pk), "text": " \x00 "},
        {"id": "4", "item": str(item.pk), "text": "Orphan", "thread": "gone", "lang": "xx"},
    ]
    import_data(talked, json.dumps(data).encode(), token="t", by=cast["member"])
    made = {one.text: one for one in Comment.objects.filter(is_brought_in=True)}
    assert sorted(made) == ["Later", "Orphan"]
    assert (made["Later"].made_at <= clock.now(), made["Orphan"].lang, made["Orphan"].thread) == (True, "en", None)


def test_comments_of_a_stranger_s_canvas_are_not_reached(talked: Canvas, cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast["outsider"]).get(f"{talked.get_absolute_url()}export/json/").status_code == 404
