"""The cast and the programme of tests/conftest.py are there for the tests of every area."""

from tests.conftest import _english, call, cast, client_of, programme

__all__ = ["_english", "call", "cast", "client_of", "programme"]
