"""What would come onto a canvas, row by row, and why some of it would not."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rihma.actors.rules import LONGEST_NAME, check_name, name_key
from rihma.base.refused import Refused
from rihma.canvases import actors_here, rules
from rihma.canvases.kinds import ItemKind, Kind, Zone
from rihma.canvases.models import Canvas
from rihma.canvases.types import Payload, Proposed

MOST_ROWS = 500
LONGEST_FILE = 1_000_000
# Past so many rows one looks first, since nobody undoes hundreds of notes one by one.
MOST_UNSEEN = 20
# Stands for an actor that nobody has named yet, and that nobody should name before the rows are added.
NOBODY = str(UUID(int=0))


@dataclass(frozen=True)
class Actor:
    """Whom an item is or speaks of, by name; `kind` says what it is if nobody has named it before."""

    name: str
    kind: str


@dataclass
class Row:
    """`typed` is how it came, to be given back where it is refused."""

    typed: Any
    said: Payload
    actors: dict[str, Actor] = field(default_factory=dict)
    # follows once it stands, because an `add` cannot say it
    more: list[tuple[str, Payload]] = field(default_factory=list)
    links: list[dict[str, str]] = field(default_factory=list)
    # kept, so that other rows of the same file find what they link to
    came_as: str = ""
    refused: str = ""
    kind: ItemKind | None = None
    zone: Zone | None = None

    @property
    def text(self) -> str:
        """What to know it by, also where nothing in it is a text."""
        return self.said.get("text", "") or (
            " · ".join(filter(None, self.typed)) if isinstance(self.typed, list) else ""
        )

    @property
    def words(self) -> list[tuple[str, str]]:
        """What its fields say, for whoever looks before it is added."""
        if self.kind is None:
            return []
        said = self.said.get("fields", {})
        named = [(one, said[one.key]) for one in self.kind.fields if one.key in said and one.key not in self.actors]
        told = [(str(one.name), str(one.word(value))) for one, value in named if one.says(value)]
        others = {
            key: actor
            for key, actor in self.actors.items()
            if self.kind.identity is None or key != self.kind.identity.key
        }
        return [*told, *((str(self.kind.by_key[key].name), actor.name) for key, actor in others.items())]


@dataclass
class Plan:
    rows: list[Row]
    # what was refused as a text, so that the same rows are read from it again
    back: Callable[[Iterable[Row]], str]
    # whether the person must look before anything is added
    must_look: bool = False
    # what stood beside the items, by the key of the area that reads it
    beside: Mapping[str, Any] = field(default_factory=dict)

    @property
    def good(self) -> list[Row]:
        return [row for row in self.rows if not row.refused]

    @property
    def bad(self) -> list[Row]:
        return [row for row in self.rows if row.refused]


def check_size(count: int) -> None:
    if count > MOST_ROWS:
        words = _(
            "There are %(count)s rows; at most %(most)s come in at a time. Bring in the first ones, then the rest."
        )
        raise Refused("full", words % {"count": count, "most": MOST_ROWS}, "text")
    if not count:
        raise Refused("invalid", _("There is nothing to bring in yet. Paste rows, or choose a file."), "text")


@dataclass
class Check:
    """Asks the rules of the canvas for each row, in order, as if the rows before it were there already."""

    canvas: Canvas
    kind: Kind
    live: int
    crowds: Counter[str]
    # keys of names, so that the database is asked once for all rows
    known: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, canvas: Canvas, kind: Kind) -> "Check":
        crowds = Counter(canvas.items.live().values_list("zone", flat=True))
        return cls(canvas, kind, crowds.total(), crowds)

    def look(self, rows: Sequence[Row]) -> None:
        """Says in each row why it cannot be added, if so."""
        check_size(len(rows))
        self.known |= actors_here.known_names(actor.name for row in rows for actor in row.actors.values())
        for row in rows:
            if row.refused:
                continue
            try:
                self._check(row)
            except Refused as refused:
                row.refused = str(refused)

    def _check(self, row: Row) -> None:
        row.kind, row.zone = self.kind.item(row.said.get("kind", "")), self.kind.zone(row.said.get("zone", ""))
        fields = {**row.said.get("fields", {}), **dict.fromkeys(row.actors, NOBODY)}
        text = row.said.get("text", "")
        if not text.strip() and not row.actors:
            raise Refused("invalid", _("The text is missing."))
        said: Payload = {**rules.tidy(row.said), "fields": fields}
        rules.check(self.kind, None, Proposed("row", "add", self.canvas.pk, said))
        for actor in row.actors.values():
            self._check_actor(actor)
        rules.check_room(self.live)
        if row.zone:
            rules.check_zone_room(row.zone, self.crowds[row.zone.key])
            self.crowds[row.zone.key] += 1
        self.live += 1

    def _check_actor(self, actor: Actor) -> None:
        check_name(actor.name)
        if name_key(actor.name)[:LONGEST_NAME] not in self.known and not actor.kind:
            raise Refused("invalid", _("Nobody has named this actor before. Choose what it is."))
