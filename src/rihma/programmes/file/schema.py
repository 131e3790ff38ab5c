"""Words for writing a schema: each answers a piece of plain JSON Schema (2020-12) with its meaning in English.

TOML knows dates and clock times, JSON does not: `format` tells them, and `reading` holds values to it.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.conf import settings

from rihma.programmes.file.section import Schema

KEY = r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$"
CLOCK = r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$"
EMAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
URL = r"^https?://\S+$"
LONG = 10_000


def table(meaning: str, keys: Mapping[str, Schema], *, required: Iterable[str] = ()) -> Schema:
    """A table `[name]`. No key but these."""
    return {
        "type": "object",
        "description": meaning,
        "properties": dict(keys),
        "required": list(required),
        "additionalProperties": False,
    }


def rows(meaning: str, keys: Mapping[str, Schema], *, required: Iterable[str] = (), most: int = 100) -> Schema:
    """Tables `[[name]]`, in the order in which they stand."""
    row = table(meaning, keys, required=required)
    return {"type": "array", "description": meaning, "items": row, "maxItems": most}


def words(meaning: str, *, most: int = 300) -> Schema:
    """A text in several languages: `{fi = "…", sv = "…", en = "…"}`."""
    texts = {lang: {"type": "string", "maxLength": most} for lang, _ in settings.LANGUAGES}
    return {
        "type": "object",
        "description": meaning,
        "properties": texts,
        "additionalProperties": False,
        "x-words": True,
    }


def text(meaning: str, *, most: int = 200, default: str = "") -> Schema:
    return {"type": "string", "description": meaning, "maxLength": most, "default": default}


def needed_text(meaning: str, *, most: int = 200) -> Schema:
    return {"type": "string", "description": meaning, "maxLength": most, "pattern": r"\S"}


def key(meaning: str, *, most: int = 40) -> Schema:
    """Lower-case letters, numbers, - and _: a name for machines that never changes."""
    return {"type": "string", "description": meaning, "maxLength": most, "pattern": KEY}


def email(meaning: str) -> Schema:
    return {"type": "string", "description": meaning, "maxLength": 254, "pattern": EMAIL}


def url(meaning: str) -> Schema:
    return {"type": "string", "description": meaning, "maxLength": 500, "pattern": URL}


def choice(meaning: str, options: Sequence[str], *, default: str | None = None) -> Schema:
    given: Schema = {"type": "string", "description": meaning, "enum": list(options)}
    return given if default is None else {**given, "default": default}


def whole(meaning: str, *, least: int = 0, most: int = 10_000, default: int | None = None) -> Schema:
    given: Schema = {"type": "integer", "description": meaning, "minimum": least, "maximum": most}
    return given if default is None else {**given, "default": default}


def yes_no(meaning: str, *, default: bool) -> Schema:
    return {"type": "boolean", "description": meaning, "default": default}


def day(meaning: str) -> Schema:
    """A TOML date without quotes: `2023-01-27`. Read as `datetime.date`."""
    return {"type": "string", "description": meaning, "format": "date"}


def moment(meaning: str) -> Schema:
    """A TOML local date-time without quotes or offset: `2023-01-13 23:59:59`. Read as a naive `datetime`."""
    return {"type": "string", "description": meaning, "format": "local-date-time"}


def clock(meaning: str) -> Schema:
    """A clock time in quotes: `"09:00"`. Read as text; `time.fromisoformat` makes a time of it."""
    return {"type": "string", "description": meaning, "pattern": CLOCK}


def many(meaning: str, one: Schema, *, most: int = 50) -> Schema:
    """A list in one key: `partners = ["…", "…"]`."""
    return {"type": "array", "description": meaning, "items": one, "maxItems": most, "default": []}
