"""A tree as text again, in one form: what is printed reads back as the same tree."""

from datetime import date

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

# How tightly each binds: what binds less than its place needs must have brackets.
OR, AND, NOT, COMPARE, ADD, MULTIPLY, TERM = range(7)


def printed(node: Node, needed: int = OR) -> str:
    text, tightness = _printed(node)
    return f"({text})" if tightness < needed else text


def _printed(node: Node) -> tuple[str, int]:
    match node:
        case Several(word, parts):
            level = OR if word == "or" else AND
            text = f" {word} ".join(printed(part, level + 1) for part in parts)
        case Not(Within(left, right)):
            text, level = f"{printed(left, ADD)} not in {printed(right, TERM)}", COMPARE
        case Not(inner):
            text, level = f"not {printed(inner, NOT)}", NOT
        case Compared(sign, left, right):
            text, level = f"{printed(left, ADD)} {sign} {printed(right, ADD)}", COMPARE
        case Within(left, right):
            text, level = f"{printed(left, ADD)} in {printed(right, TERM)}", COMPARE
        case Reckoned(sign, left, right):
            level = MULTIPLY if sign == "*" else ADD
            text = f"{printed(left, level)} {sign} {printed(right, level + 1)}"
        case _:
            text, level = _term(node), TERM
    return text, level


def _term(node: Node) -> str:
    match node:
        case Literal(value):
            return plain(value)
        case Named(name):
            return name
        case Listed(options):
            return f"[{', '.join(plain(option.value) for option in options)}]"
        case Gathered(word, rows, where, measure):
            what = f"{printed(measure, ADD)} of {rows}" if measure is not None else rows
            return f"{word}({what} where {printed(where)})" if where is not None else f"{word}({what})"
    raise TypeError(node)


def plain(value: Plain) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return f'"{value}"' if isinstance(value, str) else f"{value:f}"
