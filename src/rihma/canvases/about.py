"""An item's marks in words: what it is linked to by its text, what else says the same, which translation is stale."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from rihma.canvases import hiding, marks
from rihma.canvases.models import Item


@dataclass(frozen=True)
class Linked:
    item: Item
    word: str


@dataclass(frozen=True)
class Translated:
    lang: str
    language: str
    text: str
    made: str
    stale: bool


@dataclass(frozen=True)
class About:
    tags: tuple[str, ...] = ()
    group: str = ""
    people: int = 0
    links: tuple[Linked, ...] = ()
    translations: tuple[Translated, ...] = ()
    # removed ones that said what this one says
    same: tuple[Item, ...] = ()
    came_from: Mapping[str, Any] = field(default_factory=dict)


def about_all(items: Iterable[Item]) -> dict[UUID, About]:
    """Of those that something is said of, by id, from what has been read already."""
    by_id = {str(item.pk): item for item in items}
    same: defaultdict[str, list[Item]] = defaultdict(list)
    for item in by_id.values():
        if item.removed and "same_as" in item.marks:
            same[item.marks["same_as"]].append(item)
    return {
        item.pk: _about(item, by_id, same.get(pk, []))
        for pk, item in by_id.items()
        if not item.removed and (item.marks or pk in same)
    }


def about_one(item: Item) -> About | None:
    """With the items that it speaks of, and those that speak of it."""
    ends = [link["to"] for link in item.marks.get("links", ())]
    others = Item.objects.filter(canvas=item.canvas_id).filter(Q(pk__in=ends) | Q(marks__same_as=str(item.pk)))
    return about_all([item, *map(hiding.veil, others)]).get(item.pk)


def _about(item: Item, by_id: Mapping[str, Item], same: list[Item]) -> About:
    said = item.marks
    links = [(by_id.get(link["to"]), link["word"]) for link in said.get("links", ())]
    return About(
        tags=tuple(said.get("tags", ())),
        group=said.get("group", ""),
        people=said.get("people", 0),
        links=tuple(Linked(to, word) for to, word in links if to and not to.removed),
        translations=tuple(_translated(item, lang, one) for lang, one in said.get("translations", {}).items()),
        same=tuple(same),
        came_from=said.get("came_from", {}),
    )


def _translated(item: Item, lang: str, one: marks.Translation) -> Translated:
    language = dict(settings.LANGUAGES)[lang]
    return Translated(lang, language, one["text"], one["made"], marks.is_stale(item.state, one))
