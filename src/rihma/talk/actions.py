from collections.abc import Collection
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.ids import new_id
from rihma.base.refused import Refused
from rihma.canvases.access import Who
from rihma.canvases.doers import key_of
from rihma.canvases.models import Canvas, Item
from rihma.canvases.rules import ID_IN_USE
from rihma.guests.models import Guest
from rihma.history.actions import record
from rihma.notices.actions import tell
from rihma.realtime.news import tell_news
from rihma.talk import queries, rules
from rihma.talk.models import Comment, Reaction

SOMEBODY = _("Somebody")
COMMENTS, REACTIONS = "comments", "reactions"


@transaction.atomic
def comment(
    item: Item,
    text: str,
    *,
    lang: str,
    thread: UUID | None = None,
    told: Collection[UUID] = (),
    client_id: str = "",
    by: Who,
) -> Comment:
    """Say something about an item, or answer. Whoever is chosen or named gets a mail; a resolved thread opens again."""
    item = _locked(item, by)
    pk = uuid5(item.pk, client_id) if client_id else new_id()
    known = Comment.objects.filter(pk=pk).first()
    if known:
        # Sent twice by the same page, it is one comment; an id used by somebody else would swallow what was typed.
        if not known.is_of(by):
            raise Refused("invalid", ID_IN_USE)
        return known
    text = rules.tidy(text)
    rules.check_item(removed=item.removed, hidden=item.hidden)
    rules.check_text(text)
    rules.check_room(item.comments.count())
    _check_pace(by)
    first = _first(item, thread) if thread else None
    made = Comment.objects.create(
        pk=pk,
        item=item,
        thread=first,
        text=text,
        lang=lang,
        by=by if isinstance(by, Person) else None,
        guest=by if isinstance(by, Guest) else None,
        made_at=clock.now(),
    )
    if first and first.is_resolved:
        Comment.objects.filter(pk=first.pk).update(state=Comment.State.OPEN, resolved_by=None)
    _record(made, "commented", by)
    _tell_people(made, told, by)
    tell_news(key_of(item.canvas_id), COMMENTS)
    return made


@transaction.atomic
def edit(comment: Comment, text: str, *, lang: str, told: Collection[UUID] = (), by: Who) -> Comment:
    """One's own words, while they are fresh. Who is named now and was not before gets a mail."""
    comment, item = _both_locked(comment, by)
    text, now = rules.tidy(text), clock.now()
    rules.check_may_edit(
        is_own=comment.is_of(by),
        removed=comment.removed_at is not None,
        hidden=comment.hidden,
        made_at=comment.made_at,
        now=now,
    )
    rules.check_item(removed=item.removed, hidden=item.hidden)
    rules.check_text(text)
    comment.text, comment.lang, comment.edited_at = text, lang, now
    comment.save(update_fields=["text", "lang", "edited_at"])
    _tell_people(comment, told, by)
    tell_news(key_of(item.canvas_id), COMMENTS)
    return comment


@transaction.atomic
def remove(comment: Comment, *, by: Who) -> Comment:
    """The words go for good, and with them who was told; that somebody said something stays. Twice is once."""
    comment, item = _both_locked(comment, by)
    rules.check_may_remove(is_own=comment.is_of(by), runs=_runs(item, by))
    if comment.removed_at is None:
        comment.text, comment.told, comment.removed_at = "", [], clock.now()
        comment.save(update_fields=["text", "told", "removed_at"])
        _record(comment, "removed", by)
        tell_news(key_of(item.canvas_id), COMMENTS)
    return comment


@transaction.atomic
def resolve(comment: Comment, *, by: Who) -> Comment:
    """The thread has led somewhere: it steps back, and any answer brings it forward again."""
    return _move(comment, Comment.State.RESOLVED, by)


@transaction.atomic
def reopen(comment: Comment, *, by: Who) -> Comment:
    return _move(comment, Comment.State.OPEN, by)


@transaction.atomic
def react(item: Item, kind: str, *, by: Who) -> None:
    """Of each kind one, however often it is pressed."""
    item = _locked(item, by)
    rules.check_item(removed=item.removed, hidden=item.hidden)
    mine = {"guest": by} if isinstance(by, Guest) else {"by": by}
    _reaction, new = Reaction.objects.get_or_create(item=item, kind=kind, **mine, defaults={"made_at": clock.now()})
    if new:
        tell_news(key_of(item.canvas_id), REACTIONS)


@transaction.atomic
def take_back(item: Item, kind: str, *, by: Who) -> None:
    """One's own reaction goes; also where the item has been removed since."""
    item = _locked(item, by)
    gone, _rows = item.reactions.by_whom(by).filter(kind=kind).delete()
    if gone:
        tell_news(key_of(item.canvas_id), REACTIONS)


def _locked(item: Item, by: Who) -> Item:
    """Under the item's own lock, so that talk does not hold up those who write on the canvas."""
    rules.check_may_talk(may=queries.may_talk(item.canvas_id, by))
    return Item.objects.select_for_update(no_key=True).get(pk=item.pk)


def _both_locked(comment: Comment, by: Who) -> tuple[Comment, Item]:
    item = _locked(comment.item, by)
    return Comment.objects.select_for_update(no_key=True).get(pk=comment.pk), item


def _first(item: Item, thread: UUID) -> Comment:
    first = Comment.objects.filter(pk=thread, item=item).first()
    rules.check_thread(is_first=first is not None and first.thread_id is None, is_of_item=first is not None)
    return first or Comment()


def _move(comment: Comment, to: str, by: Who) -> Comment:
    comment, item = _both_locked(comment, by)
    rules.check_item(removed=item.removed, hidden=item.hidden)
    rules.check_may_move(comment.state, to, is_first=comment.thread_id is None)
    is_resolved = to == Comment.State.RESOLVED
    comment.state = Comment.State(to)
    comment.resolved_by = by if is_resolved and isinstance(by, Person) else None
    comment.save(update_fields=["state", "resolved_by"])
    _record(comment, "resolved" if is_resolved else "reopened", by)
    tell_news(key_of(item.canvas_id), COMMENTS)
    return comment


def _check_pace(by: Who) -> None:
    if isinstance(by, Guest):
        rules.check_pace(by.comments.since(clock.now() - rules.GUEST_WITHIN).count())


def _runs(item: Item, by: Who) -> bool:
    return isinstance(by, Person) and Canvas.objects.run_by(by).filter(pk=item.canvas_id).exists()


def _tell_people(comment: Comment, told: Collection[UUID], by: Who) -> None:
    """Once a person and comment: the outbox knows what it has sent. The mail holds no words, since those can be removed."""
    if not told and "@" not in comment.text:
        return
    canvas = Canvas.objects.select_related("team", "programme").get(pk=comment.item.canvas_id)
    people = {person.pk: person for person in queries.who_sees(canvas)}
    rules.check_told(told, people, is_guest=isinstance(by, Guest))
    if isinstance(by, Guest):
        return
    named = rules.named_in(comment.text, {pk: str(person) for pk, person in people.items()})
    wanted = [person for pk, person in people.items() if pk in {*told, *named} and pk != by.pk]
    rules.check_most_told(len(wanted))
    comment.told = list(dict.fromkeys([*comment.told, *(str(person.pk) for person in wanted)]))
    comment.save(update_fields=["told"])
    for person in wanted:
        tell(
            "talk/notices/mention",
            person,
            key=str(comment.pk),
            scope=canvas.programme_id,
            by=SOMEBODY if canvas.names_hidden else by,
            canvas=canvas,
            comment=comment,
        )


def _record(comment: Comment, verb: str, by: Who) -> None:
    canvas = Canvas.objects.only("programme_id", "team_id").get(pk=comment.item.canvas_id)
    person = by if isinstance(by, Person) else None
    said = verb if person else f"guest_{verb}"
    record(comment, said, scope=canvas.programme_id, thread=canvas.team_id, by=person, item=str(comment.item_id))
