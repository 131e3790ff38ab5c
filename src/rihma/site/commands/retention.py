import sys

from rihma.base import clock
from rihma.records.models import RecordPlan
from rihma.records.retention import due, keep_of


def run(*, delete: bool) -> int:
    """One line for each thing that is due today, as the page of the programme lists them."""
    now = clock.now()
    for plan in RecordPlan.objects.exclude(months={}).select_related("programme").order_by("programme__slug"):
        for thing in due(plan.programme, plan, now):
            sys.stdout.write(f"{plan.programme.slug}\t{thing.kind}\t{thing.day:%Y-%m-%d}\t{thing.name}\n")
        if delete:
            sys.stderr.write(f"{plan.programme.slug}: {keep_of(plan, now)} deleted\n")
    return 0
