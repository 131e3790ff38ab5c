"""The data of a kind as its pages change it. Pure: what comes in may be changed, what comes out holds all of it."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, NamedTuple

from rihma.canvases import kinds
from rihma.canvases.kinds.reading import MOST_IN_A_ZONE, Path

type Draft = dict[str, Any]
type Facts = dict[str, Any]

TEXTS = ("name", "purpose", "help", "questions", "minutes", "licence", "inspiration")
ZONE = ("name", "question", "fits", "most", "tint", "shape")
STRIPS = ("columns", "cards")


class Room(NamedTuple):
    """A place of the drawing that zones can be added to, with those that stand there."""

    key: str
    title: Mapping[str, str]
    zones: list[str]


def begin(data: Mapping[str, Any]) -> Draft:
    """A kind of one's own begins at its first version: nothing was ever written in it."""
    draft = deepcopy(dict(data))
    draft.pop("upgrades", None)
    return {**draft, "version": 1}


def follow(draft: Draft) -> Draft:
    """The next version, which reads everything of this one as it stands."""
    after = deepcopy(draft)
    after["upgrades"] = [*after.get("upgrades", []), {"from": after["version"]}]
    after["version"] += 1
    return after


def says(draft: Draft) -> Draft:
    """Without what only counts."""
    return {key: value for key, value in draft.items() if key not in ("version", "upgrades")}


def facts_of(draft: Draft, part: str) -> Facts:
    """What one page edits."""
    if part == "texts":
        return {key: draft[key] for key in TEXTS}
    return {name_of(path): dict(texts) for path, texts in kinds.texts_in(draft[place_of(draft, part)])}


def place_of(draft: Draft, part: str) -> str:
    """The table of the file: `items`, or the one of the layout."""
    return str(draft["layout"]) if part == "layout" else "items"


def name_of(path: Path) -> str:
    return "-".join(map(str, path))


def put_words(draft: Draft, part: str, texts: Mapping[str, Mapping[str, str]]) -> None:
    for path, there in kinds.texts_in(draft[place_of(draft, part)]):
        given = texts.get(name_of(path))
        if given and isinstance(there, dict):
            there.clear()
            there.update(given)


def zone_in(draft: Draft, key: str) -> Facts | None:
    return next((zone for zone in draft["zones"] if zone["key"] == key), None)


def zone_facts(draft: Draft, key: str) -> Facts:
    zone = zone_in(draft, key) or {}
    facts = {"fits": 0, "most": MOST_IN_A_ZONE, **{name: zone[name] for name in ZONE if name in zone}}
    facts["admits"] = admitted(draft, zone)
    arrow = arrow_to(draft, key)
    return facts if arrow is None else {**facts, "arrow": arrow["name"]}


def rooms(draft: Draft) -> list[Room]:
    layout = draft["layout"]
    table = draft[layout]
    if layout in STRIPS:
        return [Room(str(n), strip.get("title", {}), strip["zones"]) for n, strip in enumerate(table)]
    if layout == "plane":
        return [Room("signs", {}, [zone["key"] for zone in draft["zones"]])]
    open_to_zones = ("rings", "parts", "links", "beside")
    return [Room(name, {}, table[name]) for name in open_to_zones if name in table]


def room_of(draft: Draft, key: str) -> Room | None:
    return next((room for room in rooms(draft) if key in room.zones), None)


def admitted(draft: Draft, zone: Facts) -> list[str]:
    return list(zone.get("admits", [draft["items"][0]["key"]]))


def used_keys(draft: Draft) -> set[str]:
    """Of zones there are and ever were: a word keeps its meaning for ever."""
    old = (step.get("zones", {}) for step in draft.get("upgrades", []))
    return {zone["key"] for zone in draft["zones"]} | {key for zones in old for key in zones}


def add_zone(draft: Draft, room_key: str, admits: list[str], said: Facts) -> str:
    used = used_keys(draft)
    key = next(name for n in range(1, len(used) + 2) if (name := f"zone_{n}") not in used)
    room = next(room for room in rooms(draft) if room.key == room_key)
    draft["zones"].append({"key": key, "admits": admits, **{name: said[name] for name in ZONE}})
    if draft["layout"] != "plane":
        room.zones.append(key)
    for field in _arrows(draft) if room.key == "links" else ():
        field["options"].append({"key": key, "name": said.get("arrow") or _pointing(said["name"])})
    return key


def edit_zone(draft: Draft, key: str, said: Facts) -> None:
    zone = zone_in(draft, key)
    if zone is not None:
        zone.update({name: said[name] for name in ZONE})
        if said.get("admits"):
            zone["admits"] = said["admits"]
    arrow = arrow_to(draft, key)
    if arrow is not None and said.get("arrow"):
        arrow["name"] = said["arrow"]


def movable(draft: Draft, key: str) -> list[str]:
    """The zones among which one can change its place. To the first link of a chain no arrow leads, so it stays."""
    room = room_of(draft, key)
    zones = room.zones if room else []
    if room and room.key == "links":
        return zones[1:] if key in zones[1:] else []
    return zones if len(zones) > 1 else []


def move_zone(draft: Draft, key: str, *, up: bool) -> None:
    """Among those in the same place of the drawing, and so in the list too; the arrow to a link goes with it."""
    room, among = room_of(draft, key), movable(draft, key)
    to = among.index(key) + (-1 if up else 1) if among else -1
    if room is None or not 0 <= to < len(among):
        return
    other = among[to]
    _swap(room.zones, key, other)
    for field in _arrows(draft) if room.key == "links" else ():
        _swap(field["options"], arrow_to(draft, key), arrow_to(draft, other))
    _swap(draft["zones"], zone_in(draft, key), zone_in(draft, other))


def _swap(listed: list[Any], one: Any, other: Any) -> None:
    mine, theirs = listed.index(one), listed.index(other)
    listed[mine], listed[theirs] = other, one


def heirs(draft: Draft, key: str) -> list[Facts]:
    """Zones that take everything that this one takes, or stand beside it in the drawing and can take it on."""
    zone, room = zone_in(draft, key), room_of(draft, key)
    needed = set(admitted(draft, zone)) if zone else set()
    beside = room.zones if room and room.key == "beside" else []
    return [
        other
        for other in draft["zones"]
        if other["key"] != key and (other["key"] in beside or needed <= set(admitted(draft, other)))
    ]


def remove_zone(draft: Draft, key: str, into: str) -> None:
    """`into`: where things that stand there on canvases go, as an upgrade step that says so for ever."""
    room = room_of(draft, key)
    for field in _arrows(draft) if room and room.key == "links" else ():
        _remove_arrow(draft, field, key)
    if room and draft["layout"] != "plane":
        room.zones.remove(key)
        if draft["layout"] in STRIPS:
            draft[draft["layout"]] = [strip for strip in draft[draft["layout"]] if strip["zones"]]
    gone, heir = zone_in(draft, key), zone_in(draft, into)
    if gone and heir:
        heir["admits"] = list(dict.fromkeys([*admitted(draft, heir), *admitted(draft, gone)]))
    draft["zones"] = [zone for zone in draft["zones"] if zone["key"] != key]
    if draft.get("upgrades"):
        step = draft["upgrades"][-1]
        # A step is one leap, so what led to the zone that goes now leads on at once.
        led = {old: into if new == key else new for old, new in step.get("zones", {}).items()}
        step["zones"] = {**led, key: into}


def arrow_to(draft: Draft, key: str) -> Facts | None:
    """The option of a chain's field that names the arrow which leads to the zone."""
    found = (option for field in _arrows(draft) for option in field["options"] if option["key"] == key)
    return next(found, None)


def _arrows(draft: Draft) -> Iterator[Facts]:
    if draft["layout"] == "chain":
        for item in draft["items"]:
            yield from (field for field in item.get("fields", []) if field["key"] == draft["chain"]["field"])


def _remove_arrow(draft: Draft, field: Facts, key: str) -> None:
    """What stood on it belongs to the arrow that takes its place, or where it was the last, to the one before."""
    arrows = [option["key"] for option in field["options"]]
    if key not in arrows or len(arrows) == 1:
        return
    at = arrows.index(key)
    heir = arrows[at + 1] if at + 1 < len(arrows) else arrows[at - 1]
    field["options"] = [option for option in field["options"] if option["key"] != key]
    if draft.get("upgrades"):
        values = draft["upgrades"][-1].setdefault("values", {}).setdefault(field["key"], {})
        values.update({old: heir for old, new in values.items() if new == key} | {key: heir})


def _pointing(name: Mapping[str, str]) -> dict[str, str]:
    return {lang: f"→ {text}" for lang, text in name.items()}
