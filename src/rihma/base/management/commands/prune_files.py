from typing import Any

from django.core.management.base import BaseCommand

from rihma.base import clock
from rihma.base.files import pruning


class Command(BaseCommand):
    help = "Remove files that people sent and no row speaks of, and name the rows whose file is missing."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{pruning.prune(clock.now())} files without a row were removed.")
        for told in pruning.missing():
            self.stderr.write(f"Missing: {told}")
