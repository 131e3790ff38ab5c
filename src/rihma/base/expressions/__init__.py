"""A small language for conditions that people write: `count(members where confirmed) >= 2 and theme`.

Text → `tokens` → `parsing` → a tree of `tree` → `checking` against declared `names` → `running`, which answers with yes, no
or maybe. Nothing here knows what the names stand for, reads a database or a clock, or calls Python's own evaluation. A
mistake is a `BadExpression` with its place; nothing else is ever raised.
"""

from rihma.base.expressions.expression import Expression, moved, read
from rihma.base.expressions.mistakes import BadExpression
from rihma.base.expressions.names import Kind, Name, Names, Rows
from rihma.base.expressions.printing import printed
from rihma.base.expressions.values import MAYBE, MISSING, Range, Row, Truth, World

__all__ = [
    "MAYBE",
    "MISSING",
    "BadExpression",
    "Expression",
    "Kind",
    "Name",
    "Names",
    "Range",
    "Row",
    "Rows",
    "Truth",
    "World",
    "moved",
    "printed",
    "read",
]
