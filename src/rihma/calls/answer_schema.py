"""JSON Schema (2020-12) of what a call's form can be answered with, for programs that fill it or read its answers."""

from collections.abc import Callable
from typing import Any

from rihma.base.files.kinds import kinds_in
from rihma.base.words import Words
from rihma.calls.rules import BOTH, YES, Asked

type Schema = dict[str, Any]

LINE = {"type": "string", "maxLength": 300}


def json_schema(questions: list[Asked], *, title: Words, version: int, stage: str = "") -> Schema:
    """Conditions and limits included; days are told beside it, because no schema knows what day it is.

    `stage`: one of the two of the call, whose questions alone are asked.
    """
    questions = [one for one in questions if one.is_asked_in(stage)]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": str(title),
        "x-form-version": version,
        "type": "object",
        "properties": {one.key: _question(one) for one in questions},
        "required": [one.key for one in questions if one.required and not one.required_by and not one.condition],
        "allOf": [_hidden_or_asked(one, questions) for one in questions if one.condition],
        "additionalProperties": False,
    }


def _question(one: Asked) -> Schema:
    told: Schema = {
        **_ANSWERS[one.kind](one),
        "title": str(one.label),
        "description": str(one.help),
        "x-kind": one.kind,
        "x-words": {"label": one.label.to_dict(), "help": one.help.to_dict(), "plain": one.plain.to_dict()},
        "x-readers": ["owners", *one.readers],
    }
    more = {
        "x-section": one.section,
        "x-options": [option.facts for option in one.offered],
        "x-unit": one.unit.to_dict(),
        "x-most-words": one.most_words if one.kind in {"short", "long"} else None,
        "x-required-by": one.required_by and one.required_by.isoformat(),
        "x-frozen-after": one.frozen_after and one.frozen_after.isoformat(),
        "x-asked-in": one.asked_in if one.asked_in != BOTH else None,
        "x-file-kinds": list(one.file_kinds) if one.kind == "file" else None,
        "x-most-bytes": one.most_bytes if one.kind == "file" else None,
        "x-secret-because": one.secret_because.to_dict(),
        "x-kept-months": one.kept_months,
        "x-ties-jurors": one.ties_jurors,
    }
    return {**told, **{name: value for name, value in more.items() if value}}


def _hidden_or_asked(one: Asked, questions: list[Asked]) -> Schema:
    """Asked only if an earlier question was answered in one of these ways; else it must not be there."""
    assert one.condition
    source = next(asked for asked in questions if asked.key == one.condition.question)
    values = sorted(one.condition.values)
    if source.kind == "consent":
        met: Schema = {"enum": [value == YES for value in values]}
    elif source.kind == "several":
        met = {"contains": {"enum": values}}
    else:
        met = {"enum": values}
    then = {"required": [one.key]} if one.required and not one.required_by else {}
    return {
        "if": {"properties": {source.key: met}, "required": [source.key]},
        "then": then,
        "else": {"not": {"required": [one.key]}},
    }


def _text(_one: Asked) -> Schema:
    return {"type": "string", "maxLength": 20_000}


def _number(one: Asked) -> Schema:
    return {"type": "number", **_bounds(one, "minimum", "maximum")}


def _one_option(one: Asked) -> Schema:
    return {"type": "string", "enum": [option.key for option in one.offered]}


def _some_options(one: Asked) -> Schema:
    return {"type": "array", "items": _one_option(one), "uniqueItems": True, **_bounds(one, "minItems", "maxItems")}


def _people(one: Asked) -> Schema:
    names = ("name", "organisation", "task")
    row = {"type": "object", "properties": dict.fromkeys(names, LINE), "required": ["name"]}
    return {"type": "array", "items": row, **_bounds(one, "minItems", "maxItems")}


def _organisation(_one: Asked) -> Schema:
    """A name alone, or with the id of the one of the register that it names."""
    known = {"name": LINE, "id": {"type": "string", "format": "uuid"}}
    tied = {"type": "object", "properties": known, "required": list(known), "additionalProperties": False}
    return {"anyOf": [LINE, tied]}


def _files(one: Asked) -> Schema:
    """Told, not asked: files are sent to their own address, and stand here then."""
    told = {
        "id": {"type": "string", "format": "uuid"},
        "name": LINE,
        "kind": {"type": "string", "enum": kinds_in(one.file_kinds)},
        "size": {"type": "integer", "minimum": 1, "maximum": one.most_bytes},
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "pages": {"type": "integer", "minimum": 1},
    }
    needed = ["id", "name", "kind", "size", "sha256"]
    row = {"type": "object", "properties": told, "required": needed, "additionalProperties": False}
    return {"type": "array", "items": row, "maxItems": one.most_files, "readOnly": True}


def _bounds(one: Asked, least: str, most: str) -> Schema:
    return {name: value for name, value in ((least, one.least), (most, one.most)) if value is not None}


_ANSWERS: dict[str, Callable[[Asked], Schema]] = {
    "short": _text,
    "long": _text,
    "number": _number,
    "date": lambda _one: {"type": "string", "format": "date"},
    "choice": _one_option,
    "places": _one_option,
    "several": _some_options,
    "ranking": _some_options,
    "challenge": lambda one: _some_options(one) if (one.most or 1) > 1 else _one_option(one),
    "consent": lambda one: {"const": True} if one.required else {"type": "boolean"},
    "organisation": _organisation,
    "person": lambda _one: {
        "type": "object",
        "properties": {**dict.fromkeys(("name", "organisation"), LINE), "email": {**LINE, "format": "email"}},
        "required": ["name"],
    },
    "members": _people,
    "file": _files,
}
