"""Where an item stands among its neighbours: a key between two others can always be made (a fractional index).

Four signs count whole steps, so that a thousand items added at the end keep short keys; what follows is a fraction.
Digits and small letters only: a key compares the same in Python and in a browser.
"""

import re

SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"
WHOLE = 4
LONGEST = 64
KEY = re.compile(rf"[0-9a-z]{{{WHOLE}}}([0-9a-z]{{0,{LONGEST - WHOLE - 1}}}[1-9a-z])?")
FIRST = "i000"


def is_key(text: str) -> bool:
    return bool(KEY.fullmatch(text))


def between(before: str | None, after: str | None) -> str:
    """A key behind `before` and ahead of `after`; None is the open end.

    Where two keys are the same or leave no room, the answer is the nearest there is: items with one key stand
    in the order of their ids, so a crowd stays a stable order, only not the one asked for.
    """
    if before is None and after is None:
        return FIRST
    if after is None or before is None:
        whole = _number((before or after or "")[:WHOLE]) + (1 if after is None else -1)
        if 0 < whole < len(SIGNS) ** WHOLE:
            return _signs(whole, WHOLE)
    low, high = before or "0" * WHOLE, after or "z" * (WHOLE + 1)
    return _middle(low, high) if low < high else low


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
