"""make bench B=canvas: all parts, or some: make bench B=canvas PART=capacity,feel SERVERS=rihma,hocuspocus QUICK=1.

RIHMA_BENCH_ROUNDS, RIHMA_BENCH_SECONDS and RIHMA_BENCH_KILLS shorten or lengthen it.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.canvas import browser, capacity, feel, inp, kills, memory, opening, reference
from bench.canvas.bench import Bench
from bench.pages import machine

PARTS: dict[str, Callable[[Bench], None]] = {
    "capacity": capacity.part,
    "feel": feel.part,
    "opening": opening.part,
    "memory": memory.part,
    "reference": reference.part,
    "browser": browser.part,
    "inp": inp.part,
    "kills": kills.part,
}


def main() -> None:
    chosen = [name for name in os.environ.get("PART", ",".join(PARTS)).split(",") if name]
    unknown = [name for name in chosen if name not in PARTS]
    if unknown:
        sys.exit(f"no part is called {', '.join(unknown)}: {', '.join(PARTS)}")
    with tempfile.TemporaryDirectory(prefix="rihma-bench-") as folder:
        bench = Bench(Path(folder))
        bench.report.facts["machine"] = machine()
        print(f"{bench.report.facts['machine']}\n", flush=True)
        for name in chosen:
            PARTS[name](bench)
    print(f"\n{bench.report.table()}")
    print(bench.report.as_json())


if __name__ == "__main__":
    main()
