"""The words among which people choose in a field. Pure: a word that gets another name keeps its key, and so what it means."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from rihma.tailoring.drafts import Draft, Facts


class Place(NamedTuple):
    """A field in which one chooses, and the kind of item that has it."""

    item: Facts
    field: Facts


def places(draft: Draft) -> list[Place]:
    """Without the arrows of a chain, which follow its zones."""
    arrows = draft["chain"]["field"] if draft["layout"] == "chain" else None
    return [
        Place(item, field)
        for item in draft["items"]
        for field in item.get("fields", [])
        if field["type"] == "choice" and field["key"] != arrows
    ]


def place_in(draft: Draft, item: str, field: str) -> Place | None:
    return next((one for one in places(draft) if (one.item["key"], one.field["key"]) == (item, field)), None)


def facts_of(draft: Draft, item: str, field: str) -> Facts:
    """What the page edits: each word under its key."""
    place = place_in(draft, item, field)
    return {option["key"]: dict(option["name"]) for option in place.field["options"]} if place else {}


def warns_of(draft: Draft, field: str) -> str:
    """The word at which the drawing warns, which it cannot do without."""
    warning = draft["pie"]["warning"] if draft["layout"] == "pie" else {}
    return str(warning["value"]) if warning.get("field") == field else ""


def put_options(
    draft: Draft,
    item: str,
    field: str,
    names: Mapping[str, Mapping[str, str]],
    added: Sequence[Mapping[str, str]],
    *,
    into: str,
) -> None:
    """`names`: those that stay, by key. `into`: what a word that goes reads as, on canvases that stand already."""
    place = place_in(draft, item, field)
    if place is None:
        return
    options = place.field["options"]
    used = {option["key"] for option in options} | _were(draft, field)
    gone = [option["key"] for option in options if option["key"] not in names]
    kept: list[dict[str, Any]] = [
        {"key": option["key"], "name": dict(names[option["key"]])} for option in options if option["key"] in names
    ]
    for name in added:
        key = next(key for n in range(1, len(used) + 2) if (key := f"option_{n}") not in used)
        used.add(key)
        kept.append({"key": key, "name": dict(name)})
    place.field["options"] = kept
    if gone and draft.get("upgrades"):
        values = draft["upgrades"][-1].setdefault("values", {}).setdefault(field, {})
        # A step is one leap, so what led to a word that goes now leads on at once.
        led = {old: into for old, new in values.items() if new in gone}
        values.update(led | dict.fromkeys(gone, into))


def _were(draft: Draft, field: str) -> set[str]:
    """Words of older versions: a key keeps its meaning for ever."""
    steps = (step.get("values", {}).get(field, {}) for step in draft.get("upgrades", []))
    return {key for values in steps for pair in values.items() for key in pair}
