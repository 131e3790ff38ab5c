"""The background jobs: what was queued, what comes round by itself, and what a dead worker left behind."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from django.contrib.sessions.models import Session
from django.db import close_old_connections, connection
from django.tasks import TaskResultStatus
from django.utils.module_loading import import_string
from django_tasks_db.management.commands.db_worker import Worker as Jobs
from django_tasks_db.models import DBTaskResult

from rihma.base import clock
from rihma.site.models import Sent, Worker

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.5
BEAT_SECONDS = 10
# Three missed beats, so that a worker which is only slow is not taken for dead.
LEASE = timedelta(seconds=40)
# A job that kills its worker each time must not be tried for ever.
MOST_WORKERS = 3

ROUNDS: dict[str, timedelta] = {
    "rihma.notices.delivery.deliver_due": timedelta(seconds=30),
    "rihma.applications.form_news.tell_due": timedelta(minutes=1),
    "rihma.webhooks.delivery.deliver_due": timedelta(seconds=5),
    "rihma.site.worker.take_back": timedelta(seconds=20),
    "rihma.actors.actions.turn": timedelta(hours=1),
    "rihma.teams.shortfalls.go_round": timedelta(hours=1),
    "rihma.teams.partners.remind": timedelta(hours=1),
    "rihma.site.worker.tidy_up": timedelta(hours=6),
    "rihma.applications.reminding.remind": timedelta(minutes=10),
    "rihma.applications.searching.gather_due": timedelta(minutes=10),
    "rihma.reviews.timekeeping.go_round": timedelta(minutes=1),
    "rihma.applications.later_reminding.remind": timedelta(hours=1),
    "rihma.attachments.pruning.prune": timedelta(hours=6),
    "rihma.base.files.pruning.prune": timedelta(hours=6),
    "rihma.applications.pruning.prune": timedelta(hours=6),
    "rihma.brainwriting.pruning.prune": timedelta(hours=6),
    "rihma.canvases.trimming.trim": timedelta(hours=6),
    "rihma.webhooks.delivery.prune": timedelta(hours=6),
    "rihma.records.retention.keep": timedelta(hours=24),
}
# Beside the beat and not among the rounds, because a job that takes long must not look like an outage.
WATCH = "rihma.site.outages.watch"
KEEP_RESULTS = timedelta(days=7)
KEEP_SENT = timedelta(hours=1)


class WorkerThread:
    """Two threads: one does the jobs, the other says that this worker lives, also while a job takes long."""

    def __init__(self) -> None:
        self.id = uuid4().hex
        self.stopping = threading.Event()
        self.ended = threading.Event()
        self.jobs = Jobs(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            # So that a turn takes what is there and comes back.
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=self.id,
        )
        self.due: dict[str, datetime] = {}
        self.threads = [
            threading.Thread(target=self._work, name="worker", daemon=True),
            threading.Thread(target=self._beat, name="worker-beat", daemon=True),
        ]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def stop(self, patience: float) -> bool:
        """Let the job at hand end; answer whether it did. One that did not is taken back by another worker."""
        self.stopping.set()
        self.jobs.running = False
        for thread in self.threads:
            thread.join(patience)
        return not any(thread.is_alive() for thread in self.threads)

    def turn(self) -> None:
        if DBTaskResult.objects.ready().exists():
            self.jobs.run()
        now = clock.now()
        for path, interval in ROUNDS.items():
            if self.due.setdefault(path, now) <= now and not self.stopping.is_set():
                self.due[path] = now + interval
                go_round(import_string(path), now)

    def _work(self) -> None:
        try:
            again(self.turn, POLL_SECONDS, until=self.stopping)
        finally:
            self.ended.set()

    def _beat(self) -> None:
        again(self._say_well, BEAT_SECONDS, until=self.ended)
        Worker.objects.filter(pk=self.id).delete()
        connection.close()

    def _say_well(self) -> None:
        beat(self.id)
        go_round(import_string(WATCH), clock.now())


def again(act: Callable[[], None], pause: float, *, until: threading.Event) -> None:
    while not until.is_set():
        close_old_connections()
        try:
            act()
        except Exception:
            # Whatever it was, for instance a database that is away for a while: this thread must be there afterwards.
            logger.exception("The worker goes on")
        until.wait(pause)
    connection.close()


def go_round(job: Callable[[datetime], object], now: datetime) -> None:
    try:
        job(now)
    except Exception:
        # One round that fails must not keep the others from their turn.
        logger.exception("A round failed: %s", job.__name__)


def beat(worker: str) -> None:
    Worker.objects.update_or_create(pk=worker, defaults={"beat_at": clock.now()})


def take_back(now: datetime) -> None:
    """Queue again what a worker had begun that was not heard of since. So every job may run twice."""
    Worker.objects.silent_since(now - LEASE).delete()
    alive = set(Worker.objects.values_list("pk", flat=True))
    for job in DBTaskResult.objects.running().filter(started_at__lt=now - LEASE):
        if job.worker_ids and job.worker_ids[-1] in alive:
            continue
        # Asked again, because somebody else may have taken it back in the meantime.
        same = DBTaskResult.objects.running().filter(pk=job.pk, started_at=job.started_at)
        if len(job.worker_ids) < MOST_WORKERS:
            taken = same.update(status=TaskResultStatus.READY, started_at=None)
            logger.warning("Job %s was taken back from a worker that died", job.pk, extra={"facts": {"taken": taken}})
        else:
            same.update(status=TaskResultStatus.FAILED, finished_at=now, exception_class_path="", traceback="")
            logger.error("Job %s is given up: %s workers died of it", job.pk, MOST_WORKERS)


def tidy_up(now: datetime) -> None:
    """Results of jobs, sessions that have ended and forms sent long ago are of no use to anybody."""
    DBTaskResult.objects.finished().filter(finished_at__lt=now - KEEP_RESULTS).delete()
    Session.objects.filter(expire_date__lt=now).delete()
    Sent.objects.filter(at__lt=now - KEEP_SENT).delete()
