"""Every page of ours: how many queries, and how long the server works on it. One database a run.

python -m bench.survey FILE, with the settings of the server in the environment; FILE holds where to start and the
cookies. Walks the links of each person as a visitor would, asks the WSGI application itself, prints JSON.
"""

import gc
import json
import os
import re
import statistics
import sys
import time
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rihma.site.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django has to be set up first
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection  # noqa: E402
from django.urls import Resolver404, resolve  # noqa: E402
from django.utils import translation  # noqa: E402

application = get_wsgi_application()
# As the server does once it has started.
gc.collect()
gc.freeze()

# Of a kind of page, so many are looked at, and the slowest is timed.
MOST_OF_A_KIND = 4
MOST_PAGES = 400
ROUNDS = 15
LINK = re.compile(rb'<a\b[^>]*?\bhref="(/[^"#]*)')


@dataclass
class Seen:
    who: str
    kind: str
    path: str
    cookie: str
    queries: int
    milliseconds: float
    kilobytes: float
    # Of the server's thread alone: tells a slow page from a machine that is busy with something else.
    cpu: float = 0


def main(file: Path) -> None:
    told = json.loads(file.read_text())
    found = [
        seen for who, cookie in (("nobody", ""), *told["cookies"].items()) for seen in walk(who, cookie, told["starts"])
    ]
    slowest: dict[tuple[str, str], Seen] = {}
    for seen in found:
        known = slowest.setdefault((seen.who, seen.kind), seen)
        if (seen.queries, seen.milliseconds) > (known.queries, known.milliseconds):
            slowest[seen.who, seen.kind] = seen
    clock(list(slowest.values()))
    pages = [{name: value for name, value in asdict(seen).items() if name != "cookie"} for seen in slowest.values()]
    sys.stdout.write(json.dumps({"database": connection.vendor, "pages": pages}) + "\n")


def clock(pages: list[Seen]) -> None:
    """Round after round over all pages, so that a busy moment of the machine hits none of them alone."""
    times: dict[int, list[float]] = defaultdict(list)
    work: dict[int, list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        for place, seen in enumerate(pages):
            busy = time.thread_time()
            times[place].append(ask(seen.path, seen.cookie)[2])
            work[place].append((time.thread_time() - busy) * 1000)
    for place, seen in enumerate(pages):
        seen.milliseconds = round(statistics.median(times[place]), 2)
        seen.cpu = round(statistics.median(work[place]), 2)


def walk(who: str, cookie: str, starts: list[str]) -> Iterator[Seen]:
    waiting, known, kinds = deque(["/en/", *starts]), {"/en/", *starts}, Counter[str]()
    asked = 0
    while waiting and asked < MOST_PAGES:
        path = waiting.popleft()
        kind = kind_of(path)
        if not kind or kinds[kind] >= MOST_OF_A_KIND:
            continue
        asked += 1
        with counted() as queries:
            status, body, took = ask(path, cookie)
        if status != "200 OK" or not body.lstrip().startswith(b"<!"):
            continue
        kinds[kind] += 1
        yield Seen(who, kind, path, cookie, len(queries), took, round(len(body) / 1024, 1))
        for link in LINK.findall(body):
            on = link.decode().partition("?")[0]
            if on.startswith("/en/") and on not in known:
                known.add(on)
                waiting.append(on)


def kind_of(path: str) -> str:
    """The name of the route; what only signs in or out is no page."""
    try:
        with translation.override("en"):
            name = resolve(path).view_name
    except Resolver404:
        return ""
    return "" if "sign" in name or "logout" in name else name


@contextmanager
def counted() -> Iterator[list[str]]:
    queries: list[str] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - as Django calls it
        queries.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield queries


def ask(path: str, cookie: str) -> tuple[str, bytes, float]:
    """As the server asks: through every middleware, with the health check of the connection."""
    answers: list[str] = []
    host, _, port = settings.BASE_URL.partition("://")[2].partition(":")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path.partition("?")[0],
        "QUERY_STRING": path.partition("?")[2],
        "SERVER_NAME": host,
        "SERVER_PORT": port or "80",
        "HTTP_HOST": f"{host}:{port}" if port else host,
        "HTTP_ACCEPT_LANGUAGE": "en",
        "HTTP_COOKIE": cookie,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    began = time.perf_counter()
    answer = application(environ, lambda status, _headers, _error=None: answers.append(status))
    body = b"".join(answer)
    answer.close()
    return answers[0], body, (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main(Path(sys.argv[1]))
