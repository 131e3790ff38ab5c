"""Whole numbers as somebody outside says them, in an address, a form or to the API."""

# As long as what any program counts to; converting far longer ones is refused by Python itself.
MOST_DIGITS = 15
# No list is that long, and no database skips more rows than it can count.
FURTHEST = 10**9


def whole(text: str) -> int:
    """0 where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 0


def span(offset: int, limit: int, most: int) -> slice:
    """Which part of a list is meant: at least one row, at most `most`."""
    start = min(max(0, offset), FURTHEST)
    return slice(start, start + min(max(1, limit), most))
