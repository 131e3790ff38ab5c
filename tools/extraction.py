"""Finds the strings to translate in an area: in its Python and in its templates, without system gettext."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.extract import extract
from django.utils.translation.template import templatize

Spec = tuple[int | tuple[int, str], ...]
PYTHON_CALLS: dict[str, Spec | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
# Django's templatize blanks out everything but these calls, so a pattern is enough to read them back.
TEMPLATE_CALL = re.compile(rf"\b(n?p?gettext|_)\((\s*{STRING}(?:\s*,\s*{STRING})*)\s*(?:,\s*count)?\)")
NOT_SHIPPED = {"tests", "migrations"}


class Phrase(NamedTuple):
    text: str
    plural: str | None = None
    context: str | None = None


class ExtractionError(Exception):
    """A file could not be read; nothing of its area may be changed."""


def phrases_of(area: Path) -> set[Phrase]:
    found: set[Phrase] = set()
    for path in sorted(area.rglob("*")):
        parts = path.relative_to(area).parts
        if not path.is_file() or NOT_SHIPPED & set(parts):
            continue
        try:
            if path.suffix == ".py":
                found.update(in_python(path.read_bytes()))
            elif "templates" in parts:
                found.update(in_template(path.read_text(encoding="utf-8")))
        except (SyntaxError, tokenize.TokenError, UnicodeDecodeError) as error:
            message = f"{path}: {error}"
            raise ExtractionError(message) from error
    return found


def in_python(source: bytes) -> Iterator[Phrase]:
    for _line, messages, _comments, context in extract("python", io.BytesIO(source), PYTHON_CALLS):
        text, plural = messages[:2] if isinstance(messages, tuple) else (messages, None)
        if text:
            yield Phrase(text, plural, context)


def in_template(source: str) -> Iterator[Phrase]:
    for match in TEMPLATE_CALL.finditer(templatize(source)):
        call, arguments = match[1], list(ast.literal_eval(f"({match[2]},)"))
        context = arguments.pop(0) if "p" in call else None
        yield Phrase(arguments[0], arguments[1] if call.startswith("n") else None, context)
