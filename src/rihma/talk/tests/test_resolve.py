"""A thread that has led somewhere steps back, and comes forward again when somebody answers."""

from itertools import product

import pytest
from django.test import Client

from rihma.base.refused import Refused
from rihma.canvases.models import Item
from rihma.talk import actions, rules
from rihma.talk.models import Comment
from rihma.talk.tests.conftest import Say, text_of, url
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("state", "to"), [*product(rules.MOVES, rules.MOVES)])
def test_thread_moves_as_the_table_says(state: str, to: str) -> None:
    if to in rules.MOVES[state]:
        rules.check_may_move(state, to, is_first=True)
    else:
        with pytest.raises(Refused, match="already in that state"):
            rules.check_may_move(state, to, is_first=True)


def test_resolved_thread_is_shown_when_asked_for_and_says_who_resolved_it(
    item: Item, say: Say, works: Client, cast: Cast
) -> None:
    thread = say("Who says so?")
    say("Something else")
    works.post(url("resolve", item, thread.pk))
    page = text_of(works.get(url("item", item)))
    assert ["Who says so?" in page, "Something else" in page] == [False, True]
    assert "Show 1 resolved thread" in page
    everything = text_of(works.get(f"{url('item', item)}&all=1"))
    assert f"Resolved {cast['member']}" in everything
    assert "Who says so?" in everything


def test_answer_opens_a_resolved_thread_again(say: Say, cast: Cast) -> None:
    thread = say()
    actions.resolve(thread, by=cast["member"])
    say("Not yet", thread=thread.pk)
    thread.refresh_from_db()
    assert (thread.state, thread.resolved_by) == ("open", None)


def test_thread_is_opened_again_by_hand(item: Item, say: Say, works: Client, cast: Cast) -> None:
    thread = say()
    actions.resolve(thread, by=cast["member"])
    works.post(url("reopen", item, thread.pk))
    assert Comment.objects.get().state == "open"


def test_answer_by_itself_is_no_thread(say: Say, cast: Cast) -> None:
    thread = say()
    answer = say("I do", thread=thread.pk)
    with pytest.raises(Refused, match="no such thread"):
        actions.resolve(answer, by=cast["convener"])
