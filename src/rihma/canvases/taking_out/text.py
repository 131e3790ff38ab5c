"""A canvas as plain text with Markdown's marks."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from rihma.canvases.beside import Line
from rihma.canvases.shown import Board
from rihma.canvases.taking_out import told
from rihma.canvases.taking_out.told import Group, Section, Told

MARKS = re.compile(r"([\\`*_{}\[\]<>()#+!|~&])")


def to_markdown(board: Board) -> str:
    lines = [f"# {_plain(str(board.canvas))}", ""]
    for section in told.sections(board):
        lines += [*_section(section), ""]
    for part in told.parts(board):
        lines += [f"## {_plain(part.title)}", "", *(_line(line, "") for line in part.lines), ""]
    if board.unreadable:
        lines += ["## " + _("Items that cannot be shown"), ""]
        lines += [f"- {_plain(item.text)}" for item in board.unreadable] + [""]
    return "\n".join(lines)


def _section(section: Section) -> Iterator[str]:
    yield from (f"## {section.zone.name}", "")
    if not section.groups:
        yield _("Nothing yet.")
    for place, group in enumerate(section.groups):
        yield from [""] if place else []
        yield from _group(group)


def _group(group: Group) -> Iterator[str]:
    if group.title:
        yield from (f"### {_plain(group.title)}", "")
    for item in group.items:
        yield from _bullet(item)


def _bullet(item: Told) -> Iterator[str]:
    where = ", ".join(f"{name}: {_plain(word)}" for name, word in item.facts)
    yield f"- {_plain(item.shown.text)} ({where})" if where else f"- {_plain(item.shown.text)}"
    for text, _lang in item.others:
        yield "  - " + _("or: %(text)s") % {"text": _plain(text)}
    for one in item.translations:
        yield f"  - {one.lang}: {_plain(one.text)}" + (f" ({one.about})" if one.about else "")
    yield from (_line(line, "  ") for line in item.lines)


def _line(line: Line, indent: str) -> str:
    about = f" ({_plain(line.about)})" if line.about else ""
    return f"{indent}{'  ' * line.is_answer}- {_plain(line.text)}{about}"


def _plain(text: str) -> str:
    """People's words as words: no mark of theirs becomes a heading, a link or a tag."""
    return MARKS.sub(r"\\\1", " ".join(text.split()))
