"""What an item can say beside its text. Each type knows which values it takes, and how a value is said in words."""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import ClassVar

from rihma.base import said
from rihma.base.words import Words

type Value = int | str | bool | None

FULL = 100
LONGEST = 200
# No more digits than a database and a browser keep exactly.
DECIMAL = re.compile(r"-?\d{1,12}\.\d{1,6}")
MOST_OF_NUMBERS = 10**12
REFERENCE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Option:
    key: str
    name: Words


@dataclass(frozen=True)
class Field(ABC):
    """`needed`: an item cannot be added without it."""

    key: str
    name: Words
    question: Words
    needed: bool
    type: ClassVar[str] = ""
    # whether a value can be put in words without asking the database
    speaks: ClassVar[bool] = True

    @property
    def default(self) -> Value:
        return None

    @abstractmethod
    def takes(self, value: object) -> bool:
        """Whether the field may hold this value."""

    def says(self, value: object) -> bool:
        """Whether the value says something to a reader by itself."""
        return self.speaks and value is not None

    def word(self, value: Value) -> Words | str:
        """How a reader sees the value."""
        return str(value)


@dataclass(frozen=True)
class Step:
    at: int
    name: Words


@dataclass(frozen=True)
class Scale(Field):
    """A number from 0 to 100 that people choose by words."""

    start: int
    steps: tuple[Step, ...]
    type: ClassVar[str] = "scale"

    @property
    def default(self) -> int:
        return self.start

    def takes(self, value: object) -> bool:
        return type(value) is int and 0 <= value <= FULL

    def word(self, value: Value) -> Words:
        """The words of the nearest step."""
        at = value if isinstance(value, int) else self.start
        return min(self.steps, key=lambda step: abs(step.at - at)).name


@dataclass(frozen=True)
class Choice(Field):
    """One of a few words that the kind lists."""

    options: tuple[Option, ...]
    type: ClassVar[str] = "choice"

    @cached_property
    def words(self) -> Mapping[str, Words]:
        return {option.key: option.name for option in self.options}

    def takes(self, value: object) -> bool:
        return value is None or (isinstance(value, str) and value in self.words)

    def word(self, value: Value) -> Words | str:
        return self.words.get(str(value), str(value))


@dataclass(frozen=True)
class Number(Field):
    """A whole number, or a decimal one written with a point, so that it stays exactly what was typed."""

    unit: Words
    type: ClassVar[str] = "number"

    def takes(self, value: object) -> bool:
        if type(value) is int:
            return -MOST_OF_NUMBERS < value < MOST_OF_NUMBERS
        return value is None or (isinstance(value, str) and bool(DECIMAL.fullmatch(value)))

    def word(self, value: Value) -> str:
        return f"{said.number(Decimal(str(value)))} {self.unit}".rstrip()


@dataclass(frozen=True)
class Text(Field):
    """A few words on one line."""

    type: ClassVar[str] = "text"

    def takes(self, value: object) -> bool:
        return value is None or (isinstance(value, str) and len(value) <= LONGEST and value.isprintable())


@dataclass(frozen=True)
class Day(Field):
    type: ClassVar[str] = "date"

    def takes(self, value: object) -> bool:
        if not isinstance(value, str):
            return value is None
        try:
            return date.fromisoformat(value).isoformat() == value
        except ValueError:
            return False

    def word(self, value: Value) -> str:
        return said.date_only(date.fromisoformat(str(value)))


@dataclass(frozen=True)
class YesNo(Field):
    yes: Words
    no: Words
    type: ClassVar[str] = "yes_no"

    def takes(self, value: object) -> bool:
        return value is None or isinstance(value, bool)

    def word(self, value: Value) -> Words:
        return self.yes if value else self.no


@dataclass(frozen=True)
class ActorField(Field):
    """An actor of the ecosystem, by id.

    `among` names the zone whose actors one chooses from. Where it is empty, the item itself *is* the actor: its
    text is the actor's name, and the same actor stands on other canvases too.
    """

    among: str
    type: ClassVar[str] = "actor"
    speaks: ClassVar[bool] = False

    def takes(self, value: object) -> bool:
        return value is None or (isinstance(value, str) and bool(REFERENCE.fullmatch(value)))
