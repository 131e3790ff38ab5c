"""One's own words can be changed while they are fresh, and taken away at any time."""

from datetime import timedelta

import pytest
from django.test import Client
from time_machine import travel

from rihma.base import clock
from rihma.base.refused import Refused
from rihma.canvases.models import Item
from rihma.talk import actions
from rihma.talk.models import Comment
from rihma.talk.tests.conftest import ClientOf, ComeIn, Say, text_of, url
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


def test_own_comment_is_changed_for_fifteen_minutes(item: Item, say: Say, works: Client, cast: Cast) -> None:
    comment = say(by=cast["member"])
    with travel(comment.made_at + timedelta(minutes=15), tick=False):
        answer = works.post(url("edit", item, comment.pk), {"text": "Who told us?", "lang": "en"})
        assert answer.status_code == 303
    assert "Who told us?" in text_of(works.get(url("item", item)))
    with travel(comment.made_at + timedelta(minutes=15, seconds=1), tick=False):
        page = text_of(works.post(url("edit", item, comment.pk), {"text": "Too late", "lang": "en"}))
    assert "can be changed for 15 minutes" in page
    assert Comment.objects.get().text == "Who told us?"


def test_comment_of_somebody_else_is_changed_by_nobody(say: Say, cast: Cast) -> None:
    comment = say()
    for who in ("member", "owner", "mentor"):
        with pytest.raises(Refused, match="Only whoever wrote"):
            actions.edit(comment, "Mine now", lang="en", by=cast[who])


@pytest.mark.parametrize("who", ["convener", "owner", "facilitator"])
def test_removed_comment_leaves_its_place_and_no_words(
    item: Item, say: Say, cast: Cast, client_of: ClientOf, who: str
) -> None:
    comment = say("Regrettable", told={cast["member"].pk})
    say("To what?", thread=comment.pk)
    client = client_of(cast[who])
    assert client.post(url("remove", item, comment.pk)).status_code == 303
    comment.refresh_from_db()
    assert (comment.text, comment.told) == ("", [])
    page = text_of(client.get(url("item", item)))
    assert ["Removed comment" in page, "To what?" in page, "Regrettable" in page] == [True, True, False]
    assert "1 comment" in page


def test_comment_is_removed_by_nobody_else(say: Say, cast: Cast, come_in: ComeIn) -> None:
    comment = say()
    for by in (cast["member"], cast["mentor"], come_in()[0]):
        with pytest.raises(Refused, match="Only whoever wrote"):
            actions.remove(comment, by=by)
    comment.refresh_from_db()
    assert comment.text == "Who says so?"


def test_removed_comment_is_not_changed_any_more_and_removed_once(say: Say, cast: Cast) -> None:
    comment = say()
    first = actions.remove(comment, by=cast["convener"]).removed_at
    assert actions.remove(comment, by=cast["owner"]).removed_at == first
    with pytest.raises(Refused, match="has been removed"):
        actions.edit(comment, "Back", lang="en", by=cast["convener"])


def test_guest_takes_their_own_words_away(item: Item, say: Say, come_in: ComeIn) -> None:
    guest, client = come_in()
    comment = say(by=guest)
    assert client.post(url("remove", item, comment.pk)).status_code == 303
    assert Comment.objects.get().text == ""


def test_page_offers_only_what_may_be_done(item: Item, say: Say, works: Client, cast: Cast) -> None:
    mine, theirs = say(by=cast["member"]), say()
    page = works.get(url("item", item)).content.decode()
    offered = [f"/{comment.pk}/{deed}/" in page for comment in (mine, theirs) for deed in ("edit", "remove")]
    assert offered == [True, True, False, False]
    with travel(clock.now() + timedelta(hours=1)):
        page = works.get(url("item", item)).content.decode()
    assert [f"/{mine.pk}/{deed}/" in page for deed in ("edit", "remove")] == [False, True]
