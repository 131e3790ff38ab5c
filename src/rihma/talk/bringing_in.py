"""Comments that came with the data of a canvas: marked as brought in, by whoever brought them, since no file proves who spoke."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid5

import msgspec
from django.db import transaction

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.canvases import rules as canvas_rules
from rihma.canvases.doers import key_of
from rihma.canvases.models import Canvas
from rihma.history.actions import record
from rihma.realtime.news import tell_news
from rihma.talk import rules
from rihma.talk.actions import COMMENTS
from rihma.talk.models import Comment


class Said(msgspec.Struct):
    """A comment as a file tells of it."""

    id: str
    item: str
    text: str
    thread: str | None = None
    lang: str = ""
    made_at: datetime | None = None
    state: str = ""


@transaction.atomic
def bring_in(canvas: Canvas, said: Sequence[Said], came: Mapping[str, UUID], *, by: Person) -> int:
    """Nobody is told: who was named then is not named now. Brought in twice it stands once."""
    comments = {comment.pk: comment for comment in _comments(said, came, by)}
    known = set(Comment.objects.filter(pk__in=comments).values_list("pk", flat=True))
    made = [comment for pk, comment in comments.items() if pk not in known]
    # The first of a thread before its answers, which name it.
    made.sort(key=lambda comment: comment.thread_id is not None)
    Comment.objects.bulk_create(made, batch_size=100)
    if made:
        record(made[0], "comments_brought_in", scope=canvas.programme_id, thread=canvas.team_id, by=by, count=len(made))
        tell_news(key_of(canvas.pk), COMMENTS)
    return len(made)


def _comments(said: Sequence[Said], came: Mapping[str, UUID], by: Person) -> Iterator[Comment]:
    """`firsts`: by thread of the file; where its first was left out, the first of the answers takes its place."""
    firsts: dict[tuple[UUID, str], UUID] = {}
    counts: dict[UUID, int] = {}
    now = clock.now()
    for one in sorted(said, key=lambda one: one.thread is not None):
        item, text = came.get(one.item), rules.tidy(one.text)[: rules.LONGEST_TEXT]
        if item is None or not text or counts.get(item, 0) >= rules.MOST_COMMENTS:
            continue
        counts[item] = counts.get(item, 0) + 1
        pk = uuid5(item, one.id)
        first = firsts.setdefault((item, one.thread or one.id), pk)
        is_resolved = first == pk and one.state == Comment.State.RESOLVED
        yield Comment(
            pk=pk,
            item_id=item,
            thread_id=None if first == pk else first,
            text=text,
            lang=one.lang if one.lang in canvas_rules.LANGUAGES else "en",
            by=by,
            is_brought_in=True,
            made_at=_moment(one.made_at, now),
            state=Comment.State.RESOLVED if is_resolved else Comment.State.OPEN,
        )


def _moment(said: datetime | None, now: datetime) -> datetime:
    """When it was said, as far as that can be: never later than now, so that nothing stands before what comes."""
    return min(said, now) if said and said.tzinfo else now
