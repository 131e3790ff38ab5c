from typing import Any

from django.core.management.base import BaseCommand

from rihma.base import clock
from rihma.canvases import trimming


class Command(BaseCommand):
    help = "Fold the history of canvases that is older than RIHMA_HISTORY_DAYS, as the worker does from time to time."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"The old history of {trimming.trim(clock.now())} canvases was folded.")
