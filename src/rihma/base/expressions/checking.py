"""Holds a tree to the declared names: every name is known, and only what is alike is compared."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NoReturn

from django.utils.translation import gettext as _

from rihma.base.expressions.mistakes import BadExpression, did_you_mean
from rihma.base.expressions.names import KIND_WORDS, Kind, Name, Names, Rows
from rihma.base.expressions.printing import printed
from rihma.base.expressions.tokens import place_of
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
    walked,
)

MOST_NODES = 150
MOST_INSIDE = 2
ORDERED = ("<", "<=", ">", ">=")


def check(node: Node, names: Names, source: str) -> None:
    """`BadExpression` at the first place that does not fit."""
    _Checker(names, source).whole(node)


def kind_of_plain(value: object) -> Kind:
    if isinstance(value, bool):
        return Kind.YES_NO
    if isinstance(value, int | Decimal):
        return Kind.NUMBER
    return Kind.DATE if isinstance(value, date) else Kind.TEXT


def named(name: str, names: Names, inside: Sequence[Rows]) -> tuple[int, Name] | None:
    """The name and how many rows out it is a field of; -1 for a value of the whole."""
    for depth, rows in enumerate(reversed(inside)):
        if name in rows.fields:
            return depth, rows.fields[name]
    known = names.value(name)
    return (-1, known) if known else None


class _Checker:
    def __init__(self, names: Names, source: str) -> None:
        self.names = names
        self.source = source

    def whole(self, node: Node) -> None:
        if sum(1 for _one in walked(node)) > MOST_NODES:
            self.refuse(node, _("The condition has too many parts."), _("Make two rules of it."))
        self.truth(node, ())

    def truth(self, node: Node, inside: tuple[Rows, ...]) -> None:
        kind = self.kind(node, inside)
        if kind not in (Kind.YES_NO, Kind.ANY):
            what = _("“%(text)s” is %(kind)s, not something that holds or does not.")
            remedy = _("Compare it with something, such as: %(example)s")
            words = {"text": printed(node)[:60], "kind": KIND_WORDS[kind]}
            self.refuse(node, what % words, remedy % {"example": f"{printed(node)[:60]} {_example(kind)}"})

    def kind(self, node: Node, inside: tuple[Rows, ...]) -> Kind:
        match node:
            case Literal(value):
                return kind_of_plain(value)
            case Named(name):
                return self.name(node, name, inside).kind
            case Not(inner):
                self.truth(inner, inside)
            case Several(_, parts):
                for part in parts:
                    self.truth(part, inside)
            case Compared(sign, left, right):
                self.compared(node, sign, (left, right), inside)
            case Within(left, right):
                self.within(node, left, right, inside)
            case Reckoned(sign, left, right):
                return self.reckoned(sign, left, right, inside)
            case Gathered():
                return self.gathered(node, inside)
        return Kind.YES_NO

    def name(self, node: Node, name: str, inside: tuple[Rows, ...]) -> Name:
        found = named(name, self.names, inside)
        if found is None:
            self.unknown(node, name, inside)
        return found[1]

    def compared(self, node: Node, sign: str, sides: tuple[Node, Node], inside: tuple[Rows, ...]) -> None:
        left, right = (self.kind(side, inside) for side in sides)
        if Kind.ANY not in (left, right) and left is not right:
            self.unlike(node, left, right)
        if sign in ORDERED and not {left, right} & {Kind.NUMBER, Kind.DATE}:
            what = _("“%(sign)s” compares numbers and days only.") % {"sign": sign}
            self.refuse(node, what, _("Write == or != instead."))
        for one, other in (sides, sides[::-1]):
            if isinstance(one, Named) and isinstance(other, Literal):
                self.option(other, self.name(one, one.name, inside))

    def within(self, node: Node, left: Node, right: Listed | Named, inside: tuple[Rows, ...]) -> None:
        kind = self.kind(left, inside)
        if isinstance(right, Named):
            rows = self.names.rows.get(right.name)
            if rows is None or not rows.by:
                known = [name for name, one in self.names.rows.items() if one.by]
                what = _("Nothing can be in “%(word)s”.") % {"word": right.name}
                self.refuse(right, what, did_you_mean(right.name, known))
            name = rows.fields[rows.by]
            if isinstance(left, Literal):
                self.option(left, name)
            if kind not in (name.kind, Kind.ANY):
                self.unlike(node, kind, name.kind)
            return
        for option in right.options:
            if kind not in (kind_of_plain(option.value), Kind.ANY):
                self.unlike(option, kind, kind_of_plain(option.value))
            if isinstance(left, Named):
                self.option(option, self.name(left, left.name, inside))

    def option(self, literal: Literal, name: Name) -> None:
        """A text that a name can never be is most often a slip of the hand."""
        if name.options and isinstance(literal.value, str) and literal.value not in name.options:
            what = _("“%(word)s” is not one of the choices.") % {"word": literal.value[:40]}
            self.refuse(literal, what, did_you_mean(literal.value, name.options))

    def reckoned(self, sign: str, left: Node, right: Node, inside: tuple[Rows, ...]) -> Kind:
        kinds = self.kind(left, inside), self.kind(right, inside)
        if sign in ("+", "-") and kinds == (Kind.DATE, Kind.NUMBER):
            return Kind.DATE
        for side, kind in zip((left, right), kinds, strict=True):
            if kind not in (Kind.NUMBER, Kind.ANY):
                what = _("“%(text)s” is %(kind)s; one cannot reckon with it.")
                self.refuse(
                    side, what % {"text": printed(side)[:60], "kind": KIND_WORDS[kind]}, _("Use a number instead.")
                )
        return Kind.NUMBER

    def gathered(self, node: Gathered, inside: tuple[Rows, ...]) -> Kind:
        rows = self.names.rows.get(node.rows)
        if rows is None:
            what = _("“%(word)s” cannot be counted.") % {"word": node.rows}
            self.refuse(Named(node.rows, at=node.rows_at), what, did_you_mean(node.rows, self.names.rows))
        if len(inside) >= MOST_INSIDE:
            self.refuse(node, _("Too much stands inside one another here."), _("Make two rules of it."))
        within = (*inside, rows)
        if node.measure is not None and self.kind(node.measure, within) not in (Kind.NUMBER, Kind.ANY):
            what = _("“%(text)s” cannot be summed up.") % {"text": printed(node.measure)[:60]}
            numbers = [name for name, one in rows.fields.items() if one.kind is Kind.NUMBER]
            self.refuse(node.measure, what, did_you_mean(printed(node.measure), numbers))
        if node.where is not None:
            self.truth(node.where, within)
        return Kind.NUMBER if node.word in ("count", "sum") else Kind.YES_NO

    def unknown(self, node: Node, name: str, inside: Iterable[Rows]) -> NoReturn:
        what = _("There is no name “%(word)s” here.") % {"word": name[:40]}
        if name in self.names.rows:
            remedy = _("Count them: %(example)s") % {"example": f"count({name})"}
            self.refuse(node, _("“%(word)s” are several.") % {"word": name}, remedy)
        known = [*(one for rows in inside for one in rows.fields), *self.names.values]
        self.refuse(node, what, did_you_mean(name, known))

    def unlike(self, node: Node, left: Kind, right: Kind) -> NoReturn:
        what = _("Here %(left)s is compared with %(right)s.")
        self.refuse(
            node, what % {"left": KIND_WORDS[left], "right": KIND_WORDS[right]}, _("Compare what is of the same kind.")
        )

    def refuse(self, node: Node, what: str, remedy: str) -> NoReturn:
        raise BadExpression(what, remedy, place_of(self.source, node.at))


def _example(kind: Kind) -> str:
    return {Kind.NUMBER: ">= 1", Kind.DATE: ">= 2027-01-29"}.get(kind, '== "…"')
