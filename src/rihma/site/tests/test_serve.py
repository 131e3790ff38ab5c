"""The server as people meet it: the command itself, in a process of its own."""

import http.client
import json
import re
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connection
from pytest_django import Settings

from rihma.site.gateway import Site
from rihma.site.tests.conftest import House, Serving

MIB = 1024 * 1024
THREADS = 4
# How PostgreSQL knows the lines of this server from those of others that tests keep.
COUNTED = "rihma-counted"
# A thread that does jobs and one that says it lives.
OTHERS = 2

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def serving(house: House) -> Iterator[Serving]:
    with house.serving(RIHMA_THREADS=str(THREADS), PGAPPNAME=COUNTED) as serving:
        yield serving


def test_server_starts_without_what_only_jobs_need(house: House) -> None:
    heavy = "icalendar jsonschema numpy scipy networkx networkit rustworkx highspy simplemma weasyprint xlsxwriter"
    code = f"import sys, rihma.site.asgi; print([name for name in {heavy.split()} if name in sys.modules])"
    assert house.run(sys.executable, "-c", code).stdout == "[]\n"


def test_server_needs_less_than_150_mib(serving: Serving) -> None:
    for _ in range(20):
        assert serving.get("/en/").status == 200
    assert serving.resources.memory_info().rss < 150 * MIB


def test_ready_page_names_what_is_well(serving: Serving) -> None:
    status, body = serving.read("/readyz")
    parts = {"database": "ok", "worker": "ok", "disk": "ok", "migrations": "ok"}
    assert (status, json.loads(body)) == (200, {"ready": True, "parts": parts})


def test_many_requests_hold_one_connection_a_thread(serving: Serving) -> None:
    askers = [threading.Thread(target=serving.get, args=("/readyz",)) for _ in range(40)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert database_connections(serving.resources) <= THREADS + OTHERS


def database_connections(process: psutil.Process) -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT query FROM pg_stat_activity WHERE application_name = %s", [COUNTED])
            lines = [query for (query,) in cursor.fetchall()]
            # Besides, one line on which other servers are heard, and never a second.
            assert sum(query.startswith("LISTEN") for query in lines) <= 1
            assert lines
            return sum(not query.startswith("LISTEN") for query in lines)
    return len([each for each in process.open_files() if each.path.endswith("rihma.sqlite3")])


@pytest.mark.req("S15")
def test_static_file_is_kept_for_ever_under_its_hashed_name(serving: Serving) -> None:
    address = style_of(serving)
    response = serving.get(address, **{"Accept-Encoding": "gzip"})
    assert re.search(r"\.[0-9a-f]{12}\.css$", address)
    assert response.status == 200
    assert response.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")


def style_of(serving: Serving) -> str:
    match = re.search(r'"(/static/base/[^"]+\.css)"', serving.read("/en/")[1])
    assert match
    return match[1]


def test_list_of_static_files_is_not_served(serving: Serving) -> None:
    assert serving.get("/static/staticfiles.json").status == 404


def test_socket_that_nobody_answers_is_not_found(serving: Serving) -> None:
    with socket.create_connection(("127.0.0.1", serving.port), timeout=10) as line:
        line.sendall(
            b"GET /ws/canvases/1 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            b"Origin: http://127.0.0.1:%d\r\n"
            b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n" % serving.port
        )
        assert line.recv(64).startswith(b"HTTP/1.1 404 ")


@pytest.mark.req("S15")
def test_too_large_a_request_is_refused_with_every_header(serving: Serving) -> None:
    with closing(serving.line()) as line:
        line.putrequest("POST", "/en/")
        line.putheader("Content-Length", str(20 * MIB))
        line.endheaders()
        response = line.getresponse()
    assert response.status == 413
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_people_who_send_slowly_keep_nobody_waiting(serving: Serving) -> None:
    lines = [slow_request(serving) for _ in range(THREADS * 3)]
    assert serving.get("/en/").status == 200
    for line in lines:
        line.close()


def slow_request(serving: Serving) -> http.client.HTTPConnection:
    line = serving.line()
    line.putrequest("POST", "/appearance/")
    line.putheader("Content-Length", "10")
    line.endheaders()
    line.send(b"appea")
    return line


def test_each_request_leaves_one_line_without_its_query(serving: Serving) -> None:
    serving.get("/en/?token=open-sesame")
    lines = [json.loads(line) for line in (serving.house.data / "log").read_text().splitlines() if line[:1] == "{"]
    line = [line for line in lines if line["logger"] == "rihma.requests"][-1]
    assert set(line) == {"at", "level", "logger", "message", "method", "place", "status", "ms", "request"}
    assert (line["method"], line["place"], line["status"]) == ("GET", "/en/", 200)


@pytest.mark.req("R22")
def test_told_to_stop_the_server_ends_what_it_began_and_exits_with_zero(house: House) -> None:
    with house.serving() as serving:
        with closing(slow_request(serving)) as line:
            serving.process.terminate()
            wait_until_refused(serving)
            line.send(b"rance")
            assert line.getresponse().status == 303
        assert serving.process.wait(timeout=10) == 0


def wait_until_refused(serving: Serving) -> None:
    """The server has heard that it is to stop once it takes no new calls."""
    while True:
        try:
            socket.create_connection(("127.0.0.1", serving.port), timeout=10).close()
        except ConnectionError:
            return


@pytest.mark.req("R22")
def test_somebody_who_never_ends_keeps_the_server_ten_seconds_at_most(house: House) -> None:
    with house.serving() as serving, closing(slow_request(serving)):
        serving.process.terminate()
        assert serving.process.wait(timeout=10) == 0


@pytest.mark.req("S15", "S22")
def test_proxy_that_ends_tls_is_believed_and_others_are_sent_to_https(house: House) -> None:
    real = {
        "RIHMA_BASE_URL": "https://rihma.example",
        "RIHMA_SMTP_URL": "smtps://mail.example",
        "RIHMA_MAIL_FROM": "rihma@rihma.example",
    }
    with house.serving(**real) as serving:
        plain = serving.get("/en/", Host="rihma.example")
        proxied = serving.get("/en/account/sign-in/", Host="rihma.example", **{"X-Forwarded-Proto": "https"})
        probe = serving.get("/healthz", Host="rihma.example")
    assert (plain.status, plain.headers["Location"]) == (301, "https://rihma.example/en/")
    assert proxied.status == 200
    assert proxied.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert re.match(r"__Host-csrf=.*; Path=/; SameSite=Lax; Secure$", proxied.headers["Set-Cookie"])
    assert probe.status == 200


def test_worker_of_its_own_ends_when_told(house: House) -> None:
    with house.running("worker") as worker:
        assert worker.stdout
        assert worker.stdout.readline() == "The worker is at work.\n"
        worker.terminate()
        assert worker.wait(timeout=10) == 0


@pytest.mark.parametrize("wanted", [True, False])
def test_server_has_a_worker_unless_told_otherwise(settings: Settings, *, wanted: bool) -> None:
    settings.WORKER, settings.DEBUG = wanted, True
    assert (Site(get_wsgi_application()).worker is not None) == wanted


def test_port_in_use_is_said_in_words(house: House) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = house.rihma("serve", RIHMA_PORT=str(port))
    assert done.returncode == 1
    assert done.stderr.endswith(
        f"Port {port} of 127.0.0.1 cannot be used (Address already in use). Stop what listens there, or set RIHMA_PORT.\n"
    )


def test_server_refuses_unsafe_settings(house: House) -> None:
    done = house.rihma("serve", RIHMA_BASE_URL="http://rihma.example")
    assert done.returncode == 1
    assert done.stderr.endswith("Rihma does not start with unsafe settings.\n")
    assert "[rihma.E002]" in done.stderr


def test_server_refuses_a_database_that_is_behind(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    done = House(tmp_path, {}).rihma("serve")
    assert done.returncode == 1
    assert done.stderr.endswith("run `rihma manage migrate`.\n")
