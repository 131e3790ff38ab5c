"""What can be flagged: an item, a comment on one, a file. Each is hidden, shown again and erased in the way of its area."""

from rihma.accounts.models import Person
from rihma.attachments import actions as attachments
from rihma.attachments.models import Attachment
from rihma.canvases import actions as canvases
from rihma.canvases import erasing
from rihma.canvases.access import Who
from rihma.canvases.models import Canvas, Item
from rihma.moderation.models import Flag
from rihma.talk import erasing as talk_erasing
from rihma.talk import hiding
from rihma.talk.models import Comment

type Thing = Item | Comment | Attachment


def locked(canvas: Canvas, thing: Thing) -> Thing:
    """As it is now, and nobody else decides about it meanwhile."""
    match thing:
        case Item():
            return canvas.items.get(pk=thing.pk)
        case Comment():
            found = Comment.objects.select_for_update(no_key=True, of=("self",))
            return found.select_related("item__canvas").get(pk=thing.pk, item__canvas=canvas)
        case Attachment():
            return canvas.attachments.select_for_update(no_key=True).get(pk=thing.pk)


def is_gone(thing: Thing) -> bool:
    """Comments on an item that was removed can be read still, so they can be flagged."""
    match thing:
        case Item():
            return thing.removed or "erased" in thing.marks
        case Comment():
            return thing.removed_at is not None
        case Attachment():
            return False


def hide(canvas: Canvas, thing: Thing, *, by: Who) -> None:
    match thing:
        case Item():
            canvases.hide(canvas, thing.pk, by=by)
        case Comment():
            hiding.hide(thing)
        case Attachment():
            attachments.hide(thing)


def show(canvas: Canvas, thing: Thing, *, by: Person) -> None:
    match thing:
        case Item():
            canvases.show(canvas, thing.pk, by=by)
        case Comment():
            hiding.show(thing)
        case Attachment():
            attachments.show(thing)


def erase(canvas: Canvas, thing: Thing, *, by: Person) -> None:
    match thing:
        case Item():
            erasing.erase_item(canvas, thing.pk, by=by)
        case Comment():
            talk_erasing.erase_comment(thing)
        case Attachment():
            attachments.erase(thing)


def what(thing: Thing) -> str:
    """The field of a flag that names it."""
    return {Item: Flag.What.ITEM, Comment: Flag.What.COMMENT, Attachment: Flag.What.FILE}[type(thing)].value
