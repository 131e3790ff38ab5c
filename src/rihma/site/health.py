"""Whether this process, and what it stands on, can do its work. For machines that watch, so no secrets and no detail."""

import logging
import shutil
import time
from collections.abc import Callable
from functools import cache, lru_cache
from http import HTTPStatus

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from rihma.base import clock
from rihma.base.access import public
from rihma.site.models import Probe, Worker
from rihma.site.worker import LEASE

logger = logging.getLogger(__name__)

LEAST_FREE = 0.05
# So that many who ask do not make the database write for each.
REMEMBERED_SECONDS = 1.0


@public
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return _answer({"process": True})


@public
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    return _answer(_state_in(int(time.monotonic() / REMEMBERED_SECONDS)))


def _answer(parts: dict[str, bool]) -> JsonResponse:
    well = all(parts.values())
    body = {"ready": well, "parts": {name: "ok" if fine else "failing" for name, fine in parts.items()}}
    status = HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse(body, status=status, headers={"Cache-Control": "no-store"})


def state() -> dict[str, bool]:
    return {name: _holds(name, part) for name, part in PARTS.items()}


@lru_cache(maxsize=1)
def _state_in(_moment: int) -> dict[str, bool]:
    return state()


def _holds(name: str, part: Callable[[], bool]) -> bool:
    try:
        return part()
    except (DatabaseError, OSError) as problem:
        logger.warning("Not ready: %s (%s)", name, type(problem).__name__)
        return False


def database_takes_writes() -> bool:
    with transaction.atomic():
        Probe.objects.update_or_create(pk=1, defaults={"written_at": clock.now()})
    return True


def worker_lives() -> bool:
    return Worker.objects.heard_since(clock.now() - LEASE).exists()


def disk_has_room() -> bool:
    usage = shutil.disk_usage(settings.DATA)
    return usage.free / usage.total > LEAST_FREE


@cache
def migrations_are_applied() -> bool:
    """Looking takes a while, and what was applied stays so: only a yes is remembered, since a raise is not."""
    if pending_migrations():
        raise DatabaseError("migrations wait")
    return True


def pending_migrations() -> list[str]:
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


PARTS: dict[str, Callable[[], bool]] = {
    "database": database_takes_writes,
    "worker": worker_lives,
    "disk": disk_has_room,
    "migrations": migrations_are_applied,
}
