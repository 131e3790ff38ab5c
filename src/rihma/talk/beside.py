"""What is said about the items of a canvas, as it is taken out with it and brought in again (settings.CANVAS_BESIDE)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rihma.accounts.models import Person
from rihma.base.dates import utc
from rihma.base.said import moment
from rihma.canvases import beside
from rihma.canvases.beside import Line, Table, Taken
from rihma.canvases.models import Canvas
from rihma.talk import bringing_in, queries
from rihma.talk.bringing_in import Said
from rihma.talk.models import Comment
from rihma.talk.queries import Worn


class Beside(beside.Beside):
    key = "comments"

    def take_out(self, canvas: Canvas) -> Taken:
        """Comments that can be read, thread by thread, and how many reacted in which way."""
        comments = _ordered(list(_readable(canvas)))
        lines: defaultdict[UUID, list[Line]] = defaultdict(list)
        for item, worn in queries.worn_on(canvas).items():
            lines[item] += _reactions(worn)
        for comment in comments:
            lines[comment.item_id].append(_line(comment, canvas))
        head = [_("Item"), _("Comment"), _("Language"), _("By"), _("Said at"), _("Answer to"), _("Thread")]
        rows = list(_rows(comments, canvas))
        return Taken(
            at_items=lines,
            tables=[Table(_("Comments"), head, rows)] if rows else [],
            data=[_data(comment, canvas) for comment in comments],
        )

    def read(self, raw: bytes) -> Sequence[Said]:
        return beside.as_written(
            raw, list[Said], _("The comments in this data cannot be read. Nothing was brought in.")
        )

    def bring_in(self, canvas: Canvas, said: Sequence[Said], came: Mapping[str, UUID], *, by: Person) -> None:
        bringing_in.bring_in(canvas, said, came, by=by)


BESIDE = Beside()


def _readable(canvas: Canvas) -> Iterator[Comment]:
    for comment in Comment.objects.read_on(canvas).with_people():
        if not comment.item.removed:
            yield comment


def _ordered(comments: Sequence[Comment]) -> list[Comment]:
    """Each thread behind its first; answers to what was removed stand for themselves."""
    threads: defaultdict[UUID, list[Comment]] = defaultdict(list)
    for comment in comments:
        threads[comment.thread_id or comment.pk].append(comment)
    return [comment for thread in threads.values() for comment in thread]


def _line(comment: Comment, canvas: Canvas) -> Line:
    state = str(comment.get_state_display()) if comment.is_resolved else ""
    about = [_name(comment, canvas), moment(comment.made_at), state]
    is_answer = comment.thread_id is not None
    return Line(comment.text, comment.lang, " · ".join(part for part in about if part), is_answer=is_answer)


def _reactions(worn: Worn) -> list[Line]:
    return [Line(" · ".join(f"{one.word} {one.count}" for one in worn.reactions))] if worn.reactions else []


def _rows(comments: Sequence[Comment], canvas: Canvas) -> Iterator[list[object]]:
    texts = {comment.pk: comment.text for comment in comments}
    for one in comments:
        answer_to = texts.get(one.thread_id, "") if one.thread_id else ""
        state = "" if one.thread_id else str(one.get_state_display())
        yield [one.item.text, one.text, one.lang, _name(one, canvas), one.made_at, answer_to, state]


def _data(comment: Comment, canvas: Canvas) -> dict[str, Any]:
    return {
        "id": str(comment.pk),
        "item": str(comment.item_id),
        "thread": str(comment.thread_id) if comment.thread_id else None,
        "text": comment.text,
        "lang": comment.lang,
        "by": _name(comment, canvas) or None,
        "made_at": utc(comment.made_at),
        "state": comment.state,
    }


def _name(comment: Comment, canvas: Canvas) -> str:
    return "" if canvas.names_hidden else str(comment.writer or "")
