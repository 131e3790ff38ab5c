"""What those who keep the server should know of canvases: asked by `rihma check` and before serving."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.db import DatabaseError

from rihma.canvases.models import Checkpoint

MOST_NAMED = 5
# So that people can rely on going back to what they wrote in a month.
FEWEST_DAYS = 30


@checks.register(checks.Tags.security, deploy=True)
def history_is_kept_long_enough(
    app_configs: Sequence[AppConfig] | None, **_kwargs: Any
) -> Iterator[checks.CheckMessage]:
    if 0 < settings.CANVAS_HISTORY_DAYS < FEWEST_DAYS:
        yield checks.Error(
            f"Changes on canvases could be read for {settings.CANVAS_HISTORY_DAYS} days only.",
            hint=f"Set RIHMA_HISTORY_DAYS to {FEWEST_DAYS} or more, or to 0 to keep them for ever.",
            id="rihma.canvases.E002",
        )


@checks.register(checks.Tags.database)
def old_history_can_be_folded(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_kwargs: Any
) -> Iterator[checks.CheckMessage]:
    failed = _failed() if databases else []
    if failed:
        named = ", ".join(str(canvas) for canvas in failed[:MOST_NAMED])
        yield checks.Warning(
            f"The history of {len(failed)} canvases is not folded, because it does not lead to what stands on them: {named}",
            hint="Nothing was thrown away. Something else wrote into the tables: compare them with a backup.",
            id="rihma.canvases.W001",
        )


def _failed() -> list[Any]:
    try:
        found = Checkpoint.objects.filter(failed_at__isnull=False).values_list("canvas", flat=True)
        return list(found.order_by("canvas").distinct())
    except DatabaseError:
        # Tables that are not there yet are told of by others.
        return []
