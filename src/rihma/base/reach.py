"""Which things somebody reaches, as a part of SQL that is written once.

    PLACES = Reach(lambda person: Member.objects.filter(person=person).values("team"))
    Team.objects.filter(pk__in=PLACES(person.pk))

Every page asks what its reader may see, and Django takes longer to write such SQL than a database to answer it.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, UUIDField
from django.db.models.query import QuerySet
from django.db.models.sql.compiler import SQLCompiler

type Statement = tuple[str, tuple[Any, ...]]

SOMEBODY = UUID(int=0x5B0DEB0D)


class Reach:
    """`ids` gets a person's id and answers with a query of one column, in which nothing else may differ between calls."""

    def __init__(self, ids: Callable[[UUID], QuerySet[Any, Any]]) -> None:
        self._ids = ids
        self._written: dict[str, Statement] = {}

    def __call__(self, person: UUID) -> "Reached":
        return Reached(self, person)

    def statement(self, person: UUID, connection: BaseDatabaseWrapper) -> Statement:
        if connection.vendor not in self._written:
            query = self._ids(SOMEBODY).order_by().query
            self._written[connection.vendor] = query.get_compiler(connection=connection).as_sql()
        sql, values = self._written[connection.vendor]
        anybody, this = _as_stored(SOMEBODY, connection), _as_stored(person, connection)
        return sql, tuple(this if value == anybody else value for value in values)


class Reached(Expression):
    """One person's, for the right side of `…__in`."""

    def __init__(self, reach: Reach, person: UUID) -> None:
        super().__init__(output_field=UUIDField())
        self.reach = reach
        self.person = person

    def as_sql(self, _compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Statement:
        sql, values = self.reach.statement(self.person, connection)
        return f"({sql})", values


def _as_stored(person: UUID, connection: BaseDatabaseWrapper) -> Any:
    return UUIDField().get_db_prep_value(person, connection)
