"""Rows of a table or lines of a list, planned as items."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from rihma.base.numerals import whole
from rihma.base.refused import Refused
from rihma.canvases import rules
from rihma.canvases.bringing_in import heads, reading, values
from rihma.canvases.bringing_in.plan import Actor, Check, Plan, Row, check_size
from rihma.canvases.field_widgets import Here
from rihma.canvases.forms import here_of
from rihma.canvases.kinds import ItemKind, Kind
from rihma.canvases.models import Canvas
from rihma.canvases.types import Payload


@dataclass(frozen=True)
class Choices:
    """What the person said of the text as a whole; a cell goes before it."""

    form: str
    zone: str = ""
    item_kind: str = ""
    actor_kind: str = ""
    lang: str = ""
    # None: found out from the text, because nobody has chosen yet
    columns: tuple[str, ...] | None = None
    headed: bool | None = None


@dataclass(frozen=True)
class Table:
    head: list[str] | None
    columns: list[str]
    rows: list[list[str]]


def table_of(kind: Kind, text: str, choices: Choices) -> Table:
    found = reading.rows(text, choices.form)
    width = max(map(len, found), default=1)
    known = heads.recognised(kind, found[0]) if found and width > 1 else None
    headed = choices.headed if choices.headed is not None and width > 1 else known is not None
    columns = list(choices.columns or (known if headed and known else heads.guessed(width)))
    columns = [*columns[:width], *[heads.NOTHING] * (width - len(columns))]
    return Table(found[0] if headed else None, columns, found[1:] if headed else found)


def plan_of(canvas: Canvas, kind: Kind, table: Table, choices: Choices) -> Plan:
    check_size(len(table.rows))
    here, check = _cached(here_of(canvas)), Check.of(canvas, kind)
    rows = [row for cells in table.rows for row in _rows(kind, cells, table.columns, choices, here)]
    check.look(rows)
    return Plan(rows, back=lambda kept: _back(table, kept, choices.form), must_look=len(table.columns) > 1)


def _cached(here: Here) -> Here:
    return Here(standing_in=cache(here.standing_in), suggested=here.suggested, named=here.named)


def _back(table: Table, kept: Iterable[Row], form: str) -> str:
    """A row of which one part was refused comes back whole only once."""
    cells = {tuple(row.typed): None for row in kept}
    return reading.written([table.head, *cells] if table.head and cells else list(cells), form)


def _rows(kind: Kind, cells: Sequence[str], columns: Sequence[str], choices: Choices, here: Here) -> Iterator[Row]:
    """One item, or where columns are zones one for each that is filled."""
    said = {target: cell for target, cell in zip(columns, cells, strict=False) if target and cell.strip()}
    in_zones = {target: cell for target, cell in said.items() if target.startswith(heads.IN_ZONE)}
    if heads.TEXT in said or not in_zones:
        yield _row(kind, cells, said, choices, here)
    for target, cell in in_zones.items():
        zone = target.removeprefix(heads.IN_ZONE)
        typed = [one if columns[n] == target or columns[n] not in in_zones else "" for n, one in enumerate(cells)]
        yield _row(kind, typed, {**said, heads.TEXT: cell, heads.ZONE: zone}, choices, here)


def _row(kind: Kind, cells: Sequence[str], said: Mapping[str, str], choices: Choices, here: Here) -> Row:
    row = Row(typed=list(cells), said={"text": values.words_of(said.get(heads.TEXT, ""))})
    try:
        item_kind = _place(kind, row.said, said, choices)
        row.said["fields"] = _fields(item_kind, said, here)
        row.said |= _marks(said)
        row.more = [("mark", {"tag": tag}) for tag in _tags(said)[1:]]
        if item_kind.identity and row.said["text"]:
            what = values.actor_kind_of(said.get(heads.ACTOR_KIND, "")) or choices.actor_kind
            row.actors = {item_kind.identity.key: Actor(row.said["text"], what)}
    except Refused as refused:
        row.refused = str(refused)
    return row


def _place(kind: Kind, row: Payload, said: Mapping[str, str], choices: Choices) -> ItemKind:
    """Where it belongs and what it is, by its cells, else as chosen for all."""
    row["zone"] = _known(values.zone_of(kind, said[heads.ZONE])) if heads.ZONE in said else choices.zone
    zone = kind.zone(row["zone"])
    if heads.WHAT in said:
        row["kind"] = _known(values.item_kind_of(kind, said[heads.WHAT]))
    else:
        admitted = zone.admits if zone else tuple(kind.items_by_key)
        row["kind"] = choices.item_kind or admitted[0]
    row["lang"] = _lang(said.get(heads.LANG, "")) or choices.lang
    item_kind = kind.item(row["kind"])
    if item_kind is None:
        raise Refused("invalid", _("This canvas holds no such items."))
    return item_kind


def _known(key: str | None) -> str:
    if key is None:
        raise Refused("invalid", _("This canvas has no such zone or kind of item."))
    return key


def _lang(text: str) -> str:
    return text.strip().casefold() if text.strip().casefold() in rules.LANGUAGES else ""


def _fields(item_kind: ItemKind, said: Mapping[str, str], here: Here) -> dict[str, Any]:
    found = {}
    for field in item_kind.fields:
        cell = said.get(heads.FIELD + field.key, "")
        value = values.value_of(field, cell, here) if field != item_kind.identity else None
        if value is not None:
            found[field.key] = value
    return found


def _marks(said: Mapping[str, str]) -> Payload:
    marks: Payload = {}
    if group := " ".join(said.get(heads.GROUP, "").split()):
        marks["group"] = group
    if tags := _tags(said):
        marks["tag"] = tags[0]
    if people := whole(said.get(heads.PEOPLE, "").strip()):
        marks["people"] = people
    return marks


def _tags(said: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(" ".join(tag.split()) for tag in said.get(heads.TAGS, "").split(",") if tag.strip()))
