"""The cast and the programme of tests/conftest.py are there for the tests of every area."""

from tests.conftest import _english, _stage, call, cast, client_of, django_db_setup, programme

__all__ = ["_english", "_stage", "call", "cast", "client_of", "django_db_setup", "programme"]
