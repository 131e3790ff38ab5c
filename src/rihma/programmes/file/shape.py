"""Holds a file's tables to the schemas of all areas."""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from rihma.programmes.file.mistakes import Misfit, problem_of
from rihma.programmes.file.section import Path, Problem, Schema, Tables, sections
from rihma.programmes.rules import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from jsonschema import ValidationError
    from jsonschema.protocols import Validator

# the rule that is broken, and the key that lacks or is one too many
type Broken = tuple[str, str]
type Check = Callable[[Any, object, Schema], Iterator[Broken]]

TYPES = {"object": dict, "array": list, "boolean": bool, "string": str}
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def full_schema() -> Schema:
    """One JSON Schema for the whole file; editors can use it as well."""
    tables = {name: schema for section in sections() for name, schema in section.tables.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Programme of Rihma",
        "type": "object",
        "properties": {
            "rihma": {"type": "integer", "const": 1, "description": "Version of this form of file."},
            **tables,
        },
        "required": ["programme"],
        "additionalProperties": False,
    }


def mistakes_in(tables: Tables) -> tuple[list[Problem], Tables]:
    """What does not fit, and the tables without the values that do not fit and with defaults filled in."""
    misfits = list(_misfits(tables, _whole()))
    fitting = deepcopy(tables)
    for misfit in misfits:
        if misfit.rule != "required":
            _leave_out(fitting, (*misfit.where, misfit.key) if misfit.key else misfit.where)
    for name, schema in full_schema()["properties"].items():
        _fill(fitting.get(name), schema)
    return [problem_of(misfit) for misfit in misfits], fitting


def problems_in(given: Tables, schema: Schema) -> list[Problem]:
    """What does not fit in a file of another kind than a programme's."""
    return [problem_of(misfit) for misfit in _misfits(given, _validator(schema))]


def _misfits(tables: Tables, validator: "Validator") -> Iterator[Misfit]:
    for error in validator.iter_errors(tables):
        yield Misfit(
            rule=str(error.validator),
            where=tuple(error.absolute_path),
            given=error.instance,
            wanted=error.validator_value,
            schema=cast("Schema", error.schema),
            key=error.message if error.validator in ("required", "additionalProperties") else "",
        )


def _leave_out(tables: Tables, path: Path) -> None:
    """A wrong row becomes an empty one, so that the numbers of the others stay."""
    inner: Any = tables
    for number, step in enumerate(path[:-1]):
        try:
            inner = inner[step]
        except (KeyError, IndexError):
            return  # a part around it was left out already
        if isinstance(inner, list) and isinstance(path[number + 1], int) and not _holds_rows(inner):
            _leave_out(tables, path[: number + 1])
            return
    if isinstance(inner, list):
        inner[int(path[-1])] = {}
    else:
        inner.pop(path[-1], None)


def _holds_rows(given: list[object]) -> bool:
    return any(isinstance(one, dict) for one in given)


def _fill(given: Any, schema: Schema) -> None:
    if isinstance(given, list) and schema.get("items", {}).get("type") == "object":
        for row in given:
            _fill(row, schema["items"])
    elif isinstance(given, dict):
        for key, inner in schema.get("properties", {}).items():
            if "default" in inner:
                given.setdefault(key, deepcopy(inner["default"]))


@cache
def _whole() -> "Validator":
    return _validator(full_schema())


def _validator(schema: Schema) -> "Validator":
    from jsonschema import Draft202012Validator, ValidationError, validators  # noqa: PLC0415 - 60 ms that only imports pay

    def told(check: Check) -> Callable[..., "Iterator[ValidationError]"]:
        def errors(_validator: object, wanted: Any, given: object, schema: Schema) -> "Iterator[ValidationError]":
            for rule, key in check(wanted, given, schema):
                yield ValidationError(key, validator=rule)

        return errors

    checks = {
        "type": told(_type),
        "required": told(_required),
        "additionalProperties": told(_additional),
        "const": told(_nothing),
    }
    validator = validators.extend(Draft202012Validator, checks)  # type: ignore[no-untyped-call] # the stubs lack it
    return cast("Validator", validator(schema))


def _type(kind: str, given: object, schema: Schema) -> Iterator[Broken]:
    if not _is_of(kind, given, schema.get("format")):
        yield "type", ""
    elif isinstance(given, str) and CONTROL.search(given):
        yield "x-shown", ""


def _is_of(kind: str, given: object, form: str | None) -> bool:
    if form:
        exact = type(given) is (datetime if form == "local-date-time" else date)
        naive = not isinstance(given, datetime) or given.tzinfo is None
        return exact and naive and isinstance(given, date) and FIRST_YEAR <= given.year <= LAST_YEAR
    if kind == "integer":
        return type(given) is int
    return isinstance(given, TYPES[kind])


def _required(keys: list[str], given: object, schema: Schema) -> Iterator[Broken]:
    if isinstance(given, dict):
        yield from (("required", key) for key in keys if _lacks(given, key, schema["properties"][key]))


def _lacks(given: dict[str, object], key: str, schema: Schema) -> bool:
    """A text that is blank in every language is no text."""
    texts = given.get(key)
    if "x-words" in schema and isinstance(texts, dict):
        return not any(str(text).strip() for text in texts.values())
    return key not in given


def _additional(_wanted: object, given: object, schema: Schema) -> Iterator[Broken]:
    if isinstance(given, dict):
        yield from (("additionalProperties", key) for key in given if key not in schema["properties"])


def _nothing(_wanted: object, _given: object, _schema: Schema) -> Iterator[Broken]:
    """The version has its own check and words."""
    yield from ()
