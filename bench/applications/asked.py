"""How long the server works on its list, and how often it asks the database: python -m bench.applications.asked FILE.

The settings of the server stand in the environment; FILE says whose cookie and which addresses. Asks the WSGI application
itself, through every middleware, in turn; prints JSON.
"""

import json
import statistics
import sys
import time
from pathlib import Path
from urllib.parse import quote

from bench.survey import ask, counted
from rihma.applications.searching import find
from rihma.base import lemmas
from rihma.calls.models import Intake

ROUNDS = 40
SHARE = 0.95


def main(file: Path) -> None:
    told = json.loads(file.read_text())
    lemmas.bases("sana", "fi")
    asked = quote(told["asked"])
    pages = {
        "list": told["list"],
        "search": f"{told['list']}?q={asked}",
        "few": told["few"],
        "few searched": f"{told['few']}?q={asked}",
    }
    intake = Intake.objects.get(call__programme__slug=told["list"].split("/")[3])
    times: dict[str, list[float]] = {name: [] for name in (*pages, "words")}
    work: dict[str, list[float]] = {name: [] for name in pages}
    found = {}
    for _round in range(ROUNDS):
        for name, path in pages.items():
            busy = time.thread_time()
            with counted() as queries:
                status, body, took = ask(path, told["cookie"])
            work[name].append((time.thread_time() - busy) * 1000)
            times[name].append(took)
            if not status.startswith("200"):
                sys.exit(f"{path} answers {status}")
            found[name] = {"queries": len(queries), "kilobytes": round(len(body) / 1024)}
        began = time.perf_counter()
        hits = find(intake, told["asked"])
        times["words"].append((time.perf_counter() - began) * 1000)
    measured = {
        name: {
            "p50": statistics.median(taken),
            "p95": at(taken),
            "cpu": statistics.median(work.get(name, [0.0])),
            **found.get(name, {}),
        }
        for name, taken in times.items()
    }
    print(json.dumps({"hits": len(hits), "pages": measured}))


def at(taken: list[float]) -> float:
    return sorted(taken)[round(SHARE * (len(taken) - 1))]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
