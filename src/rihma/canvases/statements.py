"""What a batch of operations says to the database.

Written by hand, because building each row through the ORM costs more than all the rest of an operation.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import msgspec
from django.db import DEFAULT_DB_ALIAS, connection, connections, models

from rihma.canvases.models import Canvas, Item, Operation
from rihma.canvases.types import State

LINE = ("canvas", "seq", "client_id", "verb", "item", "payload", "base", "by", "guest", "at")
ITEM = ("id", "canvas", *State.__struct_fields__)
# Which of an item's columns an operation may change; the others stay as they were added.
CHANGED = (
    *("zone", "order", "text", "lang", "fields", "alternatives", "removed", "text_seq", "changed_at"),
    *("marks", "hidden"),
)

# What JSON fields hold is text already.
type Row = tuple[Any, ...]

encode = msgspec.json.Encoder().encode


def version() -> object:
    """SQLite counts what others commit; elsewhere there is no such count, and everything is read each time."""
    if connection.vendor != "sqlite":
        return None
    connection.ensure_connection()
    return connection.connection.execute("PRAGMA data_version").fetchone()[0]


@contextmanager
def lean_transaction(seen: object) -> Iterator[bool]:
    """One on SQLite over the driver itself: Django takes longer to begin and to end one than it takes to write.

    False where others have committed since `seen`, or where this cannot be: then what is known must be read anew.
    """
    line = connections[DEFAULT_DB_ALIAS]
    if line.vendor != "sqlite" or line.in_atomic_block:
        yield False
        return
    line.ensure_connection()
    driver = line.connection
    with line.wrap_database_errors:
        driver.execute("BEGIN IMMEDIATE")
        try:
            yield driver.execute("PRAGMA data_version").fetchone()[0] == seen
            driver.commit()
        except BaseException:
            driver.rollback()
            raise


def write(lines: Sequence[Row], items: Sequence[Row], heads: Sequence[Row]) -> int:
    """Inside the caller's transaction; answers how many items were written."""
    vendor = connection.vendor
    insert, upsert, update = _insert_lines(vendor), _upsert_items(vendor), _update_heads(vendor)
    if vendor == "sqlite":
        # By the driver itself, unless somebody watches: what Django does round a statement costs more than the statement.
        hand: Any = connection.cursor() if connection.execute_wrappers else connection.connection
        with connection.wrap_database_errors:
            hand.executemany(insert, lines)
            taken: int = hand.executemany(upsert, items).rowcount
            hand.executemany(update, heads)
        return taken
    with connection.cursor() as cursor:
        # All rows in one statement, because each is a way to another program and back.
        cursor.execute(insert, [encode(lines).decode()])
        cursor.execute(upsert, [encode(items).decode()])
        taken = cursor.rowcount
        cursor.executemany(update, heads)
    return taken


@cache
def _insert_lines(_vendor: str) -> str:
    return _insert(Operation, LINE)


@cache
def _upsert_items(_vendor: str) -> str:
    columns = [_column(Item, name) for name in CHANGED]
    changes = ", ".join(f"{column} = excluded.{column}" for column in columns)
    table, canvas = _quoted(Item._meta.db_table), _column(Item, "canvas")
    # An id that is taken on another canvas changes nothing, and whoever writes counts that.
    same = f"{table}.{canvas} = excluded.{canvas}"
    return f"{_insert(Item, ITEM)} ON CONFLICT ({_column(Item, 'id')}) DO UPDATE SET {changes} WHERE {same}"


@cache
def _update_heads(vendor: str) -> str:
    head, changed_at, pk = (_column(Canvas, name) for name in ("head", "changed_at", "id"))
    mark = "?" if vendor == "sqlite" else "%s"
    return " ".join(
        (
            "UPDATE",
            _quoted(Canvas._meta.db_table),
            f"SET {head} = {mark}, {changed_at} = {mark}",
            f"WHERE {pk} = {mark}",
        )
    )


def _insert(model: type[models.Model], names: Sequence[str]) -> str:
    """A row of values, or where each statement counts, a JSON array of rows."""
    columns = ", ".join(_column(model, name) for name in names)
    into = f"INSERT INTO {_quoted(model._meta.db_table)} ({columns})"
    if connection.vendor == "sqlite":
        return f"{into} VALUES ({', '.join('?' for _ in names)})"
    values = ", ".join(
        f"(value ->> {place})::{_field(model, name).rel_db_type(connection)}" for place, name in enumerate(names)
    )
    return " ".join((into, f"SELECT {values}", "FROM json_array_elements(%s::json) AS each(value)"))


def _column(model: type[models.Model], name: str) -> str:
    return _quoted(str(_field(model, name).column))


def _field(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)  # tells the type: relations from elsewhere are not asked for
    return field


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
