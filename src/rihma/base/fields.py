from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression

from rihma.base.words import Words


class WordsField(models.JSONField[Words | dict[str, str], Words]):
    """`Words` in one JSON column: a further language is data, not a migration."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", Words)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Expression, connection: BaseDatabaseWrapper) -> Words:
        return Words(super().from_db_value(value, expression, connection) or {})

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        return super().get_db_prep_value(dict(value or {}), connection, prepared)

    def to_python(self, value: Any) -> Words:
        return value if isinstance(value, Words) else Words(value or {})

    def value_to_string(self, obj: models.Model) -> Any:
        return dict(self.value_from_object(obj))

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(dict(value or {}), model_instance)
