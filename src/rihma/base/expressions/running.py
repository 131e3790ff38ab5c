"""A checked tree as a function that is built once and asked often: of every team of a long list.

It reckons with all that may still happen at once. A row that is not sure may or may not come: a count is then a range, and a
comparison holds, does not, or maybe. So what is said to hold, holds however it goes. Where the same row is spoken of twice,
“maybe” can be said of something that is settled; never the other way round.
"""

import operator
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from rihma.base.expressions.checking import kind_of_plain, named
from rihma.base.expressions.mistakes import BadExpression, Place
from rihma.base.expressions.names import Kind, Names, Rows
from rihma.base.expressions.tree import (
    Compared,
    Gathered,
    Listed,
    Literal,
    Named,
    Node,
    Not,
    Reckoned,
    Several,
    Within,
)
from rihma.base.expressions.values import (
    MAYBE,
    MISSING,
    Number,
    Range,
    Row,
    Truth,
    Unknown,
    World,
    ends,
    opposite,
    ranged,
)

type Run = Callable[[World, tuple[Row, ...]], Any]

PLAIN = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne}
BIGGEST = Decimal(10) ** 15
FURTHEST = 100_000
# Whatever else facts may bring, such as a picture, cannot be compared.
KNOWN = (bool, int, Decimal, str, date, Range)


def compiled(node: Node, names: Names, inside: Sequence[Rows] = ()) -> Run:
    return _Compiler(names).made(node, tuple(inside))


class _Compiler:
    def __init__(self, names: Names) -> None:
        self.names = names

    def made(self, node: Node, inside: tuple[Rows, ...]) -> Run:
        match node:
            case Literal(value):
                run = _always(value)
            case Named(name):
                run = self.named(name, inside)
            case Not(inner):
                run = _turned(self.truth(inner, inside))
            case Several(word, parts):
                run = _several([self.truth(part, inside) for part in parts], either=word == "or")
            case Compared(sign, left, right):
                run = _compared(sign, self.made(left, inside), self.made(right, inside))
            case Reckoned(sign, left, right):
                run = _reckoned(sign, self.made(left, inside), self.made(right, inside))
            case Within(left, right):
                run = self.within(left, right, inside)
            case Gathered():
                run = self.gathered(node, inside)
            case _:
                raise TypeError(node)
        return run

    def truth(self, node: Node, inside: tuple[Rows, ...]) -> Run:
        """An answer of any kind counts as yes only if it is one."""
        run = self.made(node, inside)

        def answer(world: World, rows: tuple[Row, ...]) -> Truth:
            found = run(world, rows)
            return MAYBE if found is MAYBE else found is True

        return answer

    def named(self, name: str, inside: tuple[Rows, ...]) -> Run:
        found = named(name, self.names, inside)
        if found is None or found[0] < 0:
            return lambda world, _rows: world.values.get(name, MISSING)
        out = -1 - found[0]
        return lambda _world, rows: rows[out].fields.get(name, MISSING)

    def within(self, left: Node, right: Listed | Named, inside: tuple[Rows, ...]) -> Run:
        run = self.made(left, inside)
        if isinstance(right, Listed):
            options = [option.value for option in right.options]
            return lambda world, rows: _compare("==", run(world, rows), options)
        name, by = right.name, self.names.rows[right.name].by

        def listed(world: World, rows: tuple[Row, ...]) -> Truth:
            value = run(world, rows)
            same = [(row.sure, _compare("==", row.fields.get(by, MISSING), value)) for row in _rows(world, name)]
            return _any(truth if sure or truth is False else MAYBE for sure, truth in same)

        return listed

    def gathered(self, node: Gathered, inside: tuple[Rows, ...]) -> Run:
        within = (*inside, self.names.rows[node.rows])
        where = self.truth(node.where, within) if node.where is not None else None
        measure = self.made(node.measure, within) if node.measure is not None else None
        count = _counted(node.rows, where, measure)
        if node.word in ("count", "sum"):
            return count
        least = _compared(">=", count, _always(1))
        return least if node.word == "exists" else _turned(least)


def _always(value: Any) -> Run:
    return lambda _world, _rows: value


def _turned(run: Run) -> Run:
    return lambda world, rows: opposite(run(world, rows))


def _rows(world: World, name: str) -> Sequence[Row]:
    found = world.rows.get(name, ())
    world.steps -= len(found)
    if world.steps < 0:
        raise BadExpression(_("This takes too long to find out."), _("Make two rules of it."), Place(1, 1))
    return found


def _counted(name: str, where: Run | None, measure: Run | None) -> Run:
    def count(world: World, rows: tuple[Row, ...]) -> Number | Range:
        low: Number = 0
        high: Number = 0
        for row in _rows(world, name):
            within = (*rows, row)
            holds = True if where is None else where(world, within)
            if holds is False:
                continue
            least, most = (1, 1) if measure is None else ends(_number(measure(world, within)))
            if not (row.sure and holds is True):
                least, most = min(least, 0), max(most, 0)
            low, high = low + least, high + most
        return ranged(low, high)

    return count


def _several(runs: list[Run], *, either: bool) -> Run:
    """The one truth that settles it is yes for `or`, no for `and`."""

    def run(world: World, rows: tuple[Row, ...]) -> Truth:
        unsure = False
        for one in runs:
            found: Truth = one(world, rows)
            if found is either:
                return either
            unsure = unsure or found is MAYBE
        return MAYBE if unsure else not either

    return run


def _compared(sign: str, left: Run, right: Run) -> Run:
    plain = PLAIN[sign]

    def run(world: World, rows: tuple[Row, ...]) -> Truth:
        one, other = left(world, rows), right(world, rows)
        # A way of its own, because in a long list hardly anything else is compared than a count with a number.
        plainly = type(one) is type(other) is int
        return bool(plain(one, other)) if plainly else _compare(sign, one, other)

    return run


def _compare(sign: str, left: Any, right: Any) -> Truth:
    if left is MISSING or right is MISSING:
        return False
    if left is MAYBE or right is MAYBE:
        return Unknown.MAYBE
    if isinstance(left, list) or isinstance(right, list):
        # It holds if it holds for one, because several were chosen.
        return _any(_compare(sign, one, other) for one in _each(left) for other in _each(right))
    left, right = _alike(left, right)
    if left is MISSING:
        return False
    if isinstance(left, str | bool):
        return sign in ("==", "!=") and (left == right) is (sign == "==")
    return _ordered(sign, ends(left), ends(right))


def _ordered(sign: str, left: tuple[Any, Any], right: tuple[Any, Any]) -> Truth:
    match sign:
        case "<":
            always, ever = left[1] < right[0], left[0] < right[1]
        case "<=":
            always, ever = left[1] <= right[0], left[0] <= right[1]
        case ">" | ">=":
            return opposite(_ordered("<=" if sign == ">" else "<", left, right))
        case "!=":
            return opposite(_ordered("==", left, right))
        case _:
            always = left[0] == left[1] == right[0] == right[1]
            ever = left[0] <= right[1] and right[0] <= left[1]
    return True if always else MAYBE if ever else False


def _any(truths: Iterable[Truth]) -> Truth:
    found = set(truths)
    return True if True in found else MAYBE if MAYBE in found else False


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _alike(left: Any, right: Any) -> tuple[Any, Any]:
    """As values of one kind, reading a text as what it is compared with; MISSING twice where that cannot be."""
    if isinstance(left, str) and isinstance(right, str):
        return _tidy(left), _tidy(right)
    if isinstance(left, str):
        left = _read(left, right)
    elif isinstance(right, str):
        right = _read(right, left)
    if not isinstance(left, KNOWN) or not isinstance(right, KNOWN):
        return MISSING, MISSING
    kinds = {Kind.NUMBER if isinstance(side, Range) else kind_of_plain(side) for side in (left, right)}
    return (left, right) if len(kinds) == 1 else (MISSING, MISSING)


def _tidy(text: str) -> str:
    """Two spellings that differ by capitals or spaces mean the same."""
    return " ".join(text.split()).casefold()


def _read(text: str, like: Any) -> Any:
    if isinstance(like, date):
        try:
            return date.fromisoformat(text.strip())
        except ValueError:
            return MISSING
    return MISSING if isinstance(like, bool) else _number_in(text)


def _number_in(text: str) -> Any:
    """People write numbers with spaces, and with a comma or a point."""
    try:
        found = Decimal("".join(text.split()).replace(",", "."))
    except InvalidOperation:
        return MISSING
    return found if found.is_finite() and abs(found) <= BIGGEST else MISSING


def _number(value: Any) -> Number | Range:
    """What is not there or no number adds nothing."""
    if isinstance(value, str):
        value = _number_in(value)
    return value if isinstance(value, int | Decimal | Range) and not isinstance(value, bool) else 0


def _reckoned(sign: str, left: Run, right: Run) -> Run:
    def run(world: World, rows: tuple[Row, ...]) -> Any:
        one, other = left(world, rows), right(world, rows)
        if isinstance(one, date):
            return _days_on(one, other, sign)
        if MISSING in (one, other):
            return MISSING
        return _reckon(sign, ends(_number(one)), ends(_number(other)))

    return run


def _reckon(sign: str, one: tuple[Number, Number], other: tuple[Number, Number]) -> Number | Range:
    if sign == "-":
        return ranged(one[0] - other[1], one[1] - other[0])
    if sign == "+":
        return ranged(one[0] + other[0], one[1] + other[1])
    products = [a * b for a in one for b in other]
    return ranged(min(products), max(products))


def _days_on(day: date, number: Any, sign: str) -> Any:
    low, high = ends(_number(number))
    if low != high or not -FURTHEST <= low <= FURTHEST:
        return MISSING
    try:
        return day + timedelta(days=int(low) * (-1 if sign == "-" else 1))
    except OverflowError:
        return MISSING
