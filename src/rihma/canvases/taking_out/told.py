"""What every form says of an item: the same facts in the same order, in the reader's language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rihma.canvases import beside, marks
from rihma.canvases.beside import Line, Part
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
    lines: list[Line]

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


def board_of(canvas: Canvas, *, whole: bool = False) -> Board:
    """As everybody sees it, without what somebody flagged: that waits until somebody has looked at it.

    `whole`: with what areas above keep of it.
    """
    board = shown_board_of(canvas)
    for column in board.columns:
        column.items = [shown for shown in column.items if not shown.item.hidden]
    board.unreadable = [item for item in board.unreadable if not item.hidden]
    board.beside = beside.taken_out(canvas) if whole else {}
    return board


def parts(board: Board) -> list[Part]:
    return [part for taken in board.beside.values() for part in taken.parts]


def sections(board: Board) -> list[Section]:
    texts = {str(shown.item.pk): shown.text for shown in board.shown}
    tellings = [tell(shown, texts, _lines_at(shown, board)) for shown in board.shown]
    told = {one.shown.item.pk: one for one in tellings}
    return [
        Section(column.zone, list(_groups([told[shown.item.pk] for shown in column.items]))) for column in board.columns
    ]


def _groups(items: list[Told]) -> Iterator[Group]:
    titles = dict.fromkeys(group_of(told.shown) for told in items)
    for title in sorted(titles, key=bool):
        yield Group(title, [told for told in items if group_of(told.shown) == title])


def _lines_at(shown: Shown, board: Board) -> list[Line]:
    return [line for taken in board.beside.values() for line in taken.at_items.get(shown.item.pk, ())]


def tell(shown: Shown, texts: Mapping[str, str], lines: list[Line]) -> Told:
    """`texts`: the words of all items by id, so that a link can say where it leads. `lines`: what stands beside it."""
    said = [(str(place.field.name), str(place.word)) for place in shown.said]
    return Told(
        shown=shown,
        facts=[*said, *_marked(shown, texts)],
        others=[(str(other.alternative["text"]), str(other.alternative["lang"])) for other in shown.others],
        translations=list(translations(shown)),
        lines=lines,
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
