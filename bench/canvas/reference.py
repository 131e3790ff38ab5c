"""A whole round at work: 50 people write on five canvases, 200 guests look on, and others read pages meanwhile."""

import http
import statistics
import time
from concurrent.futures import Future, ThreadPoolExecutor

from bench.canvas.bench import MINE, Bench
from bench.canvas.subject import FEW, Measured, Shape
from bench.server import Page, Server
from bench.table import Goal

SHAPE = Shape(5, 50, writing=10)
EDITS_A_SECOND = 20.0
PAGES_A_SECOND = 4.0
READERS = 8
SECONDS, SECONDS_WHEN_QUICK = 40.0, 10.0
WARM = 2.0


def part(bench: Bench) -> None:
    if not bench.servers(MINE):
        return
    seconds = SECONDS_WHEN_QUICK if bench.is_quick else SECONDS
    with bench.serving(MINE) as measured:
        pages = open_to_owner(measured)
        measured.generator.open(measured.subject.plan(SHAPE), FEW)
        measured.generator.say(f"step operations {EDITS_A_SECOND} {WARM} {seconds}")
        taken = read_pages(measured, pages, seconds)
        told = measured.generator.heard()
        memory = measured.subject.server.memory
    p95 = statistics.quantiles(taken, n=20)[18] * 1000
    print(
        f"reference load: edit p99 {told['p99']:.0f} ms (ack {told['ack_p99']:.0f}), page p50"
        f" {statistics.median(taken) * 1000:.0f} p95 {p95:.0f} ms, {memory:.0f} MiB, {told['delivered']} of"
        f" {told['expected']} arrived",
        flush=True,
    )
    rooms = f"{SHAPE.rooms * SHAPE.each} windows, {EDITS_A_SECOND:.0f} edits/s, {PAGES_A_SECOND:.0f} pages/s"
    bench.report.goals += [
        Goal("reference load: edit to other screen p99", round(told["p99"], 1), 400, "ms", note=rooms),
        Goal("reference load: page p95", round(p95, 1), 400, "ms", note=f"{len(taken)} readings of {len(pages)} pages"),
        Goal("reference load: memory of the whole process", round(memory), 350, "MiB", note="with worker"),
    ]


def open_to_owner(measured: Measured) -> list[Page]:
    """The pages of the demo's programmes, teams, canvases and so on, each read once before."""
    facts = measured.subject.facts
    pages = [Page(str(path), str(facts["cookie"])) for path in facts["pages"]]
    return [page for page in pages if measured.subject.server.get(page)[0].status == http.HTTPStatus.OK]


def read_pages(measured: Measured, pages: list[Page], seconds: float) -> list[float]:
    """Asked for at even times, whether those before have come or not."""
    server = measured.subject.server
    asked: list[Future[float]] = []
    began = time.monotonic()
    with ThreadPoolExecutor(READERS) as readers:
        while (due := began + len(asked) / PAGES_A_SECOND) < began + seconds:
            time.sleep(max(0.0, due - time.monotonic()))
            asked.append(readers.submit(read, server, pages[len(asked) % len(pages)], due))
    return [one.result() for one in asked]


def read(server: Server, page: Page, due: float) -> float:
    answer, _body = server.get(page)
    if answer.status != http.HTTPStatus.OK:
        raise RuntimeError(f"{page.path} answers {answer.status}")
    return time.monotonic() - due
