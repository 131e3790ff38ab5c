"""The demo, told once in a run on each database: `copied` gives a server its own, `entered` lends it to a module."""

import fcntl
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from rihma.site import demo

ROOT = Path(__file__).resolve().parent.parent
FILE = "rihma.sqlite3"
FACTS = "facts.json"
DATABASE = "rihma_demo"
SOMEWHERE = "http://127.0.0.1:1"


@contextmanager
def entered() -> Iterator[None]:
    """Inside, the database is that of the demo. What is done there is taken back."""
    connection.close()
    own = connection.settings_dict["NAME"]
    told = str(folder() / FILE) if connection.vendor == "sqlite" else database(own)
    with known_as(told), transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def known_as(name: str) -> Iterator[None]:
    own = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own
        ContentType.objects.clear_cache()


def database(template: str) -> str:
    """On PostgreSQL, where only one worker of a run is: the name of the database that the demo is in."""
    address, _slash, _name = os.environ["DATABASE_URL"].rpartition("/")
    with psycopg.connect(f"{address}/postgres", autocommit=True) as beside:
        if not beside.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            beside.execute(f"CREATE DATABASE {DATABASE} TEMPLATE {template}".encode())
            with known_as(DATABASE):
                demo.load()
    return DATABASE


def folder() -> Path:
    """On SQLite: the data folder of a demo that nobody serves. Workers may ask for it at the same time."""
    told = Path(os.environ["RIHMA_TEST_RUN"]) / "told"
    with told.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (told / FACTS).exists():
            told.mkdir(mode=0o700)
            rihma = [sys.executable, "-m", "rihma", "demo", "--json"]
            env = environment(told, SOMEWHERE)
            said = subprocess.run(rihma, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
            (told / FACTS).write_text(said.stdout)
    return told


def copied(to: Path, base: str) -> dict[str, Any]:
    """Puts a copy there and says what `rihma demo --json` would say of it when it is served at this address."""
    told = folder()
    with closing(sqlite3.connect(told / FILE)) as database:
        # Never the file alone: a test may have it open.
        database.execute("VACUUM INTO ?", [str(to / FILE)])
    for kept in ("mail", "files"):
        shutil.copytree(told / kept, to / kept)
    facts: dict[str, Any] = json.loads((told / FACTS).read_text().replace(SOMEWHERE, base).replace(str(told), str(to)))
    return facts


def environment(data: Path, base: str) -> dict[str, str]:
    """Of a demo on SQLite, whatever this worker's own database is."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**kept, "RIHMA_DATA": str(data), "RIHMA_BASE_URL": base, "RIHMA_PORT": base.rpartition(":")[2]}
