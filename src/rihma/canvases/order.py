"""Where an item stands among its neighbours: a key between two others can always be made (a fractional index).

Four signs count whole steps, so that a thousand items added at the end keep short keys; what follows is a fraction.
Digits and small letters only: a key compares the same in Python and in a browser.
"""

import re
from collections.abc import Sequence

SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"
WHOLE = 4
LONGEST = 64
KEY = re.compile(rf"[0-9a-z]{{{WHOLE}}}([0-9a-z]{{0,{LONGEST - WHOLE - 1}}}[1-9a-z])?")
MIDDLE = "i000"
STAY, FIRST, UP, DOWN, LAST = "stay", "first", "up", "down", "last"


def is_key(text: str) -> bool:
    return bool(KEY.fullmatch(text))


def between(before: str | None, after: str | None) -> str:
    """A key behind `before` and ahead of `after`; None is the open end.

    Where two keys are the same or leave no room, the answer is the nearest there is: items with one key stand
    in the order of their ids, so a crowd stays a stable order, only not the one asked for.
    """
    if before is None and after is None:
        return MIDDLE
    if after is None or before is None:
        whole = _number((before or after or "")[:WHOLE]) + (1 if after is None else -1)
        if 0 < whole < len(SIGNS) ** WHOLE:
            return _signs(whole, WHOLE)
    low, high = before or "0" * WHOLE, after or "z" * (WHOLE + 1)
    return _middle(low, high) if low < high else low


def wished(keys: Sequence[str], at: int | None, wish: str) -> str | None:
    """The key by which an item at place `at` of these sorted keys moves as wished; None when it need not.

    Somebody from elsewhere (`at` is None) comes last unless they wish to be first.
    """
    if at is None:
        return between(None, keys[0]) if keys and wish == FIRST else None
    end = len(keys) - 1
    to = {FIRST: 0, UP: max(0, at - 1), DOWN: min(end, at + 1), LAST: end}.get(wish, at)
    if to == at:
        return None
    others = [*keys[:at], *keys[at + 1 :]]
    return between(others[to - 1] if to else None, others[to] if to < end else None)


def _middle(low: str, high: str) -> str:
    for length in range(max(len(low), len(high)), LONGEST + 1):
        bottom, top = (_number(key.ljust(length, "0")) for key in (low, high))
        if top - bottom > 1:
            key = _signs((bottom + top) // 2, length)
            return key[:WHOLE] + key[WHOLE:].rstrip("0")
    return low


def _number(key: str) -> int:
    return int(key, len(SIGNS))


def _signs(number: int, length: int) -> str:
    signs = ""
    for _ in range(length):
        number, rest = divmod(number, len(SIGNS))
        signs = SIGNS[rest] + signs
    return signs
