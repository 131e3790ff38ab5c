"""What an open window and an open canvas cost in memory."""

import time

from bench.canvas.bench import HOCUSPOCUS, MINE, Y_WEBSOCKET, Bench
from bench.canvas.subject import FEW, Measured, Shape
from bench.table import Goal

WINDOWS = 500
CANVASES = 100
UPDATES_EACH = 200
RATE = 1000.0
KIB = 1024
PER_WINDOW_KIB = 30.0
SETTLED_SECONDS = 2.0


def part(bench: Bench) -> None:
    windows, canvases = {}, {}
    for name in bench.servers(MINE, HOCUSPOCUS, Y_WEBSOCKET):
        with bench.serving(name) as measured:
            windows[name] = per_window(measured)
        with bench.serving(name) as measured:
            canvases[name] = per_canvas(measured)
        print(f"{name:12} {windows[name]:6.1f} KiB a window, {canvases[name]:6.1f} KiB a canvas", flush=True)
    bench.report.facts["KiB a window"] = windows
    bench.report.facts["KiB a canvas"] = canvases
    if MINE in windows:
        bench.report.goals.append(
            Goal(f"memory a window, {WINDOWS} on one canvas", round(windows[MINE], 1), PER_WINDOW_KIB, "KiB")
        )
    if MINE in windows and HOCUSPOCUS in windows:
        bench.ratio("memory a window ÷ hocuspocus", windows[MINE], windows[HOCUSPOCUS])
        bench.goal("memory a canvas, ours ÷ hocuspocus", canvases[MINE], canvases[HOCUSPOCUS], 0.2)


def per_window(measured: Measured) -> float:
    """Beyond what the first few cost."""
    place = measured.subject.place()
    measured.generator.open(measured.subject.plan_on([place], Shape(1, FEW)), FEW)
    before = held(measured)
    measured.generator.open([])
    measured.generator.open(measured.subject.plan_on([place], Shape(1, WINDOWS)), FEW)
    return (held(measured) - before) / (WINDOWS - FEW) / KIB


def per_canvas(measured: Measured) -> float:
    """With one window and 200 updates each, beyond what the first few cost."""
    measured.open(Shape(FEW, 1))
    measured.step("operations", RATE, 0, 1)
    before = held(measured)
    measured.open(Shape(CANVASES, 1))
    measured.step("operations", RATE, 0, CANVASES * UPDATES_EACH / RATE)
    return (held(measured) - before) / (CANVASES - FEW) / KIB


def held(measured: Measured) -> float:
    """Bytes, without what is shared with other processes."""
    time.sleep(SETTLED_SECONDS)
    return float(measured.subject.server.process.memory_full_info().pss)
