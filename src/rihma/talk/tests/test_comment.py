"""People and guests say something about an item, and answer each other."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from time_machine import travel

from rihma.base import clock
from rihma.base.refused import Refused
from rihma.canvases import actions as canvases
from rihma.canvases.models import Canvas, Item
from rihma.history.models import Event
from rihma.notices.models import Message
from rihma.talk import rules
from rihma.talk.actions import react
from rihma.talk.models import Comment
from rihma.talk.tests.conftest import ClientOf, ComeIn, Say, board_url, text_of, url
from tests.conftest import Cast
from tests.hostile import ALL

pytestmark = pytest.mark.django_db


def test_comment_is_read_by_everybody_with_its_author_and_language(item: Item, works: Client, cast: Cast) -> None:
    answer = works.post(url("comment", item), {"text": "Kuka niin sanoo?", "lang": "fi"})
    comment = Comment.objects.get()
    assert answer["Location"] == f"{url('item', item)}#comment-{comment.pk}"
    assert (comment.text, comment.lang, comment.by) == ("Kuka niin sanoo?", "fi", cast["member"])
    page = works.get(url("item", item)).content.decode()
    assert '<p class="comment-text" lang="fi">Kuka niin sanoo?</p>' in page
    assert f"<b>{cast['member']}</b>" in page


def test_mentor_who_may_only_read_says_something_and_stranger_finds_nothing(
    item: Item, cast: Cast, client_of: ClientOf
) -> None:
    said = {"text": "Ask two of them", "lang": "en"}
    assert client_of(cast["mentor"]).post(url("comment", item), said).status_code == 303
    assert client_of(cast["outsider"]).post(url("comment", item), said).status_code == 404
    assert client_of(cast["outsider"]).get(url("item", item)).status_code == 404
    assert [comment.by for comment in Comment.objects.all()] == [cast["mentor"]]


def test_guest_who_writes_says_something_and_one_who_reads_does_not(item: Item, come_in: ComeIn) -> None:
    guest, writes = come_in()
    _reader, reads = come_in("reader", "Ilta")
    said = {"text": "We tried that", "lang": "en"}
    assert writes.post(url("comment", item), said).status_code == 303
    assert reads.post(url("comment", item), said).status_code == 404
    assert [comment.guest for comment in Comment.objects.all()] == [guest]
    page = reads.get(url("item", item)).content.decode()
    assert ["We tried that" in page, "<textarea" in page] == [True, False]


def test_comments_stand_in_the_panel_of_the_item_and_are_counted_on_the_board(
    canvas: Canvas, item: Item, say: Say, works: Client
) -> None:
    first = say()
    say("I do", thread=first.pk)
    panel = works.get(f"{canvas.get_absolute_url()}items/{item.pk}/?view=drawn", headers={"HX-Request": "true"})
    assert "2 comments" in text_of(panel)
    assert "2 comments" in text_of(works.get(board_url(canvas)))
    assert "2 comments" in text_of(works.get(board_url(canvas, "drawn")))


def test_item_that_is_added_live_leads_to_its_talk_at_once(canvas: Canvas, works: Client) -> None:
    page = works.get(board_url(canvas)).content.decode()
    template = page[page.index("<template") :]
    assert f"/items/{UUID(int=0)}/talk/" in template[: template.index("</template>")]


def test_answers_stand_below_the_first_in_order(item: Item, say: Say, works: Client) -> None:
    first = say("One")
    say("Another thread")
    say("Two", thread=first.pk)
    say("Three", thread=first.pk)
    page = text_of(works.get(url("item", item)))
    places = [page.index(word) for word in ("One", "Two", "Three", "Another thread")]
    assert places == sorted(places)


def test_answer_to_an_answer_or_to_another_items_thread_is_refused(item: Item, say: Say, canvas: Canvas) -> None:
    first = say()
    answer = say("I do", thread=first.pk)
    for thread in (answer.pk, canvas.pk):
        with pytest.raises(Refused, match="no such thread"):
            say("Me too", thread=thread)
    assert Comment.objects.count() == 2


def test_page_sent_twice_says_it_once(item: Item, works: Client) -> None:
    said = {"text": "Once", "lang": "en", "client_id": "one"}
    assert [works.post(url("comment", item), said).status_code for _ in range(2)] == [303, 303]
    assert Comment.objects.count() == 1


def test_id_that_somebody_else_used_swallows_nothing(item: Item, say: Say, cast: Cast) -> None:
    say(client_id="one")
    with pytest.raises(Refused, match="used for something else"):
        say("Other words", client_id="one", by=cast["member"])


@pytest.mark.parametrize(("text", "words"), [(" \n\x00", "Write something"), ("x" * 4001, "4001 characters")])
def test_empty_and_too_long_texts_come_back_with_what_was_typed(
    item: Item, works: Client, text: str, words: str
) -> None:
    answer = works.post(url("comment", item), {"text": text, "lang": "en"})
    assert (answer.status_code, Comment.objects.count()) == (200, 0)
    if text.strip("\x00 \n"):
        assert words in text_of(answer)
        assert text in answer.content.decode()


def test_item_takes_five_hundred_comments(item: Item, say: Say) -> None:
    Comment.objects.bulk_create(Comment(item=item, text="x", lang="en") for _ in range(rules.MOST_COMMENTS - 1))
    say("The last")
    with pytest.raises(Refused, match="at most 500"):
        say("One more")


def test_removed_item_keeps_what_was_said_and_takes_nothing_more(
    canvas: Canvas, item: Item, say: Say, works: Client, cast: Cast
) -> None:
    say("Why not?")
    canvases.change(canvas, "remove", item.pk, by=cast["convener"])
    with pytest.raises(Refused, match="has been removed"):
        say()
    page = works.get(url("item", item)).content.decode()
    assert ["Why not?" in page, "<textarea" in page] == [True, False]
    with_all = text_of(works.get(f"/en/canvases/{canvas.pk}/comments/"))
    assert with_all[with_all.index("People") :].startswith("People open the letter Removed 1 comment")


def test_hidden_item_shows_no_comments_and_takes_none(
    canvas: Canvas, item: Item, say: Say, works: Client, cast: Cast
) -> None:
    say("Why not?")
    canvases.hide(canvas, item.pk, by=cast["mentor"])
    with pytest.raises(Refused, match="is hidden"):
        say()
    pages = [url("item", item), url("comments", item), board_url(canvas), f"/en/canvases/{canvas.pk}/comments/"]
    assert ["Why not?" in works.get(page).content.decode() for page in pages] == [False] * 4
    assert "1 comment" not in text_of(works.get(board_url(canvas)))


def test_frozen_canvas_is_still_talked_about(canvas: Canvas, say: Say, cast: Cast) -> None:
    canvases.freeze(canvas, by=cast["owner"])
    assert say().text == "Who says so?"


def test_nobody_is_named_while_names_are_hidden(
    canvas: Canvas, item: Item, say: Say, works: Client, cast: Cast
) -> None:
    say(told={cast["mentor"].pk})
    react(item, "agree", by=cast["convener"])
    canvases.hide_names(canvas, hidden=True, by=cast["owner"])
    mail_after = say(told={cast["mentor"].pk})
    pages = [works.get(url(name, item), headers={"HX-Request": "true"}) for name in ("comments", "reactions")]
    assert [str(cast["convener"]) in text_of(page) for page in pages] == [False, False]
    found = works.get(f"/api/v1/canvases/{canvas.pk}/items/{item.pk}/comments").json()
    assert [(row["by"], row["name"]) for row in found] == [(None, "")] * 2
    assert Message.objects.get(key=str(mail_after.pk)).subject.startswith("Somebody mentioned you")


def test_guest_who_says_a_lot_at_once_waits(item: Item, say: Say, come_in: ComeIn) -> None:
    guest, _client = come_in()
    for number in range(rules.GUEST_COMMENTS):
        say(f"Comment {number}", by=guest)
    with pytest.raises(Refused, match="Wait ten minutes"):
        say(by=guest)
    with travel(clock.now() + timedelta(minutes=11)):
        assert say(by=guest).guest == guest


def test_history_tells_that_somebody_commented_and_not_what(say: Say, come_in: ComeIn) -> None:
    say("My secret words")
    say("Mine, too", by=come_in()[0])
    events = Event.objects.filter(area="talk").order_by("number")
    assert [event.verb for event in events] == ["commented", "guest_commented"]
    assert "words" not in str([event.data for event in events])


@pytest.mark.req("S14")
def test_links_lead_to_the_web_and_nothing_else_is_believed(item: Item, say: Say, works: Client) -> None:
    say(f"See https://example.org/a?b=1&c=2. <b>no</b>\n{ALL[:1500]}")
    page = works.get(url("item", item)).content.decode()
    link = '<a href="https://example.org/a?b=1&amp;c=2" rel="nofollow noopener noreferrer">'
    assert f"See {link}https://example.org/a?b=1&amp;c=2</a>. &lt;b&gt;no&lt;/b&gt;<br>" in page
    assert ["<script born" in page, 'href="javascript' in page] == [False, False]


def test_refetched_list_is_no_place_to_write(item: Item, say: Say, works: Client) -> None:
    say()
    part = works.get(url("comments", item), headers={"HX-Request": "true"}).content.decode()
    assert ["<textarea" in part, "hx-morph-skip" in part, "rihma:news-comments" in part] == [False, True, True]
