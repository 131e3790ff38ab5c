"""The demo shows what people do together, not only what they wrote: each of it through the product's own actions."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from rihma.attachments.models import Attachment
from rihma.canvases.marks import is_stale
from rihma.canvases.models import Canvas
from rihma.facilitation.models import Vote
from rihma.history.models import Event
from rihma.notices.models import Message
from rihma.talk.models import Comment
from tests import demos

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def canvas(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Canvas]:
    with django_db_blocker.unblock(), demos.entered():
        yield Canvas.objects.get(programme__slug="ekosysteemikoulu-3", team__name="Kuormakirja", kind="phenomenon_map")


def test_people_talk_react_and_name_each_other(canvas: Canvas) -> None:
    comments = Comment.objects.filter(item__canvas=canvas)
    assert sorted(comment.state for comment in comments.filter(thread=None)) == ["open", "resolved"]
    assert Message.objects.filter(kind="talk/notices/mention").count() == 1
    assert sum(item.reactions.count() for item in canvas.items.all()) == 5


def test_items_are_put_together_and_one_translation_is_stale(canvas: Canvas) -> None:
    marks = [item.marks for item in canvas.items.all()]
    found = {key for one in marks for key in one}
    assert found >= {"tags", "group", "links", "people", "translations"}
    [told] = [item for item in canvas.items.all() if "translations" in item.marks]
    translation = told.marks["translations"]["sv"]
    assert (translation["made"], is_stale(told.state, translation)) == ("machine", True)


def test_vote_has_results_and_a_photo_says_what_it_shows(canvas: Canvas) -> None:
    vote = Vote.objects.counted().get(canvas=canvas)
    assert (vote.state, vote.voters) == ("closed", 2)
    assert Attachment.objects.get(canvas=canvas).alt.startswith("Neuvottelutilan seinä")
    assert canvas.snapshots.get().name == "Ennen äänestystä"


def test_all_of_it_stands_in_the_history(canvas: Canvas) -> None:
    verbs = set(Event.objects.filter(thread=canvas.team_id).values_list("area", "verb"))
    assert verbs >= {("talk", "commented"), ("facilitation", "vote_closed"), ("attachments", "attached")}
