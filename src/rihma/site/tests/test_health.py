import shutil
from datetime import timedelta
from typing import NamedTuple

import pytest
from django.db import connection
from django.test import Client

from rihma.base import clock
from rihma.site import health
from rihma.site.models import Probe, Worker
from rihma.site.worker import LEASE


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture(autouse=True)
def _forget() -> None:
    health._state_in.cache_clear()  # noqa: SLF001 - remembers for a second


def test_process_answers_without_the_database() -> None:
    response = Client().get("/healthz")
    assert (response.status_code, response.json()) == (200, {"ready": True, "parts": {"process": "ok"}})


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "10.0.3.7", "[::1]:8000", "not a host"])
def test_probe_is_answered_whatever_host_it_names(host: str) -> None:
    Worker.objects.create(pk="w")
    asked = [Client().get(path, headers={"Host": host}) for path in ("/healthz", "/readyz")]
    assert [response.status_code for response in asked] == [200, 200]
    assert asked[0].headers["X-Content-Type-Options"] == "nosniff"


def test_page_is_not_answered_to_a_host_of_somebody_else() -> None:
    assert Client().get("/en/privacy/", headers={"Host": "elsewhere.example"}).status_code == 400


@pytest.mark.django_db
def test_server_without_a_worker_is_not_ready() -> None:
    response = Client().get("/readyz")
    assert response.status_code == 503
    assert response.json()["parts"] == {"database": "ok", "worker": "failing", "disk": "ok", "migrations": "ok"}


@pytest.mark.django_db
def test_server_with_a_worker_is_ready() -> None:
    Worker.objects.create(pk="w")
    assert Client().get("/readyz").json()["ready"] is True


@pytest.mark.django_db
def test_worker_not_heard_of_for_long_counts_as_dead() -> None:
    Worker.objects.create(pk="w", beat_at=clock.now() - LEASE - timedelta(seconds=1))
    assert health.state()["worker"] is False


@pytest.mark.django_db
def test_full_disk_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(100, 96, 4))
    assert health.state()["disk"] is False


@pytest.mark.django_db(transaction=True)
def test_database_without_its_table_is_not_ready() -> None:
    with connection.schema_editor() as editor:
        editor.delete_model(Probe)
    try:
        assert health.state()["database"] is False
    finally:
        with connection.schema_editor() as editor:
            editor.create_model(Probe)


@pytest.mark.django_db
def test_asking_often_writes_once_a_second() -> None:
    assert health._state_in(1) is health._state_in(1)  # noqa: SLF001 - what a second remembers
