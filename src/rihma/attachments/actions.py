import logging
from functools import partial
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db import transaction

from rihma.accounts.models import Person
from rihma.attachments import rules
from rihma.attachments.models import DESCRIBED, Attachment, Sending
from rihma.base import clock
from rihma.base.files import store
from rihma.base.files.kinds import tidy_name
from rihma.base.files.looking import Looked, look
from rihma.base.files.pace import COUNTED_FOR, check_pace
from rihma.base.files.problems import WAITS_FOR_SPACE
from rihma.base.refused import Refused
from rihma.base.seen import check_unchanged
from rihma.canvases import kinds
from rihma.canvases import rules as canvas_rules
from rihma.canvases.access import Who
from rihma.canvases.doers import key_of
from rihma.canvases.models import Canvas
from rihma.guests.models import Guest
from rihma.history.actions import record
from rihma.realtime.news import tell_news

logger = logging.getLogger(__name__)

TOPIC = "files"


def attach(
    canvas: Canvas, content: bytes, *, name: str, zone: str, item: UUID | None = None, alt: str, lang: str, by: Who
) -> Attachment:
    """Look into it, put it on the disk, then let the canvas speak of it. Refused, nothing of it is kept anywhere."""
    # Asked before and after, because looking takes seconds, in which nobody else should wait for this canvas.
    _check_may_attach(canvas, zone, item)
    # Empty or too large it is refused without looking, which costs nothing and counts for nothing.
    family = rules.check_content(content)
    _count(by)
    looked = look(content, family)
    try:
        file = store.put(looked.whole, looked.small)
    except OSError as problem:
        logger.exception("A file could not be written")
        raise Refused("full", WAITS_FOR_SPACE, "upload") from problem
    try:
        return _attach(canvas, looked, file, name=name, zone=zone, item=item, alt=alt, lang=lang, by=by)
    except BaseException:
        store.drop(file)
        raise


@transaction.atomic
def _count(by: Who) -> None:
    """Under the lock of whoever sends, so that many at once are counted too; kept also when the file is refused."""
    model = Guest if isinstance(by, Guest) else Person
    model.objects.select_for_update(no_key=True, of=("self",)).get(pk=by.pk)
    now = clock.now()
    lately = Sending.objects.by_whom(by).filter(at__gt=now - COUNTED_FOR).order_by("-at")
    most = settings.FILES_AN_HOUR["guest" if isinstance(by, Guest) else "person"]
    check_pace(list(lately.values_list("at", flat=True)), most, now)
    person, guest = (None, by) if isinstance(by, Guest) else (by, None)
    Sending.objects.create(by=person, guest=guest, at=now)


@transaction.atomic
def _attach(
    canvas: Canvas, looked: Looked, file: str, *, name: str, zone: str, item: UUID | None, alt: str, lang: str, by: Who
) -> Attachment:
    canvas = _locked(canvas, by)
    _check_may_attach(canvas, zone, item)
    person = by if isinstance(by, Person) else None
    attachment = Attachment.objects.create(
        canvas=canvas,
        zone=zone,
        item_id=item,
        kind=looked.kind,
        name=tidy_name(name, looked.kind),
        alt=rules.tidy_alt(alt),
        lang=lang,
        file=file,
        digest=sha256(looked.whole).hexdigest(),
        size=len(looked.whole),
        width=looked.width,
        height=looked.height,
        by=person,
        guest=None if isinstance(by, Person) else by,
        made_at=clock.now(),
    )
    _record(attachment, canvas, "attached" if person else "guest_attached", by)
    tell_news(key_of(canvas.pk), TOPIC)
    return attachment


@transaction.atomic
def describe(attachment: Attachment, alt: str, *, lang: str, seen: str | None = None, by: Who) -> Attachment:
    """Say what it shows, for those who do not see it. Whoever may write on the canvas may."""
    canvas = _locked(attachment.canvas, by)
    canvas_rules.check_open(canvas.state)
    attachment.refresh_from_db(fields=["alt"])
    check_unchanged(attachment, DESCRIBED, seen)
    attachment.alt, attachment.lang = rules.tidy_alt(alt), lang
    attachment.save(update_fields=["alt", "lang"])
    tell_news(key_of(canvas.pk), TOPIC)
    return attachment


@transaction.atomic
def remove(attachment: Attachment, *, by: Who) -> None:
    """By its author or who runs the programme, also from a frozen canvas. Its bytes go once that is certain."""
    may = Attachment.objects.removable_by(by).filter(pk=attachment.pk).exists()
    rules.check_may_remove(may=may)
    _record(attachment, attachment.canvas, "removed" if isinstance(by, Person) else "guest_removed", by)
    _forget([attachment])


@transaction.atomic
def hide(attachment: Attachment) -> None:
    """Nobody gets it from now on, neither its bytes nor what it is called; open pages let go of it."""
    _set_hidden(attachment, hidden=True)


@transaction.atomic
def show(attachment: Attachment) -> None:
    _set_hidden(attachment, hidden=False)


def _set_hidden(attachment: Attachment, *, hidden: bool) -> None:
    attachment.hidden = hidden
    attachment.save(update_fields=["hidden"])
    tell_news(key_of(attachment.canvas_id), TOPIC)


@transaction.atomic
def erase(attachment: Attachment) -> None:
    """For good, with its bytes; who decided that keeps its own record."""
    _forget([attachment])


@transaction.atomic
def erase_of_item(canvas: Canvas, item: UUID) -> None:
    """What stood at an item that is erased goes with it (settings.CANVAS_ERASERS)."""
    _forget(list(canvas.attachments.filter(item=item)))


@transaction.atomic
def erase_of_writer(canvas: Canvas, writer: Who) -> None:
    """All that somebody attached to a canvas goes with their words."""
    by = {"by": writer} if isinstance(writer, Person) else {"guest": writer}
    _forget(list(canvas.attachments.filter(**by)))


def _forget(attachments: list[Attachment]) -> None:
    for attachment in attachments:
        file, canvas = attachment.file, attachment.canvas_id
        attachment.delete()
        # Not before, because the row must find its bytes if the deletion is taken back.
        transaction.on_commit(partial(store.drop, file), robust=True)
        tell_news(key_of(canvas), TOPIC)


def _check_may_attach(canvas: Canvas, zone: str, item: UUID | None) -> None:
    canvas_rules.check_open(canvas.state)
    rules.check_room(canvas.attachments.count())
    kind = kinds.of(canvas)
    if item is None:
        known = kind is not None and kind.zone(zone) is not None
    else:
        known = canvas.items.filter(pk=item, zone=zone, removed=False, hidden=False).exists()
    rules.check_place(known=known)


def _locked(canvas: Canvas, by: Who) -> Canvas:
    """Rights are read under the lock: somebody who has just left the team adds nothing more."""
    locked = Canvas.objects.worked_by(by).select_for_update().filter(pk=canvas.pk).first()
    if locked is None:
        raise Refused("forbidden", canvas_rules.NO_LONGER_YOURS)
    return locked


def _record(attachment: Attachment, canvas: Canvas, verb: str, by: Who) -> None:
    person = by if isinstance(by, Person) else None
    record(
        attachment,
        verb,
        scope=canvas.programme_id,
        thread=canvas.team_id,
        by=person,
        kind=attachment.kind,
        size=attachment.size,
    )
