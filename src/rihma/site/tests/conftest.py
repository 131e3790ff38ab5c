"""A server of its own: the real command, a data folder and a database that only these tests use."""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest
from django.conf import settings
from django.db import connection
from pytest_django import DjangoDbBlocker

DATABASE = "rihma_served"


class House:
    """Where the command `rihma` is run: an environment, and what belongs to it."""

    def __init__(self, data: Path, variables: dict[str, str]) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("RIHMA_", "DATABASE_"))}
        self.data = data
        settings = {"DJANGO_SETTINGS_MODULE": "rihma.site.settings", "RIHMA_DATA": str(data)}
        self.variables = {**kept, **settings, **variables}

    def rihma(self, *args: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return self.run(sys.executable, "-m", "rihma", *args, **variables)

    def run(self, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 - our own command
            command,
            env={**self.variables, **at(free_port()), **variables},
            cwd=self.data,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    @contextmanager
    def running(self, *args: str, **variables: str) -> Iterator[subprocess.Popen[str]]:
        with (
            (self.data / "log").open("a") as log,
            subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, "-m", "rihma", *args],
                env={**self.variables, **at(free_port()), **variables},
                cwd=self.data,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            ) as process,
        ):
            try:
                yield process
            finally:
                process.kill()

    @contextmanager
    def serving(self, **variables: str) -> Iterator["Serving"]:
        port = free_port()
        with self.running("serve", **{**at(port), **variables}) as process:
            serving = Serving(self, process, port)
            serving.wait_until_ready()
            yield serving


class Serving:
    def __init__(self, house: House, process: subprocess.Popen[str], port: int) -> None:
        self.house = house
        self.process = process
        self.port = port

    def wait_until_ready(self) -> None:
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line.startswith("Rihma is ready at "), (line, (self.house.data / "log").read_text())

    def get(self, path: str, **headers: str) -> http.client.HTTPResponse:
        with closing(self.line()) as line:
            line.request("GET", path, headers=headers)
            response = line.getresponse()
            response.read()
            return response

    def read(self, path: str) -> tuple[int, str]:
        with closing(self.line()) as line:
            line.request("GET", path)
            response = line.getresponse()
            return response.status, response.read().decode()

    def line(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    @property
    def resources(self) -> psutil.Process:
        return psutil.Process(self.process.pid)


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    with built(django_db_blocker) as house:
        yield house


@contextmanager
def built(django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    """A migrated database, as a server that is started again finds it: a copy of the tests' own."""
    data = Path(tempfile.mkdtemp(prefix="served-", dir=settings.DATA))
    with django_db_blocker.unblock():
        house = House(data, copy_database(data))
    yield house
    with django_db_blocker.unblock():
        drop_database()


def copy_database(data: Path) -> dict[str, str]:
    """Answers what a server needs in its environment to find the copy."""
    if connection.vendor == "sqlite":
        run_sql(f"VACUUM INTO '{data / 'rihma.sqlite3'}'")
        return {}
    drop_database()
    original = connection.settings_dict["NAME"]
    # Nobody may be at work on what is copied.
    connection.close()
    # The throwaway server loses what it took when it crashes, which `rihma serve` refuses to stand on.
    run_beside(f"CREATE DATABASE {DATABASE} TEMPLATE {original}", *keep_everything("on"))
    return {"DATABASE_URL": address_of(DATABASE)}


def drop_database() -> None:
    if connection.vendor == "postgresql":
        run_beside(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)", *keep_everything("off"))


def keep_everything(value: str) -> list[str]:
    return [
        f"ALTER SYSTEM SET fsync = {value}",
        f"ALTER SYSTEM SET synchronous_commit = {value}",
        "SELECT pg_reload_conf()",
    ]


def run_sql(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def run_beside(*statements: str) -> None:
    """From outside the databases that the statements are about."""
    with psycopg.connect(address_of("postgres"), autocommit=True) as beside:
        for statement in statements:
            beside.execute(statement.encode())


def address_of(database: str) -> str:
    return os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{database}"


def at(port: int) -> dict[str, str]:
    return {"RIHMA_PORT": str(port), "RIHMA_BASE_URL": f"http://127.0.0.1:{port}"}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
