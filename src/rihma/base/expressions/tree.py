"""What an expression is made of. Two that mean the same place by place are equal, wherever they were written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

type Plain = bool | int | Decimal | str | date


@dataclass(frozen=True)
class Node:
    # Where it begins in the text: needed for mistakes, and never for whether two are equal.
    at: int = field(compare=False, kw_only=True, default=0)


@dataclass(frozen=True)
class Literal(Node):
    value: Plain


@dataclass(frozen=True)
class Named(Node):
    """A value or a field; `answers.budget` is one name of two words."""

    name: str


@dataclass(frozen=True)
class Listed(Node):
    options: tuple[Literal, ...]


@dataclass(frozen=True)
class Not(Node):
    inner: Node


@dataclass(frozen=True)
class Several(Node):
    """`and`, or `or`, between two or more."""

    word: str
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Compared(Node):
    sign: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Within(Node):
    """`left in right`: one of those listed, or the name of one of the rows."""

    left: Node
    right: Listed | Named


@dataclass(frozen=True)
class Reckoned(Node):
    sign: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Gathered(Node):
    """`count(rows where …)`, `exists`, `none`, and `sum(measure of rows where …)`."""

    word: str
    rows: str
    where: Node | None = None
    measure: Node | None = None
    rows_at: int = field(compare=False, default=0)


def inside(node: Node) -> tuple[Node, ...]:
    """The nodes that a node is made of, in the order of the text."""
    match node:
        case Not(inner):
            return (inner,)
        case Several(_, parts):
            return parts
        case Compared(_, left, right) | Reckoned(_, left, right) | Within(left, right):
            return (left, right)
        case Listed(options):
            return options
        case Gathered(_, _, where, measure):
            return tuple(part for part in (measure, where) if part is not None)
    return ()


def walked(node: Node) -> Iterator[Node]:
    yield node
    for part in inside(node):
        yield from walked(part)
