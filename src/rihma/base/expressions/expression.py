from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

from rihma.base.expressions.checking import check
from rihma.base.expressions.mistakes import BadExpression
from rihma.base.expressions.names import Names
from rihma.base.expressions.parsing import parse
from rihma.base.expressions.printing import printed
from rihma.base.expressions.running import Run, compiled
from rihma.base.expressions.telling import Telling
from rihma.base.expressions.tokens import Kind, tokens_of
from rihma.base.expressions.tree import Gathered, Named, Node, Within, walked
from rihma.base.expressions.values import Truth, World


@dataclass(frozen=True)
class Expression:
    """A condition that has been read and fits its names."""

    tree: Node
    names: Names

    @cached_property
    def _run(self) -> Run:
        return compiled(self.tree, self.names)

    def answer(self, world: World) -> Truth:
        """Yes or no where it is so however unsure things turn out, else MAYBE."""
        world.begin()
        found: Truth = self._run(world, ())
        return found

    def because(self, world: World) -> list[str]:
        """In words, each part that keeps it from holding: what is so now, and what is asked."""
        world.begin()
        return Telling(self.names, world).reasons(self.tree)

    @cached_property
    def mentions(self) -> frozenset[str]:
        """Every name in it, so that nobody looks up what is not asked for."""
        found: set[str] = set()
        for node in walked(self.tree):
            match node:
                case Named(name):
                    found.add(name)
                case Gathered(_, rows) | Within(_, Named(rows)):
                    found.add(rows)
        return frozenset(found)

    def __str__(self) -> str:
        return printed(self.tree)


def read(source: str, names: Names) -> Expression:
    """`BadExpression` where it cannot be read."""
    tree = parse(source)
    check(tree, names, source)
    return Expression(tree, names)


@lru_cache(maxsize=500)
def moved(source: str, by: timedelta) -> str:
    """The same with each day in it so much later; what cannot be read stays as it is."""
    try:
        tokens = tokens_of(source)
    except BadExpression:
        return source
    text, end = "", 0
    for token in tokens:
        if token.kind is Kind.DATE:
            text += source[end : token.at] + (date.fromisoformat(token.text) + by).isoformat()
            end = token.at + len(token.text)
    return text + source[end:]
