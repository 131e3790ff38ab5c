"""What a browser on a slow phone waits for: our canvas of 500 items beside an empty board of Excalidraw."""

from bench import lighthouse
from bench.canvas import board
from bench.canvas.bench import MINE, Bench
from bench.server import Page, Server
from bench.table import Goal
from bench.weight import weigh

KIB = 1024
SCRIPTS_KIB = 60.0
AUDITS = {"largest-contentful-paint": "LCP", "interactive": "interactive"}


def part(bench: Bench) -> None:
    if not bench.servers(MINE):
        return
    with bench.serving(MINE) as measured:
        facts = measured.subject.facts
        page = Page(str(facts["large"][0]["path"]), str(facts["cookie"]))
        scripts(bench, measured.subject.server, page)
        address = f"http://127.0.0.1:{measured.subject.server.port}{page.path}"
        try:
            mine = lighthouse.audits(address, page.cookie, tuple(AUDITS))
            with board.served() as theirs:
                peer = lighthouse.audits(theirs, "", tuple(AUDITS))
        except lighthouse.Unavailable as problem:
            bench.report.facts["browser"] = str(problem)
            return
    for audit, name in AUDITS.items():
        print(f"{name:12} rihma {mine[audit]:6.0f} ms, excalidraw {peer[audit]:6.0f} ms", flush=True)
        bench.goal(f"{name} of a canvas, ours ÷ excalidraw", mine[audit], peer[audit], 0.35)


def scripts(bench: Bench, server: Server, page: Page) -> None:
    weights = {path: size for path, size in weigh(server, page).items() if path.endswith(".js")}
    value = round(sum(weights.values()) / KIB, 1)
    note = f"{len(weights)} files"
    bench.report.goals.append(Goal("scripts of the canvas page, gz", value, SCRIPTS_KIB, "KiB", note=note))
