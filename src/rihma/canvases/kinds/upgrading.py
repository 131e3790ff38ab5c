"""Old items in the words of today. A kind's file says how; an item that has been upgraded stays as it is."""

from typing import Any, NamedTuple, Protocol

from rihma.canvases.kinds.kind import Kind, Upgrade


class Written(Protocol):
    """What an item, a state or a reading of one says in words of its kind."""

    @property
    def kind(self) -> str: ...
    @property
    def zone(self) -> str: ...
    @property
    def fields(self) -> Any: ...


class Reading(NamedTuple):
    kind: str
    zone: str
    fields: Any


def upgraded(kind: Kind, written: Written) -> Written:
    """What was written, as this version of its kind reads it, from whichever version it comes.

    `problems` sees to it that no word of an old version means something else today, so the steps may run over any
    item, as often as one likes.
    """
    for step in kind.upgrades:
        written = _stepped(step, written)
    return written


def zone_of_today(kind: Kind, key: str) -> str:
    """Where a zone's things stand now, for whoever still speaks of it by the name of an older version."""
    return upgraded(kind, Reading("", key, None)).zone


def zones_read_as(kind: Kind, key: str) -> set[str]:
    """The zone and those of older versions whose things stand in it now."""
    old = {name for step in kind.upgrades for name in step.zones}
    return {key, *(name for name in old if zone_of_today(kind, name) == key)}


def _stepped(step: Upgrade, written: Written) -> Reading:
    fields = written.fields
    if isinstance(fields, dict):
        # Written anew under the name of today: that stands.
        renamed = {new: fields[old] for old, new in step.fields.items() if old in fields and new not in fields}
        kept = {key: value for key, value in fields.items() if key not in step.fields} | renamed
        fields = {**step.defaults, **{key: _mapped(step, key, value) for key, value in kept.items()}}
    return Reading(step.items.get(written.kind, written.kind), step.zones.get(written.zone, written.zone), fields)


def _mapped(step: Upgrade, field: str, value: object) -> object:
    return step.values.get(field, {}).get(str(value), value)
