from typing import TYPE_CHECKING

from rihma.programmes.file.section import Row, Schema, Tables, sections
from rihma.programmes.file.toml import dump

if TYPE_CHECKING:
    from rihma.programmes.models import Programme

VERSION = 1
TOP = "# A programme of Rihma. What each key means: docs/programme-file.md\n\n"


def write(programme: "Programme") -> str:
    """The programme as a file that makes the same programme when it is imported elsewhere."""
    return TOP + dump({"rihma": VERSION, **tables_of(programme)})


def tables_of(programme: "Programme") -> Tables:
    """Every area's tables, without what is empty or as it is anyway, so that one programme has one form."""
    given: Tables = {}
    for section in sections():
        written = section.write(programme)
        for name, schema in section.tables.items():
            lean = _lean_table(written.get(name), schema)
            if lean:
                given[name] = lean
    return given


def _lean_table(value: list[Row] | Row | None, schema: Schema) -> list[Row] | Row:
    if isinstance(value, list):
        return [_lean(row, schema["items"]) for row in value]
    return _lean(value, schema) if value else {}


def _lean(row: Row, schema: Schema) -> Row:
    """In the schema's order: a database may give the languages of a text in any."""
    keys = schema["properties"]
    wanted = {key: row[key] for key in keys if key in row and not _needless(row[key], keys[key])}
    return {key: _lean(value, keys[key]) if isinstance(value, dict) else value for key, value in wanted.items()}


def _needless(value: object, schema: Schema) -> bool:
    return value in (None, "", [], {}) or ("default" in schema and value == schema["default"])
