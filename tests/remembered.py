"""Fixtures that are made by the product's actions once, and then put back as the rows that came of it.

Making the cast and a programme takes longer than most tests that need them. What a `@remembered` fixture writes is
kept as statements, under the fixtures that were made before it. It is put back only where nothing else was written in
the same test, in a transaction that is rolled back, and at the real time of the same day: else it is made as before.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from typing import Any, cast

import time_machine
from django.apps import apps
from django.db import connection
from django.db.models import AutoField
from django.utils import timezone

from rihma.accounts.models import Person
from rihma.base import clock

READS = re.compile(r"\s*(BEGIN|SELECT|EXPLAIN|SAVEPOINT|RELEASE|PRAGMA|SET|SHOW)\b", re.IGNORECASE)
INSERTS = re.compile(r'INSERT INTO "\w+" \([\w", ]+\) VALUES \((.*)\) RETURNING "\w+"\."id"$', re.DOTALL)
# Numbers that a database gives by itself begin here, so that those of remembered rows come before them.
FIRST_OWN = 1_000_000
type Write = Callable[[str, Any, bool, Any], Any]


@dataclass
class Made:
    """What came of a fixture: None for `writes` if it cannot be put back."""

    day: date
    writes: list[tuple[str, Any, bool]] | None = field(default_factory=list)
    result: object = None
    next_id: int = 1


@dataclass
class Stage:
    """What has been made in this test. Nothing is known any more once anything else was written."""

    made: tuple[str, ...] | None = None
    next_id: int = 1
    recording: Made | None = None
    known: dict[tuple[str, ...], Made] = field(default_factory=dict)
    changes: int = 0

    def begin(self) -> None:
        self.made, self.next_id, self.recording, self.changes = (), 1, None, changes()
        if self.watch not in connection.execute_wrappers:
            connection.execute_wrappers.append(self.watch)

    def watch(self, execute: Write, sql: str, params: Any, many: bool, context: Any) -> Any:
        if READS.match(sql):
            return execute(sql, params, many, context)
        self.notice()
        if self.recording is None:
            self.made = None
        elif sql.startswith("ROLLBACK"):
            self.recording.writes = None
        elif self.recording.writes is not None:
            sql, params = (sql, list(params)) if many else self.numbered(sql, params)
            self.recording.writes.append((sql, params, many))
        before = changes()
        try:
            return execute(sql, params, many, context)
        finally:
            # What answers with rows is counted only once they have been read.
            answered = sql.count("), (") + 1 if "RETURNING" in sql and connection.vendor == "sqlite" else 0
            self.changes = max(changes(), before + answered)

    def notice(self) -> None:
        """Rows that were written past what watches, by the driver itself, cannot be put back."""
        if self.changes == changes():
            return
        self.changes = changes()
        if self.recording is None:
            self.made = None
        else:
            self.recording.writes = None

    def numbered(self, sql: str, params: Any) -> tuple[str, Any]:
        """A row that would get its number from the database gets one that it can have again."""
        if "RETURNING" not in sql:
            return sql, params
        if not (found := INSERTS.match(sql)) or "), (" in found[1]:
            assert self.recording
            self.recording.writes = None
            return sql, params
        number, self.next_id = self.next_id, self.next_id + 1
        return sql.replace("(", '("id", ', 1).replace("VALUES (", "VALUES (%s, ", 1), (number, *params)

    @contextmanager
    def record(self) -> Iterator[Made]:
        self.recording = made = Made(timezone.localdate())
        try:
            yield made
        finally:
            self.notice()
            self.recording = None
        made.next_id = self.next_id

    def may_trust(self) -> bool:
        self.notice()
        moved = time_machine.escape_hatch.is_travelling() or abs((clock.now() - timezone.now()).total_seconds()) > 1
        return self.made is not None and connection.in_atomic_block and not moved

    def put_back(self, made: Made) -> Any:
        with connection.cursor() as cursor:
            for sql, params, many in made.writes or ():
                # Past what watches.
                (cursor.cursor.executemany if many else cursor.cursor.execute)(sql, params)
        self.next_id, self.changes = made.next_id, changes()
        return deepcopy(made.result)


def changes() -> int:
    """How many rows this connection has written, where the database counts them."""
    is_counted = connection.vendor == "sqlite" and connection.connection
    return connection.connection.total_changes if is_counted else 0


STAGE = Stage()


def leave_room() -> None:
    """Once in a new database: numbers that it gives begin after those of remembered rows."""
    tables = [model._meta.db_table for model in apps.get_models() if isinstance(model._meta.pk, AutoField)]
    with connection.cursor() as cursor:
        for table in tables:
            if connection.vendor == "postgresql":
                cursor.execute(f'ALTER TABLE "{table}" ALTER COLUMN id RESTART WITH {FIRST_OWN}')
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [table, FIRST_OWN])


def remembered[**P, R](make: Callable[P, R]) -> Callable[P, R]:
    name = f"{make.__module__}.{make.__name__}"

    @wraps(make)
    def fixture(*args: P.args, **kwargs: P.kwargs) -> R:
        if not STAGE.may_trust() or (STAGE.made == () and Person.objects.exists()):
            return make(*args, **kwargs)
        key = (*(STAGE.made or ()), name)
        found = STAGE.known.get(key)
        if found and found.day == timezone.localdate():
            if found.writes is None:
                return make(*args, **kwargs)
            result = STAGE.put_back(found)
        else:
            with STAGE.record() as found:
                result = make(*args, **kwargs)
            STAGE.known[key] = found
            if found.writes is not None:
                found.result = deepcopy(result)
        STAGE.made = key if found.writes is not None else None
        return cast("R", result)

    return fixture
