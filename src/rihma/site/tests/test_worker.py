"""Background jobs: done soon, never lost with a worker that died."""

import threading
import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from rihma.base import clock
from rihma.notices.models import Message
from rihma.site import mail
from rihma.site.models import Worker
from rihma.site.worker import KEEP_RESULTS, LEASE, MOST_WORKERS, WorkerThread, beat, take_back, tidy_up

SOON = 10.0
done = threading.Event()


@task()
def ring() -> None:
    done.set()


@task()
def fail() -> None:
    raise RuntimeError("this job breaks")


@pytest.fixture
def worker(settings: Settings) -> WorkerThread:
    settings.MAILERS = mail.mailers("", settings.MAIL_DIR)
    done.clear()
    return WorkerThread()


@pytest.mark.django_db(transaction=True)
def test_job_is_done_soon_and_the_thread_ends_when_told(worker: WorkerThread) -> None:
    worker.start()
    ring.enqueue()
    assert done.wait(SOON)
    assert worker.stop(SOON)
    assert Worker.objects.count() == 0
    assert [job.status for job in DBTaskResult.objects.filter(task_path=ring.module_path)] == ["SUCCESSFUL"]


@pytest.mark.django_db(transaction=True)
def test_worker_says_it_lives_before_it_takes_a_job(worker: WorkerThread) -> None:
    worker.start()
    until(lambda: Worker.objects.filter(pk=worker.id).exists())
    assert worker.stop(SOON)


@pytest.mark.django_db(transaction=True)
def test_job_that_breaks_does_not_stop_the_next(worker: WorkerThread) -> None:
    fail.enqueue()
    ring.enqueue()
    worker.turn()
    assert [job.status for job in DBTaskResult.objects.order_by("enqueued_at")[:2]] == ["FAILED", "SUCCESSFUL"]


@pytest.mark.django_db(transaction=True)
def test_outbox_is_looked_into_even_if_no_job_was_queued(worker: WorkerThread) -> None:
    message = Message.objects.create(
        kind="k", key="1", address="a@b.example", language="en", subject="s", body="b", state="queued"
    )
    worker.turn()
    message.refresh_from_db()
    assert message.state == "sent"


@pytest.mark.django_db
@pytest.mark.parametrize(("workers_before", "status"), [(1, "READY"), (MOST_WORKERS, "FAILED")])
def test_job_of_a_dead_worker_is_taken_back_unless_it_kills_them_all(workers_before: int, status: str) -> None:
    job = running(["dead"] * workers_before, ago=LEASE * 2)
    Worker.objects.create(pk="dead", beat_at=clock.now() - LEASE * 2)
    take_back(clock.now())
    job.refresh_from_db()
    assert job.status == status


@pytest.mark.django_db
def test_job_of_a_living_worker_may_take_long() -> None:
    beat("alive")
    job = running(["alive"], ago=timedelta(hours=3))
    take_back(clock.now())
    job.refresh_from_db()
    assert job.status == "RUNNING"


@pytest.mark.django_db
def test_job_just_begun_is_left_alone() -> None:
    job = running(["unheard-of"], ago=timedelta(seconds=1))
    take_back(clock.now())
    job.refresh_from_db()
    assert job.status == "RUNNING"


@pytest.mark.django_db
def test_old_results_and_ended_sessions_are_swept_out() -> None:
    now = clock.now()
    for age in (KEEP_RESULTS * 2, timedelta(0)):
        job = running(["w"], ago=age)
        DBTaskResult.objects.filter(pk=job.pk).update(status=TaskResultStatus.SUCCESSFUL, finished_at=now - age)
    Session.objects.create(session_key="old", expire_date=now - timedelta(days=1))
    Session.objects.create(session_key="new", expire_date=now + timedelta(days=1))
    tidy_up(now)
    assert (DBTaskResult.objects.count(), [each.pk for each in Session.objects.all()]) == (1, ["new"])


def running(workers: list[str], ago: timedelta) -> "DBTaskResult[[], None]":
    job: DBTaskResult[[], None] = DBTaskResult.objects.get(pk=ring.enqueue().id)
    DBTaskResult.objects.filter(pk=job.pk).update(
        status=TaskResultStatus.RUNNING, worker_ids=workers, started_at=clock.now() - ago
    )
    return job


def until(holds: object) -> None:
    give_up = time.monotonic() + SOON
    assert callable(holds)
    while not holds():
        assert time.monotonic() < give_up
