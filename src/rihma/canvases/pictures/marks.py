"""The few marks that pictures are made of, each as a piece of SVG."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from rihma.base.parts import SHAPES
from rihma.base.xml_text import writable
from rihma.canvases import lettering

INK, SUBTLE, LINE, FAINT, PAPER, ACCENT = "#17221d", "#4a5951", "#66756c", "#c8d0c8", "#ffffff", "#a8431a"
# A picture that leaves the site takes its colours along: those of the light palette.
TINTS = {
    "moss": "#dcebd7",
    "sky": "#d6e8f5",
    "lichen": "#f3ebc3",
    "rose": "#f6dad7",
    "lilac": "#e6ddf3",
    "sand": "#f0e2d0",
    "teal": "#cfeae5",
    "stone": "#e4e7e4",
}
FONT = "'Source Sans 3', 'Source Sans Pro', 'Segoe UI', Roboto, Arial, sans-serif"
LEADING = 1.28
HALO = SafeString(' stroke="#ffffff" stroke-width="3.5" stroke-linejoin="round" paint-order="stroke"')


class Box(NamedTuple):
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def inside(self, by: float) -> "Box":
        return Box(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)


def group(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("\n", "{}", ((part,) for part in parts))


def rect(box: Box, *, fill: str = "none", stroke: str = LINE, dash: str = "none", radius: float = 6) -> SafeString:
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" rx="{}" fill="{}" stroke="{}" stroke-dasharray="{}"/>',
        *map(short, box),
        radius,
        fill,
        stroke,
        dash,
    )


def path(drawn: str, *, fill: str = "none", stroke: str = LINE, width: float = 1, dash: str = "none") -> SafeString:
    return format_html(
        '<path d="{}" fill="{}" stroke="{}" stroke-width="{}" stroke-dasharray="{}"/>', drawn, fill, stroke, width, dash
    )


def line(x: float, y: float, to_x: float, to_y: float, *, stroke: str = LINE, dash: str = "none") -> SafeString:
    return path(f"M{short(x)} {short(y)}L{short(to_x)} {short(to_y)}", stroke=stroke, dash=dash)


def circle(x: float, y: float, radius: float, *, fill: str = "none", stroke: str = LINE) -> SafeString:
    return format_html(
        '<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="{}"/>', short(x), short(y), short(radius), fill, stroke
    )


def sign(shape: str, tint: str, x: float, y: float, size: float) -> SafeString:
    """A zone's shape with its upper left corner at x, y; without a tint it is white."""
    return format_html(
        '<g transform="translate({} {}) scale({})" fill="{}" stroke="{}" stroke-width="1.25">{}</g>',
        short(x),
        short(y),
        short(size / 24),
        TINTS.get(tint, PAPER),
        LINE,
        SHAPES[shape],
    )


class Written(NamedTuple):
    svg: SafeString
    # where the next line would begin
    bottom: float


def text(
    words: object,
    x: float,
    y: float,
    room: float,
    *,
    size: float,
    weight: int = 400,
    fill: str = INK,
    anchor: str = "start",
    most: int = 99,
) -> Written:
    """Words in lines no wider than `room`; y is the top of the first line."""
    broken = lettering.lines(str(words), room, size, most)
    drawn = written(broken, x, y, size=size, weight=weight, fill=fill, anchor=anchor)
    return Written(drawn, y + size * LEADING * len(broken))


def written(
    lines: Sequence[str],
    x: float,
    y: float,
    *,
    size: float,
    weight: int = 400,
    fill: str = INK,
    anchor: str = "start",
    lang: str = "",
    halo: bool = False,
) -> SafeString:
    """Lines that have been broken already; with a halo where lines of the drawing run behind them."""
    spans = format_html_join(
        "",
        '<tspan x="{}" y="{}">{}</tspan>',
        ((short(x), short(y + size * (0.92 + LEADING * n)), writable(one)) for n, one in enumerate(lines)),
    )
    if not lines:
        return SafeString("")
    return format_html(
        '<text font-size="{}" font-weight="{}" fill="{}" text-anchor="{}"{}{}>{}</text>',
        short(size),
        weight,
        fill,
        anchor,
        format_html(' lang="{}"', lang) if lang else "",
        HALO if halo else "",
        spans,
    )


def short(number: float) -> str:
    """With at most two decimals, and a point whatever the reader's language is."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
