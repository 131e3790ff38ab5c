"""Tokens to a tree, by recursive descent: one method for each level of what binds how tightly."""

from collections.abc import Callable
from datetime import date
from typing import NoReturn

from django.utils.translation import gettext as _

from rihma.base.expressions.mistakes import BadExpression, did_you_mean
from rihma.base.expressions.tokens import Kind, Token, number_of, tokens_of
from rihma.base.expressions.tree import (
    Compared,
    Gathered,
    Listed,
    Literal,
    Named,
    Node,
    Not,
    Plain,
    Reckoned,
    Several,
    Within,
)

DEEPEST = 24
MOST_LISTED = 40
GATHERS = ("count", "exists", "none", "sum")
COMPARES = ("==", "!=", "<", "<=", ">", ">=")
TRUTHS = {"yes": True, "no": False}
PLAIN: dict[Kind, Callable[[str], Plain]] = {Kind.NUMBER: number_of, Kind.DATE: date.fromisoformat, Kind.TEXT: str}
KEPT = {*GATHERS, *TRUTHS, "and", "or", "not", "in", "where", "of"}
EXAMPLE = "count(…) >= 2"


def parse(source: str) -> Node:
    return _Parser(source).whole()


class _Parser:
    def __init__(self, source: str) -> None:
        self.tokens = tokens_of(source)
        self.number = 0
        self.depth = 0

    @property
    def now(self) -> Token:
        return self.tokens[self.number]

    def ended(self) -> bool:
        return self.now.kind is Kind.END

    @property
    def ahead(self) -> Token:
        """The one after; at the end, the end."""
        return self.tokens[min(self.number + 1, len(self.tokens) - 1)]

    def whole(self) -> Node:
        if self.ended():
            self.refuse(_("There is no condition."), _("Write one, such as: %(example)s") % {"example": EXAMPLE})
        node = self.either()
        if not self.ended():
            self.unexpected(_("The condition should end here, or go on with “and” or “or”."))
        return node

    def either(self) -> Node:
        return self.deeper(lambda: self.joined("or", lambda: self.joined("and", self.negated)))

    def deeper(self, part: Callable[[], Node]) -> Node:
        """So that no text, however made, takes the parser further than it can go."""
        self.depth += 1
        if self.depth > DEEPEST:
            self.refuse(_("Too much stands inside one another here."), _("Make two rules of it."))
        node = part()
        self.depth -= 1
        return node

    def joined(self, word: str, part: Callable[[], Node]) -> Node:
        at = self.now.at
        parts = [part()]
        while self.take(word):
            parts.append(part())
        return Several(word, tuple(parts), at=at) if len(parts) > 1 else parts[0]

    def negated(self) -> Node:
        at = self.now.at
        if self.take("not"):
            return Not(self.deeper(self.negated), at=at)
        return self.compared()

    def compared(self) -> Node:
        at, left = self.now.at, self.reckoned()
        if self.now.word in COMPARES:
            sign = self.step().text
            node: Node = Compared(sign, left, self.reckoned(), at=at)
            if self.now.word in COMPARES:
                self.refuse(_("Two comparisons stand in a row."), _("Put “and” between them."))
            return node
        if self.take("in"):
            return Within(left, self.range(), at=at)
        if self.now.word == "not" and self.ahead.word == "in":
            self.number += 2
            return Not(Within(left, self.range(), at=at), at=at)
        return left

    def range(self) -> Listed | Named:
        """What something may be in: options in square brackets, or the name of rows."""
        at = self.now.at
        if not self.take("["):
            if self.now.kind is Kind.WORD:
                return self.name()
            self.unexpected(_("Write the choices in square brackets: %(example)s") % {"example": '["a", "b"]'})
        options = [self.literal()]
        while self.take(","):
            options.append(self.literal())
        if len(options) > MOST_LISTED:
            self.refuse(_("There are more than %(n)s choices.") % {"n": MOST_LISTED}, _("Make two rules of it."))
        self.need("]")
        return Listed(tuple(options), at=at)

    def reckoned(self) -> Node:
        return self.chained(("+", "-"), lambda: self.chained(("*",), self.term))

    def chained(self, signs: tuple[str, ...], part: Callable[[], Node]) -> Node:
        at, node = self.now.at, part()
        while self.now.word in signs:
            sign = self.step().text
            node = Reckoned(sign, node, part(), at=at)
            self.count_depth_of(node)
        return node

    def count_depth_of(self, node: Node) -> None:
        """`1 + 1 + 1 …` grows to the left without any bracket."""
        depth = 0
        while isinstance(node, Reckoned):
            node, depth = node.left, depth + 1
        if depth > DEEPEST:
            self.refuse(_("Too much stands inside one another here."), _("Make two rules of it."))

    def term(self) -> Node:
        token = self.now
        if self.take("("):
            node = self.either()
            self.need(")")
            return node
        if token.word in GATHERS and self.ahead.word == "(":
            return self.gathered()
        if token.kind is Kind.WORD and token.word not in KEPT:
            if self.ahead.word == "(":
                self.unexpected("")
            return self.name()
        return self.literal()

    def gathered(self) -> Gathered:
        at, word = self.now.at, self.step().word
        self.need("(")
        measure = None
        if word == "sum":
            measure = self.deeper(self.reckoned)
            self.need("of")
        rows_at, rows = self.now.at, self.word()
        where = self.either() if self.take("where") else None
        self.need(")")
        return Gathered(word, rows, where, measure, rows_at, at=at)

    def name(self) -> Named:
        at, parts = self.now.at, [self.word()]
        while self.take("."):
            parts.append(self.word())
        return Named(".".join(parts), at=at)

    def word(self) -> str:
        if self.now.kind is not Kind.WORD or self.now.word in KEPT:
            self.unexpected(_("A name was expected here."))
        return self.step().word

    def literal(self) -> Literal:
        at = self.now.at
        if self.take("-"):
            if self.now.kind is not Kind.NUMBER:
                self.unexpected(_("A number was expected here."))
            return Literal(-number_of(self.step().text), at=at)
        if self.now.kind not in PLAIN and self.now.word not in TRUTHS:
            self.unexpected(_("A name, a number, a day or a text in quotation marks was expected here."))
        token = self.step()
        return Literal(PLAIN[token.kind](token.text) if token.kind in PLAIN else TRUTHS[token.word], at=at)

    def take(self, text: str) -> bool:
        if self.now.word != text:
            return False
        self.number += 1
        return True

    def need(self, text: str) -> None:
        if not self.take(text):
            self.unexpected(_("“%(sign)s” was expected here.") % {"sign": text})

    def step(self) -> Token:
        token = self.now
        self.number += 1
        return token

    def unexpected(self, remedy: str) -> NoReturn:
        token = self.now
        if self.ended():
            self.refuse(_("The condition ends in the middle."), remedy)
        if token.kind is Kind.WORD and self.ahead.word == "(":
            remedy = did_you_mean(token.text, GATHERS)
        self.refuse(_("“%(word)s” does not fit here.") % {"word": token.text[:40]}, remedy)

    def refuse(self, what: str, remedy: str) -> NoReturn:
        raise BadExpression(what, remedy, self.now.place)
