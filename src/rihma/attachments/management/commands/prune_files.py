from typing import Any

from django.core.management.base import BaseCommand

from rihma.attachments import pruning
from rihma.base import clock


class Command(BaseCommand):
    help = "Remove files of attachments that no row speaks of, and name the rows whose file is missing."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{pruning.prune(clock.now())} files without a row were removed.")
        for attachment in pruning.missing():
            self.stderr.write(
                f"Missing: {attachment.file} of canvas {attachment.canvas_id}, attachment {attachment.pk}"
            )
