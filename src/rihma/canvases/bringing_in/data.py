"""Data that was taken out of a canvas (`taking_out.data`), planned as the same items again."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from rihma.actors.models import Organisation
from rihma.base.refused import Refused
from rihma.canvases import actors_here, beside, kinds, rules
from rihma.canvases.actors_here import Named
from rihma.canvases.bringing_in.plan import Actor, Check, Plan, Row, check_size
from rihma.canvases.kinds import ActorField, ItemKind, Kind
from rihma.canvases.kinds.fields import REFERENCE
from rihma.canvases.models import Canvas
from rihma.canvases.taking_out.data import MARK
from rihma.canvases.types import Payload


class OtherText(msgspec.Struct):
    text: str
    lang: str = ""


class LinkTo(msgspec.Struct):
    to: str
    word: str = ""


class Translated(msgspec.Struct):
    text: str
    made: str = "human"
    of: int = 0


class Marks(msgspec.Struct):
    tags: list[str] = []
    group: str = ""
    people: int = 0
    links: list[LinkTo] = []
    translations: dict[str, Translated] = {}
    came_from: dict[str, str] | None = None


class Item(msgspec.Struct):
    kind: str
    zone: str
    text: str
    id: str = ""
    order: str = ""
    lang: str = ""
    text_seq: int = 0
    fields: dict[str, int | str | bool | None] = {}
    alternatives: list[OtherText] = []
    marks: Marks = msgspec.field(default_factory=Marks)


class ActorIn(msgspec.Struct):
    name: str
    kind: str = ""


class File(msgspec.Struct):
    kind: str
    items: list[msgspec.Raw]
    actors: dict[str, ActorIn] = {}


def plan_of(canvas: Canvas, kind: Kind, text: str) -> Plan:
    """On an empty canvas each item stands where it stood; on another one behind what is there already."""
    file = _read(text)
    if file.kind != canvas.kind:
        raise Refused("invalid", _other_kind(file.kind), "text")
    check_size(len(file.items))
    is_empty = not canvas.items.live().exists()
    reader = Reader(kind, file.actors, keeps_order=is_empty)
    check = Check.of(canvas, kind)
    rows = [reader.row(raw) for raw in file.items]
    known = actors_here.named({key for row in rows for key in row.said["fields"].values() if _is_reference(key)})
    for row in rows:
        reader.name_actors(row, known)
    check.look(rows)
    raw = beside_of(text)
    read = {area.key: area.read(bytes(raw[area.key])) for area in beside.areas() if area.key in raw}
    return Plan(rows, back=lambda kept: _back(file, kept, raw), must_look=not is_empty, beside=read)


def beside_of(text: str) -> dict[str, msgspec.Raw]:
    """What areas above kept of the canvas, as it came."""
    parts = msgspec.json.decode(text.encode("utf-8", "replace"), type=dict[str, msgspec.Raw])
    keys = {area.key for area in beside.areas()}
    return {key: part.copy() for key, part in parts.items() if key in keys}


def _read(text: str) -> File:
    try:
        return msgspec.json.decode(text.encode("utf-8", "replace"), type=File)
    except (msgspec.MsgspecError, RecursionError) as error:
        words = _("This is not data that was taken out of a canvas, or it was cut off. Nothing was brought in.")
        raise Refused("invalid", words, "text") from error


def _other_kind(key: str) -> str:
    other = kinds.find(key)
    words = _("This data is of another canvas (%(kind)s). Bring it in on a canvas of that kind.")
    return words % {"kind": other.name if other else key[:40]}


def _is_reference(value: object) -> bool:
    return isinstance(value, str) and bool(REFERENCE.fullmatch(value))


class Reader:
    def __init__(self, kind: Kind, actors: dict[str, ActorIn], *, keeps_order: bool) -> None:
        self.kind = kind
        self.actors = actors
        self.keeps_order = keeps_order

    def row(self, raw: msgspec.Raw) -> Row:
        try:
            item = msgspec.json.decode(raw, type=Item)
        except (msgspec.MsgspecError, RecursionError):
            refused = _("This item of the data cannot be read.")
            return Row(bytes(raw), {"text": bytes(raw).decode("utf-8", "replace")[:200], "fields": {}}, refused=refused)
        now = kinds.upgraded(self.kind, item)
        lang = item.lang if item.lang in rules.LANGUAGES else "en"
        said: Payload = {
            "kind": now.kind,
            "zone": now.zone,
            "text": item.text,
            "lang": lang,
            "fields": dict(now.fields),
        }
        if self.keeps_order and rules.is_key(item.order):
            said["order"] = item.order
        row = Row(
            bytes(raw), said, came_as=item.id, links=[{"to": one.to, "word": one.word} for one in item.marks.links]
        )
        _mark(row, item)
        _with_other_texts(row, item, lang)
        row.more += list(_translations(item))
        return row

    def name_actors(self, row: Row, known: Named) -> None:
        """An actor that this Rihma does not know by id is known by name, or will be."""
        item_kind = self.kind.item(row.said.get("kind", ""))
        for field in _actor_fields(item_kind):
            pk = row.said["fields"].get(field.key)
            if pk is None or str(pk) in known:
                continue
            named = self.actors.get(str(pk))
            is_item = item_kind is not None and field == item_kind.identity
            del row.said["fields"][field.key]
            if named or is_item:
                kind = named.kind if named and named.kind in Organisation.Kind.values else ""
                row.actors[field.key] = Actor(named.name if named else row.said["text"], kind)


def _actor_fields(item_kind: ItemKind | None) -> list[ActorField]:
    return [field for field in item_kind.fields if isinstance(field, ActorField)] if item_kind else []


def _mark(row: Row, item: Item) -> None:
    marks = item.marks
    if marks.group:
        row.said["group"] = marks.group
    if marks.people:
        row.said["people"] = marks.people
    if marks.tags:
        row.said["tag"] = marks.tags[0]
    if marks.came_from:
        row.said["came_from"] = marks.came_from
    row.more += [("mark", {"tag": tag}) for tag in marks.tags[1:]]


def _with_other_texts(row: Row, item: Item, lang: str) -> None:
    """Texts that clashed are written one over the other again, unseen by each other."""
    if not item.alternatives:
        return
    first, *later = [*((other.text, other.lang or lang) for other in item.alternatives), (item.text, lang)]
    row.said["text"], row.said["lang"] = first
    row.more += [("set", {"text": text, "lang": code}) for text, code in later]


def _translations(item: Item) -> Iterable[tuple[str, Payload]]:
    for code, one in item.marks.translations.items():
        said: Payload = {"translation": {"lang": code, "text": one.text, "made": one.made}}
        yield ("stale" if one.of < item.text_seq else "mark"), said


def _back(file: File, kept: Iterable[Row], raw: Mapping[str, msgspec.Raw]) -> str:
    """The same data with the refused items only, and with all that stood beside any: what stood at others stays out."""
    data: dict[str, Any] = {MARK: 1, "kind": file.kind, "actors": file.actors, **raw}
    data["items"] = [msgspec.Raw(row.typed) for row in kept]
    return msgspec.json.format(msgspec.json.encode(data)).decode()
