import tomllib
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from secrets import choice
from typing import Any

from django.db import transaction

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.seen import check_seen, mark_of
from rihma.canvases import kinds
from rihma.canvases.doers import key_of
from rihma.canvases.kinds.beside import OWN
from rihma.canvases.kinds.writing import write
from rihma.canvases.models import Canvas
from rihma.history.actions import record
from rihma.programmes import actions as programmes
from rihma.programmes.models import Programme
from rihma.realtime.news import tell_news
from rihma.tailoring import choices, drafts, files, rules, said
from rihma.tailoring.drafts import Draft
from rihma.tailoring.models import Edition, OwnKind
from rihma.tailoring.queries import is_ahead, lacks_of

# no letters and digits that look alike
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
KEY_LENGTH = 8
# links, since an arrow leads from one to the other
SHORTEST_CHAIN = 2
State = OwnKind.State


@transaction.atomic
def copy(programme: Programme, kind: str, *, by: Person) -> OwnKind:
    """A draft with everything of a kind that comes with Rihma; nobody else sees it before it is published."""
    known = kinds.shipped(kind)
    if known is None:
        raise said.refused(kinds.Wrong("unreadable", (), kind, kind))
    draft = drafts.begin(tomllib.loads(kinds.text_of(kind)))
    own = _make(programme, draft, copied_from=kind, copied_version=known.version)
    record(own, "copied", scope=programme.pk, by=by, of=kind)
    return own


@transaction.atomic
def import_file(programme: Programme, data: bytes, *, by: Person) -> OwnKind:
    """A draft from the file of a kind, or every mistake in it told."""
    own = _make(programme, drafts.begin(files.read(data)))
    record(own, "imported", scope=programme.pk, by=by)
    return own


@transaction.atomic
def edit_texts(own: OwnKind, *, seen: str, by: Person, **texts: Any) -> OwnKind:
    own = _locked(own)
    check_seen(seen, mark_of(drafts.facts_of(own.draft, "texts")))
    return _save(own, lambda draft: draft.update(texts), by=by, part="texts")


@transaction.atomic
def edit_words(own: OwnKind, part: str, words: Mapping[str, Mapping[str, str]], *, seen: str, by: Person) -> OwnKind:
    """Of the items, or of the drawing."""
    own = _locked(own)
    check_seen(seen, mark_of(drafts.facts_of(own.draft, part)))
    return _save(own, lambda draft: drafts.put_words(draft, part, words), by=by, part=part)


@transaction.atomic
def edit_options(  # what a word is, a name each
    own: OwnKind,
    item: str,
    field: str,
    *,
    names: Mapping[str, Mapping[str, str]],
    added: Sequence[Mapping[str, str]],
    into: str = "",
    seen: str,
    by: Person,
) -> OwnKind:
    """Those not in `names` go; on canvases that stand already `into` takes their place."""
    own = _locked(own)
    facts = choices.facts_of(own.draft, item, field)
    rules.check_there(is_there=bool(facts))
    check_seen(seen, mark_of(facts))
    gone = facts.keys() - names.keys()
    rules.check_words_left(len(names) + len(added), warns=choices.warns_of(own.draft, field) in gone)
    if own.version and gone:
        rules.check_word_in_place(into, names)
    return _save(
        own, lambda draft: choices.put_options(draft, item, field, names, added, into=into), by=by, part="items"
    )


@transaction.atomic
def add_zone(own: OwnKind, room: str, admits: list[str], *, by: Person, **said: Any) -> OwnKind:
    own = _locked(own)
    return _save(own, lambda draft: drafts.add_zone(draft, room, admits, said), by=by, part="zones")


@transaction.atomic
def edit_zone(own: OwnKind, zone: str, *, seen: str, by: Person, **said: Any) -> OwnKind:
    own = _locked(own)
    rules.check_there(is_there=drafts.zone_in(own.draft, zone) is not None)
    check_seen(seen, mark_of(drafts.zone_facts(own.draft, zone)))
    return _save(own, lambda draft: drafts.edit_zone(draft, zone, said), by=by, part="zones")


@transaction.atomic
def move_zone(own: OwnKind, zone: str, *, up: bool, by: Person) -> OwnKind:
    own = _locked(own)
    rules.check_there(is_there=drafts.zone_in(own.draft, zone) is not None)
    return _save(own, lambda draft: drafts.move_zone(draft, zone, up=up), by=by, part="zones")


@transaction.atomic
def remove_zone(own: OwnKind, zone: str, *, into: str = "", seen: str, by: Person) -> OwnKind:
    """What stands there on canvases goes into another zone; before the first edition there are none."""
    own = _locked(own)
    rules.check_there(is_there=drafts.zone_in(own.draft, zone) is not None)
    check_seen(seen, mark_of(drafts.zone_facts(own.draft, zone)))
    rules.check_stays_whole(len(own.draft["zones"]))
    room = drafts.room_of(own.draft, zone)
    links = room.zones if room and room.key == "links" else []
    rules.check_may_go(
        has_room=room is not None,
        is_first_link=zone in links[:1],
        is_only=len(links) == SHORTEST_CHAIN,
    )
    if own.version:
        rules.check_heir(into, [heir["key"] for heir in drafts.heirs(own.draft, zone)])
    return _save(own, lambda draft: drafts.remove_zone(draft, zone, into), by=by, part="zones")


@transaction.atomic
def publish(own: OwnKind, *, by: Person) -> OwnKind:
    """An edition that never changes. Canvases that stand on an older one read by its upgrades from now on."""
    own = _locked(own)
    rules.check_may_publish(own.state, [lack.said for lack in lacks_of(own)], is_new=is_ahead(own))
    _hold(own.key, own.draft)
    Edition.objects.create(own=own, version=own.version + 1, text=write(own.draft), at=clock.now(), by=by)
    own.version += 1
    own.state = State.IN_USE
    own.draft = drafts.follow(own.draft)
    own.save(update_fields=["version", "state", "draft"])
    # In the order of their ids, as whoever writes on several locks them.
    canvases = Canvas.objects.filter(kind=own.key).order_by("pk").select_for_update().values_list("pk", flat=True)
    for canvas in list(canvases):
        Canvas.objects.filter(pk=canvas).update(kind_version=own.version)
        tell_news(key_of(canvas), "kind")
    record(own, "published", scope=own.programme_id, by=by, version=own.version, canvases=len(canvases))
    return own


@transaction.atomic
def give(own: OwnKind, *, by: Person) -> OwnKind:
    """Each team of the programme finds it among its canvases."""
    own = _locked(own)
    programme = Programme.objects.select_for_update().get(pk=own.programme_id)
    if own.state == State.IN_USE and own.key not in programme.canvas_kinds:
        programmes.edit(programme, by=by, canvas_kinds=[*programme.canvas_kinds, own.key])
    return own


@transaction.atomic
def retire(own: OwnKind, *, by: Person) -> OwnKind:
    """No team begins one any more; canvases that stand on it stay as they are."""
    own = _moved(own, State.RETIRED)
    programme = Programme.objects.select_for_update().get(pk=own.programme_id)
    left = [kind for kind in programme.canvas_kinds if kind != own.key]
    programmes.edit(programme, by=by, canvas_kinds=left)
    record(own, "retired", scope=own.programme_id, by=by)
    return own


@transaction.atomic
def take_up(own: OwnKind, *, by: Person) -> OwnKind:
    own = _locked(own)
    rules.check_may_take_up(own.state, own.version)
    own = _moved(own, State.IN_USE)
    record(own, "taken_up", scope=own.programme_id, by=by)
    return own


@transaction.atomic
def discard(own: OwnKind, *, by: Person) -> None:
    """Only a draft that nobody but those who run the programme ever saw."""
    own = _locked(own)
    rules.check_may_discard(own.version)
    record(own, "discarded", scope=own.programme_id, by=by)
    own.delete()


def restore(  # what a programme file tells of one, a name each
    programme: Programme, *, key: str, draft: str, published: str, is_retired: bool, copied_from: str, by: Person
) -> OwnKind:
    """As a programme file says, under its key where that is free."""
    newest = tomllib.loads(published) if published else None
    ahead = tomllib.loads(draft) if draft else drafts.follow(newest or {})
    free = key.startswith(OWN) and not OwnKind.objects.filter(key=key).exists()
    own = _make(programme, ahead, key=key if free else "", copied_from=copied_from)
    if newest:
        own.version = newest["version"]
        own.state = State.RETIRED if is_retired else State.IN_USE
        own.save(update_fields=["version", "state"])
        Edition.objects.create(own=own, version=own.version, text=published, at=clock.now(), by=by)
    record(own, "imported", scope=programme.pk, by=by)
    return own


def _make(programme: Programme, draft: Draft, *, key: str = "", **more: Any) -> OwnKind:
    now = clock.now()
    key = key or OWN + "".join(choice(LETTERS) for _ in range(KEY_LENGTH))
    _hold(key, draft)
    return OwnKind.objects.create(programme=programme, key=key, draft=draft, made_at=now, changed_at=now, **more)


def _save(own: OwnKind, change: Callable[[Draft], object], *, by: Person, part: str) -> OwnKind:
    """A draft that would no longer hold together is refused, and stays as it was."""
    draft = deepcopy(own.draft)
    change(draft)
    if draft != own.draft:
        _hold(own.key, draft)
        own.draft, own.changed_at = draft, clock.now()
        own.save(update_fields=["draft", "changed_at"])
        record(own, "edited", scope=own.programme_id, by=by, part=part)
    return own


def _hold(key: str, draft: Draft) -> None:
    for wrong in files.wrongs(key, draft):
        raise said.refused(wrong)


def _moved(own: OwnKind, to: str) -> OwnKind:
    own = _locked(own)
    rules.check_may_move(own.state, to)
    own.state = to
    own.save(update_fields=["state"])
    return own


def _locked(own: OwnKind) -> OwnKind:
    found = OwnKind.objects.select_for_update(of=("self",)).select_related("programme").filter(pk=own.pk).first()
    rules.check_there(is_there=found is not None)
    return found or own
