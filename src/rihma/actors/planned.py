"""What a list of organisations would do, row by row, before anything is done."""

from dataclasses import dataclass, field
from datetime import date

from rihma.actors.models import Organisation
from rihma.base.seen import mark_of
from rihma.base.words import Words


@dataclass
class Row:
    line: int
    name: str
    names: Words
    kind: str = ""
    region: str = ""
    level: str = ""
    municipality: str = ""
    business_id: str = ""
    part_of: str = ""
    # other names by which it is found, and those that it had, with their last day
    also: tuple[str, ...] = ()
    past: tuple[tuple[str, str], ...] = ()
    ended_on: date | None = None
    known: Organisation | None = None
    like: list[str] = field(default_factory=list)
    # those of its names that nobody bears here yet
    new_names: list[str] = field(default_factory=list)

    @property
    def filled(self) -> dict[str, object]:
        """What the organisation would be told of that nobody has told yet."""
        known = self.known
        told = {name: getattr(self, name) for name in ("region", "level", "municipality", "business_id")}
        if known is None:
            return {name: value for name, value in told.items() if value}
        names = {lang: text for lang, text in self.names.items() if lang not in known.names}
        more: dict[str, object] = {name: text for name, text in told.items() if text and not getattr(known, name)}
        more |= {"ended_on": self.ended_on} if self.ends else {}
        more |= {"found_by": self.new_names} if self.new_names else {}
        return more | ({"names": names} if names else {}) | ({"parent": self.part_of} if self._has_new_parent else {})

    @property
    def about(self) -> str:
        return " · ".join(filter(None, (self.business_id, self.municipality)))

    @property
    def ends(self) -> bool:
        return bool(self.ended_on and self.known and not self.known.ended_on)

    @property
    def is_gone(self) -> bool:
        """Nobody needs it here: it had ended before it came."""
        return self.ended_on is not None and self.known is None

    @property
    def is_called_otherwise(self) -> bool:
        return self.known is not None and self.name in self.new_names

    @property
    def _has_new_parent(self) -> bool:
        return bool(self.part_of and self.known and not self.known.parent_id)


@dataclass(frozen=True)
class Fault:
    line: int
    message: str


@dataclass
class Plan:
    rows: list[Row]
    faults: list[Fault]

    @property
    def new(self) -> list[Row]:
        return [row for row in self.rows if row.known is None and not row.is_gone]

    @property
    def gone(self) -> list[Row]:
        return [row for row in self.rows if row.is_gone]

    @property
    def ending(self) -> list[Row]:
        return [row for row in self.rows if row.ends]

    @property
    def changed(self) -> list[Row]:
        return [row for row in self.rows if row.known is not None and row.filled]

    @property
    def mark(self) -> str:
        """Names what the plan was made from: whoever adds or tells something meanwhile makes it another."""
        return mark_of({str(row.line): [str(row.known and row.known.pk), *sorted(row.filled)] for row in self.rows})
