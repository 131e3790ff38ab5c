"""What is on a canvas, as far as the operations at hand need it. Filled by `store`, changed by `desk`."""

from collections import Counter
from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from msgspec.structs import replace

from rihma.canvases import kinds, order
from rihma.canvases.kinds import Kind
from rihma.canvases.types import Line, State, device_of

# A sheet that is kept remembers this much, so that the database is rarely asked.
REMEMBERED_IDS = 2048
REMEMBERED_TEXTS = 6


class Past(Protocol):
    """The log behind a sheet, asked where the sheet itself does not reach."""

    def line(self, client_id: str) -> Line | None: ...
    def last_text(self, item: UUID, base: int, device: str) -> Line | None: ...
    def text_at(self, item: UUID, base: int) -> str | None: ...
    def places(self) -> Iterable[tuple[UUID, str, str, bool]]:
        """Each item's id, zone, order, and whether it was removed."""


class Sheet:
    """All items of a canvas, or those that the operations at hand speak of.

    Items are found by the number of their id (`UUID.int`): looking up a UUID itself takes ten times as long.
    """

    def __init__(self, *, pk: UUID, kind: Kind | None, state: str, head: int, live: int, past: Past) -> None:
        self.pk = pk
        self.kind = kind
        self.state = state
        # whoever reads is not told who wrote
        self.nameless = False
        self.head = head
        self.live = live
        self.items: dict[int, State] = {}
        # ids that lie on other canvases: ids are the sender's, so that must be seen to be refused
        self.foreign: set[int] = set()
        self.known: dict[str, Line] = {}
        # ids of operations that are in the database: what they said is rarely asked for again
        self.taken: dict[str, None] = {}
        self.lines: list[Line] = []
        self.touched: set[int] = set()
        self._past = past
        self._whole_from = head
        self._texts: dict[int, list[Line]] = {}
        self._ends: dict[str, str] | None = None
        self._crowds: Counter[str] | None = None

    def put(self, line: Line, before: State | None, after: State) -> None:
        item = line.item.int
        self.head = line.seq
        self.items[item] = after
        self.known[line.client_id] = line
        self.lines.append(line)
        self.touched.add(item)
        self.live += (not after.removed) - (before is not None and not before.removed)
        if self._crowds is not None:
            self._crowds.subtract(self._stands(before))
            self._crowds.update(self._stands(after))
        if "text" in line.payload:
            self._remember(item, line)
        if self._ends is not None and ("order" in line.payload or "zone" in line.payload):
            self._reach(self._ends, self._zone(after.zone), after.order)

    def _remember(self, item: int, line: Line) -> None:
        recent = self._texts.setdefault(item, [])
        recent.append(line)
        if len(recent) > REMEMBERED_TEXTS:
            del recent[0]

    def known_as(self, client_id: str) -> Line | None:
        """The row of an operation that was taken before."""
        if client_id in self.taken and client_id not in self.known:
            line = self._past.line(client_id)
            if line:
                self.known[client_id] = line
        return self.known.get(client_id)

    def read_by(self, kind: Kind | None) -> None:
        """The kind as it is now: where things stand may be counted by other zones from here on."""
        if kind is not self.kind:
            self.kind, self._ends, self._crowds = kind, None, None

    def as_read(self, item: UUID) -> State:
        """The item in the words of its kind today."""
        state = self.items[item.int]
        if self.kind is None or not self.kind.upgrades:
            return state
        now = kinds.upgraded(self.kind, state)
        return replace(state, kind=now.kind, zone=now.zone, fields=now.fields)

    def written(self) -> None:
        """What was taken is in the database now."""
        self.lines = []
        self.touched = set()
        self.taken |= dict.fromkeys(self.known)
        self.known = {}
        if len(self.taken) > REMEMBERED_IDS:
            self.taken = dict.fromkeys(list(self.taken)[-REMEMBERED_IDS // 2 :])

    def last_text(self, item: UUID, base: int, device: str = "") -> Line | None:
        """Who last set the text after `base`: anybody, or one device."""
        recent = self._texts.get(item.int, [])
        found = next((line for line in reversed(recent) if not device or device_of(line.client_id) == device), None)
        if found:
            return found if found.seq > base else None
        reaches = base >= self._whole_from and (len(recent) < REMEMBERED_TEXTS or recent[0].seq <= base)
        return None if reaches else self._past.last_text(item, base, device)

    def text_at(self, item: UUID, base: int) -> str | None:
        """None where the log no longer says: it was erased, or the sender named a number before the item came."""
        recent = [line for line in self._texts.get(item.int, ()) if line.seq <= base]
        return recent[-1].payload["text"] if recent else self._past.text_at(item, base)

    def end_of(self, zone: str) -> str | None:
        """The last key in the zone; those of removed items count, since they may come back."""
        if self._ends is None:
            self._ends = {}
            for where, key, _ in self._places():
                self._reach(self._ends, where, key)
        return self._ends.get(zone)

    def live_in(self, zone: str) -> int:
        if self._crowds is None:
            self._crowds = Counter(where for where, _, removed in self._places() if not removed)
        return self._crowds[zone]

    def _places(self) -> Iterable[tuple[str, str, bool]]:
        places = {pk.int: (where, key, removed) for pk, where, key, removed in self._past.places()}
        places |= {pk: (state.zone, state.order, state.removed) for pk, state in self.items.items()}
        return [(self._zone(zone), key, removed) for zone, key, removed in places.values()]

    def _stands(self, state: State | None) -> list[str]:
        return [self._zone(state.zone)] if state and not state.removed else []

    def _zone(self, key: str) -> str:
        return kinds.zone_of_today(self.kind, key) if self.kind and self.kind.upgrades else key

    @staticmethod
    def _reach(ends: dict[str, str], zone: str, key: str) -> None:
        if order.is_key(key) and key > ends.get(zone, ""):
            ends[zone] = key
