from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.refused import Refused
from rihma.canvases import erasing
from rihma.canvases.access import Who
from rihma.canvases.models import Canvas
from rihma.canvases.rules import NO_LONGER_YOURS
from rihma.guests import actions as guests
from rihma.guests.models import Guest
from rihma.history.actions import record
from rihma.moderation import queries, rules, things
from rihma.moderation.models import Erasure, Flag
from rihma.moderation.things import Thing
from rihma.notices.actions import tell
from rihma.programmes.models import Programme


@transaction.atomic
def flag(canvas: Canvas, thing: Thing, *, reason: str, words: str = "", by: Who) -> Flag:
    """Nobody reads it from now on, and who runs the programme is told, without what it says."""
    canvas = _seen(canvas, by)
    thing = things.locked(canvas, thing)
    waiting = Flag.objects.waiting().by_whom(by).count()
    rules.check_may_flag(hidden=thing.hidden, gone=things.is_gone(thing), waiting=waiting)
    things.hide(canvas, thing, by=by)
    person = by if isinstance(by, Person) else None
    flag = Flag.objects.create(
        canvas=canvas,
        what=things.what(thing),
        **{things.what(thing): thing},
        reason=reason,
        words=words,
        by=person,
        guest=None if isinstance(by, Person) else by,
        at=clock.now(),
    )
    verb = "flagged" if person else "guest_flagged"
    record(flag, verb, scope=canvas.programme_id, thread=canvas.team_id, by=person, reason=reason)
    _tell_who_runs_it(flag, canvas)
    return flag


@transaction.atomic
def show(flag: Flag, decision: str, *, by: Person) -> Flag:
    """It may stand: everybody reads it again, and who flagged it is told why."""
    flag = _locked(flag, Flag.State.SHOWN)
    if flag.thing:
        things.show(flag.canvas, flag.thing, by=by)
    return _decide(flag, Flag.State.SHOWN, decision, by)


@transaction.atomic
def erase(flag: Flag, decision: str, *, by: Person) -> Flag:
    """It goes for good, from the log as well, and who flagged it is told."""
    flag = _locked(flag, Flag.State.ERASED)
    if flag.item:
        _close_beside(flag.canvas, flag.item.pk, by)
    if flag.thing:
        things.erase(flag.canvas, flag.thing, by=by)
    flag.words, flag.file = "", None
    return _decide(flag, Flag.State.ERASED, decision, by)


@transaction.atomic
def erase_item(canvas: Canvas, item: UUID, *, reason: str, typed: str, by: Person) -> None:
    """What nobody has flagged, or nobody has looked at yet. Whoever flagged it is told as well."""
    rules.check_typed(typed, rules.word())
    open_flag = canvas.flags.waiting().filter(item=item).first()
    if open_flag:
        erase(open_flag, "", by=by)
        return
    _close_beside(canvas, item, by)
    erasing.erase_item(canvas, item, by=by)
    canvas.flags.at(item).update(words="")
    _keep(Erasure(programme=canvas.programme, canvas=canvas, reason=reason, items=1, by=by), "erased")


@transaction.atomic
def erase_writer(programme: Programme, writer: Who | None, *, reason: str, typed: str, by: Person) -> Erasure:
    """All that somebody wrote on the canvases of a programme, and around its call; a guest's name as well."""
    canvases_there = list(Canvas.objects.run_by(by).filter(programme=programme).order_by("pk"))
    if writer is None or writer not in queries.writers(programme):
        raise rules.no_writer()
    rules.check_typed(typed, str(writer))
    others = queries.beside_items(programme, writer)
    if isinstance(writer, Person):
        others += sum(import_string(path)(programme, writer) for path in settings.PROGRAMME_ERASERS)
    # Comments and files before items, as their letters have it: those at an item that is erased go with it.
    for flag in Flag.objects.waiting().filter(canvas__in=canvases_there).on_words_of(writer).order_by("what"):
        erase(flag, "", by=by)
    done = [erasing.erase_writer(canvas, writer, by=by) for canvas in canvases_there]
    if isinstance(writer, Guest):
        guests.forget_name(writer)
    items, put_back = sum(one.items for one in done), sum(one.put_back for one in done)
    erasure = Erasure(programme=programme, reason=reason, items=items, others=others, put_back=put_back, by=by)
    return _keep(erasure, "writer_erased")


def _seen(canvas: Canvas, by: Who) -> Canvas:
    """Rights are read under the lock: whoever was sent out a moment ago hides nothing more."""
    found = Canvas.objects.seen_by(by).select_for_update(of=("self",)).filter(pk=canvas.pk).first()
    if found is None:
        raise Refused("forbidden", NO_LONGER_YOURS)
    return found


def _tell_who_runs_it(flag: Flag, canvas: Canvas) -> None:
    for one in queries.who_runs(canvas.programme):
        tell(
            "moderation/notices/flagged",
            one,
            key=str(flag.pk),
            scope=canvas.programme_id,
            flag=flag,
            canvas=canvas,
            programme=canvas.programme,
        )


def _close_beside(canvas: Canvas, item: UUID, by: Person) -> None:
    """Comments and files at an item go with it, so nobody has to look at them any more."""
    for flag in canvas.flags.waiting().beside(item):
        flag.words = ""
        _decide(flag, Flag.State.ERASED, "", by)


def _keep(erasure: Erasure, verb: str) -> Erasure:
    erasure.at = clock.now()
    erasure.save()
    canvas = erasure.canvas
    record(
        erasure,
        verb,
        scope=erasure.programme_id,
        thread=canvas.team_id if canvas else None,
        by=erasure.by,
        reason=erasure.reason,
        items=erasure.items,
    )
    return erasure


def _locked(flag: Flag, to: str) -> Flag:
    flag = Flag.objects.select_for_update().get(pk=flag.pk)
    rules.check_may_move(flag.state, to)
    return flag


def _decide(flag: Flag, to: Flag.State, decision: str, by: Person) -> Flag:
    flag.state, flag.decision, flag.decider, flag.decided_at = to, decision, by, clock.now()
    flag.save(update_fields=["state", "words", "decision", "decider", "decided_at"])
    canvas = flag.canvas
    record(flag, str(to), scope=canvas.programme_id, thread=canvas.team_id, by=by)
    if flag.by:
        tell(
            "moderation/notices/decided",
            flag.by,
            key=str(flag.pk),
            scope=canvas.programme_id,
            flag=flag,
            canvas=canvas,
            is_erased=to == Flag.State.ERASED,
        )
    return flag
