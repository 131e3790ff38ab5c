"""Places on a circle, for what is drawn round: angles in degrees from the top, clockwise, as a clock goes."""

import math
from typing import NamedTuple

WHOLE = 360
HALF = 180


class Point(NamedTuple):
    x: float
    y: float


def point(centre: Point, radius: float, angle: float) -> Point:
    turned = math.radians(angle)
    return Point(round(centre.x + radius * math.sin(turned), 1), round(centre.y - radius * math.cos(turned), 1))


def slice_path(centre: Point, inner: float, outer: float, start: float, end: float) -> str:
    """A piece of a ring, as the `d` of an SVG path."""
    if end - start >= WHOLE:
        # An arc back to its own beginning draws nothing.
        end = start + WHOLE - 0.01
    large = int(end - start > HALF)
    a, b = point(centre, outer, start), point(centre, outer, end)
    c, d = point(centre, inner, end), point(centre, inner, start)
    return f"M{a.x} {a.y}A{outer} {outer} 0 {large} 1 {b.x} {b.y}L{c.x} {c.y}A{inner} {inner} 0 {large} 0 {d.x} {d.y}Z"


def spread(start: float, end: float, count: int) -> list[float]:
    """Angles in the middle of `count` equal parts."""
    return [start + (end - start) * (part + 0.5) / count for part in range(count)]
