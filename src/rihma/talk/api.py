from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from rihma.accounts.api import person_auth
from rihma.accounts.http import PersonRequest
from rihma.canvases.access import Who, who_asks
from rihma.canvases.models import Canvas, Item
from rihma.canvases.rules import LONGEST_CLIENT_ID
from rihma.guests.api import GuestAuth
from rihma.talk import actions, queries, rules
from rihma.talk.models import Comment, Reaction

router = Router(tags=["talk"], auth=[*person_auth("canvases"), GuestAuth()])


class CommentIn(Schema):
    """`id` is yours: sending it again says it once. `thread`: the first comment of what you answer to.

    `told`: people who get a mail; whoever is named in the text behind an @ gets one, too.
    """

    text: str = Field(max_length=10 * rules.LONGEST_TEXT)
    lang: str = Field("fi", pattern="^(fi|sv|en)$")
    thread: UUID | None = None
    told: set[UUID] = Field(default_factory=set, max_length=100)
    id: str = Field("", max_length=LONGEST_CLIENT_ID)


class EditIn(Schema):
    text: str = Field(max_length=10 * rules.LONGEST_TEXT)
    lang: str = Field("fi", pattern="^(fi|sv|en)$")
    told: set[UUID] = Field(default_factory=set, max_length=100)


class CommentOut(Schema):
    """A removed comment has no text any more; while names are hidden, none has an author. `state`: of the thread.

    `hidden`: somebody flagged it, so that it has neither until somebody has looked at it.
    `is_brought_in`: `by` brought it in from a file and need not have said it.
    """

    id: UUID
    thread: UUID | None = Field(alias="thread_id")
    text: str
    lang: str
    by: UUID | None
    guest: UUID | None
    name: str
    told: list[UUID]
    made_at: datetime
    edited_at: datetime | None
    removed_at: datetime | None
    state: str
    hidden: bool
    is_brought_in: bool

    @staticmethod
    def resolve_text(comment: Comment) -> str:
        return comment.readable

    @staticmethod
    def resolve_told(comment: Comment) -> list[str]:
        return [] if comment.hidden else comment.told

    @staticmethod
    def resolve_by(comment: Comment) -> UUID | None:
        return None if _is_unnamed(comment) else comment.by_id

    @staticmethod
    def resolve_guest(comment: Comment) -> UUID | None:
        return None if _is_unnamed(comment) else comment.guest_id

    @staticmethod
    def resolve_name(comment: Comment) -> str:
        return "" if _is_unnamed(comment) else str(comment.writer or "")


def _is_unnamed(comment: Comment) -> bool:
    return comment.hidden or comment.item.canvas.names_hidden


class ReactionOut(Schema):
    """`people`: names, where these are shown."""

    kind: str
    count: int
    is_mine: bool
    people: list[str]


@router.get("/{canvas_id}/items/{item_id}/comments", response=list[CommentOut])
def comments(request: PersonRequest, canvas_id: UUID, item_id: UUID) -> list[Comment]:
    """What was said about an item, the oldest first; nothing as long as the item is hidden."""
    _who, item = _seen(request, canvas_id, item_id)
    return [] if queries.is_veiled(item) else list(item.comments.with_people())


@router.post("/{canvas_id}/items/{item_id}/comments", response={201: CommentOut})
def comment(request: PersonRequest, canvas_id: UUID, item_id: UUID, sent: CommentIn) -> Status[Comment]:
    who, item = _talked(request, canvas_id, item_id)
    made = actions.comment(
        item, sent.text, lang=sent.lang, thread=sent.thread, told=sent.told, client_id=sent.id, by=who
    )
    return Status(201, made)


@router.put("/{canvas_id}/items/{item_id}/comments/{comment_id}", response=CommentOut)
def edit_comment(request: PersonRequest, canvas_id: UUID, item_id: UUID, comment_id: UUID, sent: EditIn) -> Comment:
    """Your own, within 15 minutes."""
    who, found = _comment(request, canvas_id, item_id, comment_id)
    return actions.edit(found, sent.text, lang=sent.lang, told=sent.told, by=who)


@router.delete("/{canvas_id}/items/{item_id}/comments/{comment_id}", response=CommentOut)
def remove_comment(request: PersonRequest, canvas_id: UUID, item_id: UUID, comment_id: UUID) -> Comment:
    who, found = _comment(request, canvas_id, item_id, comment_id)
    return actions.remove(found, by=who)


@router.post("/{canvas_id}/items/{item_id}/comments/{comment_id}/resolve", response=CommentOut)
def resolve_thread(request: PersonRequest, canvas_id: UUID, item_id: UUID, comment_id: UUID) -> Comment:
    who, found = _comment(request, canvas_id, item_id, comment_id)
    return actions.resolve(found, by=who)


@router.post("/{canvas_id}/items/{item_id}/comments/{comment_id}/reopen", response=CommentOut)
def reopen_thread(request: PersonRequest, canvas_id: UUID, item_id: UUID, comment_id: UUID) -> Comment:
    who, found = _comment(request, canvas_id, item_id, comment_id)
    return actions.reopen(found, by=who)


@router.get("/{canvas_id}/items/{item_id}/reactions", response=list[ReactionOut])
def reactions(request: PersonRequest, canvas_id: UUID, item_id: UUID) -> list[queries.Reacted]:
    who, item = _seen(request, canvas_id, item_id)
    return queries.reactions_of(item, who)


@router.put("/{canvas_id}/items/{item_id}/reactions/{kind}", response=list[ReactionOut])
def react(request: PersonRequest, canvas_id: UUID, item_id: UUID, kind: str) -> list[queries.Reacted]:
    """Yours of this kind: one, however often you send it."""
    who, item = _talked(request, canvas_id, item_id)
    actions.react(item, _kind(kind), by=who)
    return queries.reactions_of(item, who)


@router.delete("/{canvas_id}/items/{item_id}/reactions/{kind}", response=list[ReactionOut])
def take_back_reaction(request: PersonRequest, canvas_id: UUID, item_id: UUID, kind: str) -> list[queries.Reacted]:
    who, item = _talked(request, canvas_id, item_id)
    actions.take_back(item, _kind(kind), by=who)
    return queries.reactions_of(item, who)


def _seen(request: PersonRequest, canvas_id: UUID, item_id: UUID) -> tuple[Who, Item]:
    who = who_asks(request, canvas_id)
    canvas = get_object_or_404(Canvas.objects.seen_by(who), pk=canvas_id)
    return who or request.user, get_object_or_404(canvas.items, pk=item_id)


def _talked(request: PersonRequest, canvas_id: UUID, item_id: UUID) -> tuple[Who, Item]:
    who = who_asks(request, canvas_id)
    canvas = get_object_or_404(queries.talked_on_by(who), pk=canvas_id)
    return who or request.user, get_object_or_404(canvas.items, pk=item_id)


def _comment(request: PersonRequest, canvas_id: UUID, item_id: UUID, comment_id: UUID) -> tuple[Who, Comment]:
    who, item = _talked(request, canvas_id, item_id)
    return who, get_object_or_404(item.comments, pk=comment_id)


def _kind(kind: str) -> str:
    """The list is closed, so any other address leads nowhere."""
    if kind not in Reaction.Kind.values:
        raise Http404(kind)
    return kind
