import sys

from rihma.base import clock
from rihma.records.retention import due, keep_of, timed


def run(*, delete: bool) -> int:
    """One line for each thing that is due today, as the page of the programme lists them."""
    now = clock.now()
    for plan in timed():
        for thing in due(plan.programme, plan, now):
            sys.stdout.write(f"{plan.programme.slug}\t{thing.kind}\t{thing.day:%Y-%m-%d}\t{thing.name}\n")
        if delete:
            sys.stderr.write(f"{plan.programme.slug}: {keep_of(plan.programme, now)} deleted\n")
    return 0
