"""Why an expression does not hold, in words: each part that stands in the way, what it is now and what is asked."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from rihma.base import said
from rihma.base.expressions.checking import named
from rihma.base.expressions.names import Name, Names, Rows
from rihma.base.expressions.running import compiled
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
from rihma.base.expressions.values import MAYBE, MISSING, Range, World, ends

SHOWN = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥"}
OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
TURNED = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
MOST_NAMED = 5


class Telling:
    def __init__(self, names: Names, world: World) -> None:
        self.names = names
        self.world = world

    def reasons(self, node: Node, *, wanted: bool = True) -> list[str]:
        """`wanted`: whether the node must hold or must not."""
        if self.now(node) is wanted:
            return []
        match node:
            case Not(inner):
                found = self.reasons(inner, wanted=not wanted)
            case Several(word, parts):
                found = [reason for part in parts for reason in self.reasons(part, wanted=wanted)]
                # They are told together, because one of them would do.
                found = [_(" Or: ").join(found)] if found and (word == "or") is wanted else found
            case Compared(sign, left, right):
                found = [self.compared(sign if wanted else OPPOSITE[sign], left, right)]
            case Gathered(word, _rows, _where) if word in ("exists", "none"):
                found = [self.found(node, wanted=wanted is (word == "exists"))]
            case Within(left, right):
                found = [self.within(left, right, wanted=wanted)]
            case _:
                found = [f"{self.words(node)}: {self.shown(self.now(node))}"]
        return found

    def now(self, node: Node) -> Any:
        return compiled(node, self.names)(self.world, ())

    def compared(self, sign: str, left: Node, right: Node) -> str:
        if isinstance(left, Literal) and not isinstance(right, Literal):
            sign, left, right = TURNED[sign], right, left
        asked = (
            self.words(right, (), left)
            if isinstance(right, Literal)
            else f"{self.words(right)} ({self.shown(self.now(right))})"
        )
        return self.line(left, _asked(sign) % {"value": asked})

    def line(self, node: Node, asked: str) -> str:
        value = self.now(node)
        words = {"name": self.words(node), "asked": asked}
        if isinstance(value, Range):
            low, high = (said.number(end) for end in ends(value))
            said_so = _("%(name)s: now %(low)s, %(if_all)s %(high)s. Asked: %(asked)s.")
            return said_so % {**words, "low": low, "if_all": self.names.if_all, "high": high}
        known = named(node.name, self.names, ()) if isinstance(node, Named) else None
        told = self.option(value, known[1]) if known else self.shown(value)
        return _("%(name)s: now %(value)s. Asked: %(asked)s.") % {**words, "value": told}

    def found(self, node: Gathered, *, wanted: bool) -> str:
        words = {"name": self.words(node)}
        if wanted:
            if self.now(node) is MAYBE:
                return f"{words['name']}: {self.names.only_unsure}."
            return _("%(name)s: none yet.") % words
        rows = self.names.rows[node.rows]
        matching = self.matching(node, rows) if rows.by else []
        if not matching:
            return _("%(name)s: there should be none.") % words
        return _("%(name)s: there should be none, and now there is %(found)s.") % {
            **words,
            "found": ", ".join(matching[:MOST_NAMED]) + (" …" if len(matching) > MOST_NAMED else ""),
        }

    def matching(self, node: Gathered, rows: Rows) -> list[str]:
        where = compiled(node.where, self.names, (rows,)) if node.where is not None else None
        found = [
            row.fields.get(rows.by)
            for row in self.world.rows.get(node.rows, ())
            if where is None or where(self.world, (row,)) is not False
        ]
        return [self.option(value, rows.fields[rows.by]) for value in found if isinstance(value, str)]

    def within(self, left: Node, right: Listed | Named, *, wanted: bool) -> str:
        options = self.words(right, (), left)
        asked = _("one of these: %(options)s") if wanted else _("none of these: %(options)s")
        if isinstance(left, Literal):
            there = _("%(rows)s: %(value)s is missing.") if wanted else _("%(rows)s: %(value)s should not be there.")
            return there % {"rows": options, "value": self.words(left)}
        return self.line(left, asked % {"options": options})

    def words(self, node: Node, inside: Sequence[Rows] = (), beside: Node | None = None) -> str:
        """What people call it. `beside`: what a text is compared with, whose choices have names of their own."""
        match node:
            case Named(name):
                text = self.name(name, inside)
            case Literal(value):
                found = named(beside.name, self.names, inside) if isinstance(beside, Named) else None
                text = self.option(value, found[1]) if found else self.shown(value)
            case Listed(options):
                text = ", ".join(self.words(option, inside, beside) for option in options)
            case Gathered(_, rows, where, measure):
                text = self.gathered(self.names.rows[rows], where, measure, inside)
            case Not(inner):
                text = _("not %(words)s") % {"words": self.words(inner, inside)}
            case Several(word, parts):
                text = (_(" or ") if word == "or" else ", ").join(self.words(part, inside) for part in parts)
            case Within(left, right):
                text = f"{self.words(left, inside, right)}: {self.words(right, inside, left)}"
            case Compared(sign, left, right) | Reckoned(sign, left, right):
                text = self.both(sign, left, right, inside)
            case _:
                raise TypeError(node)
        return text

    def name(self, name: str, inside: Sequence[Rows]) -> str:
        found = named(name, self.names, inside)
        if found:
            return str(found[1].words)
        rows = self.names.rows.get(name)
        return str(rows.words) if rows else name

    def both(self, sign: str, left: Node, right: Node, inside: Sequence[Rows]) -> str:
        sides = self.words(left, inside, right), self.words(right, inside, left)
        return ": ".join(sides) if sign == "==" else f"{sides[0]} {SHOWN.get(sign, sign)} {sides[1]}"

    def gathered(self, rows: Rows, where: Node | None, measure: Node | None, inside: Sequence[Rows]) -> str:
        within = (*inside, rows)
        parts = [self.words(part, within) for part in (measure, where) if part is not None]
        return f"{rows.words} ({', '.join(parts)})" if parts else str(rows.words)

    def option(self, value: Any, name: Name) -> str:
        return str(name.options[value]) if isinstance(value, str) and value in name.options else self.shown(value)

    def shown(self, value: Any) -> str:
        match value:
            case bool():
                text = _("yes") if value else _("no")
            case date():
                text = said.date_only(value)
            case list():
                text = ", ".join(map(str, value))
            case Range(low, high):
                text = f"{said.number(low)}–{said.number(high)}"
            case int() | Decimal():
                text = said.number(value)
            case _:
                unknown = {MAYBE: _("not sure yet"), MISSING: _("no answer"), "": _("no answer")}
                text = unknown.get(value, str(value))
        return text


def _asked(sign: str) -> str:
    return {
        ">=": _("at least %(value)s"),
        "<=": _("at most %(value)s"),
        ">": _("more than %(value)s"),
        "<": _("less than %(value)s"),
        "==": "%(value)s",
        "!=": _("other than %(value)s"),
    }[sign]
