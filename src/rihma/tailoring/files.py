"""The file of a kind that somebody brings in: read, or every mistake in it told with its line."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from rihma.canvases import kinds
from rihma.canvases.kinds import Wrong
from rihma.canvases.kinds.reading import parse as parse_kind
from rihma.programmes.file import BadFile, Problem
from rihma.programmes.file.lines import lines_of
from rihma.programmes.file.reading import by_line, text_of
from rihma.programmes.file.shape import problems_in
from rihma.programmes.file.syntax import parse
from rihma.tailoring import said
from rihma.tailoring.schema import KIND

type Data = dict[str, Any]


def read(data: bytes) -> Data:
    parsed = parse(text_of(data))
    problems = [*parsed.problems]
    if not parsed.broken:
        problems += mistakes_in(parsed.tables)
    if problems:
        raise BadFile(by_line(problems, lines_of(parsed.text)))
    return parsed.tables


def mistakes_in(data: Data) -> list[Problem]:
    """First what does not have the form of a kind; only of what has it one can say whether it holds together."""
    misfits = problems_in(data, KIND)
    layout = data.get("layout")
    if not misfits and layout not in data:
        remedy = _("Add a table [%(key)s].") % {"key": layout}
        misfits.append(Problem(("layout",), _("“%(key)s” is missing.") % {"key": layout}, remedy))
    return misfits or [Problem(wrong.path, *said.words_of(wrong)) for wrong in wrongs("", data)]


def wrongs(key: str, data: Mapping[str, Any]) -> Iterator[Wrong]:
    """What does not hold together."""
    try:
        kind = parse_kind(key, data)
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        yield Wrong("unreadable", (), str(wrong), str(wrong))
        return
    yield from kinds.problems(kind)
