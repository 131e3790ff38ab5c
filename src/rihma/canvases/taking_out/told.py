"""What every form says of an item: the same facts in the same order, in the reader's language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rihma.canvases import marks
from rihma.canvases.kinds import Zone
from rihma.canvases.models import Canvas
from rihma.canvases.shown import Board, Shown
from rihma.canvases.shown import board_of as shown_board_of


@dataclass(frozen=True)
class Translated:
    """A text in another language, and how far it can be trusted."""

    lang: str
    text: str
    about: str


@dataclass(frozen=True)
class Told:
    shown: Shown
    facts: list[tuple[str, str]]
    others: list[tuple[str, str]]
    translations: list[Translated]

    @property
    def lang(self) -> str:
        """A name is in no language."""
        return "" if self.shown.actor else self.shown.item.lang


@dataclass(frozen=True)
class Group:
    """Items that people put together, or without a title those that stand by themselves."""

    title: str
    items: list[Told]


@dataclass(frozen=True)
class Section:
    zone: Zone
    groups: list[Group]


def board_of(canvas: Canvas) -> Board:
    """As everybody sees it, without what somebody flagged: that waits until somebody has looked at it."""
    board = shown_board_of(canvas)
    for column in board.columns:
        column.items = [shown for shown in column.items if not shown.item.hidden]
    board.unreadable = [item for item in board.unreadable if not item.hidden]
    return board


def sections(board: Board) -> list[Section]:
    texts = {str(shown.item.pk): shown.text for shown in board.shown}
    return [Section(column.zone, list(_groups(column.items, texts))) for column in board.columns]


def _groups(items: list[Shown], texts: Mapping[str, str]) -> Iterator[Group]:
    titles = dict.fromkeys(group_of(shown) for shown in items)
    for title in sorted(titles, key=bool):
        yield Group(title, [tell(shown, texts) for shown in items if group_of(shown) == title])


def tell(shown: Shown, texts: Mapping[str, str]) -> Told:
    """`texts`: the words of all items by id, so that a link can say where it leads."""
    said = [(str(place.field.name), str(place.word)) for place in shown.said]
    return Told(
        shown=shown,
        facts=[*said, *_marked(shown, texts)],
        others=[(str(other.alternative["text"]), str(other.alternative["lang"])) for other in shown.others],
        translations=list(translations(shown)),
    )


def _marked(shown: Shown, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if tags := tags_of(shown):
        yield _("Tags"), ", ".join(tags)
    if people := shown.item.marks.get("people"):
        words = ngettext("%(n)s person in the room", "%(n)s people in the room", people) % {"n": people}
        yield _("Said by"), words
    for link in links(shown, texts):
        yield _("Belongs to"), link


def group_of(shown: Shown) -> str:
    return str(shown.item.marks.get("group", ""))


def tags_of(shown: Shown) -> list[str]:
    return list(shown.item.marks.get("tags", ()))


def links(shown: Shown, texts: Mapping[str, str]) -> Iterator[str]:
    for link in shown.item.marks.get("links", ()):
        if link["to"] in texts:
            yield f"{texts[link['to']]} ({link['word']})" if link["word"] else texts[link["to"]]


def translations(shown: Shown) -> Iterator[Translated]:
    made: Mapping[str, Any] = shown.item.marks.get("translations", {})
    for lang, _name in settings.LANGUAGES:
        if lang in made:
            yield Translated(lang, made[lang]["text"], _about(shown, made[lang]))


def _about(shown: Shown, translation: marks.Translation) -> str:
    if marks.is_stale(shown.item.state, translation):
        return _("the text was changed after it was translated")
    return _("translated by a machine") if translation["made"] == "machine" else ""
