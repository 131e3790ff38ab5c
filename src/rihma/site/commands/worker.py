import signal
import sys
import threading

from rihma.site.commands.check import look_around, tell
from rihma.site.worker import WorkerThread

PATIENCE_SECONDS = 9


def run() -> int:
    if tell(look_around()):
        sys.exit("The worker does not start with unsafe settings.")
    told_to_stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: told_to_stop.set())
    worker = WorkerThread()
    worker.start()
    sys.stdout.write("The worker is at work.\n")
    sys.stdout.flush()
    told_to_stop.wait()
    worker.stop(PATIENCE_SECONDS)
    return 0
