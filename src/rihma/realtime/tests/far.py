"""Somebody behind a network of their own, which a test cuts: one process, a line of JSON for each thing it tells.

python -m rihma.realtime.tests.far BASE_URL ORIGIN CANVAS TOKEN
"""

import json
import sys
import time
from typing import Any

from rihma.client import Canvas
from rihma.client.canvas import BROKEN

EDITS = 10


def tell(what: str, **more: Any) -> None:
    sys.stdout.write(json.dumps({"what": what, "at": time.monotonic(), **more}) + "\n")
    sys.stdout.flush()


def main(base_url: str, origin: str, canvas_id: str, token: str) -> None:
    canvas = Canvas(base_url, canvas_id, token)
    canvas.origin = origin
    canvas.open()
    tell("in")
    # Nothing is sent, so only that nothing comes any more can tell that the line is dead.
    while True:
        try:
            canvas.wait(lambda: False, 60)
        except TimeoutError:
            continue
        except BROKEN:
            break
    tell("noticed")
    canvas.close()
    for number in range(EDITS):
        canvas.add("assumption", "wanted", f"written in the dark {number}")
    canvas._again(time.monotonic() + 120)
    tell("back")
    canvas.flush(60)
    tell("saved", seqs=sorted(canvas.acked.values()))
    for line in sys.stdin:
        read_out(canvas, json.loads(line)["head"])
        tell(
            "shows",
            items={
                pk: {"zone": item.zone, "text": item.text, "order": item.order} for pk, item in canvas.items.items()
            },
        )


def read_out(canvas: Canvas, head: int) -> None:
    canvas.wait(lambda: canvas.head == head)


if __name__ == "__main__":
    main(*sys.argv[1:])
