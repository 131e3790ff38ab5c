"""A comment as a page shows it: its own lines, links that lead only to the web, and the names of those who were told."""

import re
from collections.abc import Iterable, Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from rihma.talk.rules import mention_of

# Ends before signs that turn the direction of a text around: an address must read as it leads.
ADDRESS = re.compile(r"\bhttps?://[^\s<>\"'`\u200e\u200f\u202a-\u202e\u2066-\u2069]+", re.IGNORECASE)
# What a sentence puts behind an address.
BEHIND = ".,;:!?)]}…"


def to_html(text: str, names: Iterable[str] = ()) -> SafeString:
    mention = mention_of(names)
    lines = (format_html_join("", "{}", ((part,) for part in _line(line, mention))) for line in text.split("\n"))
    return format_html_join(SafeString("<br>"), "{}", ((line,) for line in lines))


def _line(line: str, mention: re.Pattern[str] | None) -> Iterator[SafeString]:
    at = 0
    for found in ADDRESS.finditer(line):
        address = found[0].rstrip(BEHIND)
        yield from _plain(line[at : found.start()], mention)
        yield format_html('<a href="{}" rel="nofollow noopener noreferrer">{}</a>', address, address)
        at = found.start() + len(address)
    yield from _plain(line[at:], mention)


def _plain(text: str, mention: re.Pattern[str] | None) -> Iterator[SafeString]:
    at = 0
    for found in mention.finditer(text) if mention else ():
        yield format_html("{}<b>{}</b>", text[at : found.start()], found[0])
        at = found.end()
    yield format_html("{}", text[at:])
