"""Nobody sends files without end: so many within an hour, and then in words when the next one may come."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from time_machine import travel

from rihma.attachments import pruning
from rihma.attachments.models import Attachment, Sending
from rihma.attachments.tests.conftest import Attach, ClientOf, guest_of, photo, post, text_of
from rihma.base import clock
from rihma.base.files.pace import COUNTED_FOR
from rihma.base.refused import Refused
from rihma.canvases.models import Canvas
from tests.conftest import Cast


@pytest.fixture(autouse=True)
def _few(settings: Any) -> None:
    settings.FILES_AN_HOUR = {"person": 3, "guest": 2}


@pytest.mark.req("S16")
def test_guest_who_sent_the_most_is_told_when_the_next_may_come(canvas: Canvas, cast: Cast, attach: Attach) -> None:
    guest, client = guest_of(canvas, cast["convener"])
    began = clock.now()
    with travel(began, tick=False):
        attach(by=guest)
    with travel(began + timedelta(minutes=20), tick=False):
        attach(by=guest)
        answer = post(client, canvas, photo())
    assert (answer.status_code, Attachment.objects.count()) == (422, 2)
    said = "You sent 2 files within an hour, and that is the most. You can send the next one in 40 minutes."
    assert said in text_of(answer)
    with travel(began + timedelta(minutes=60, seconds=1)):
        assert post(client, canvas, photo()).status_code == 302


def test_people_may_send_more_and_each_is_counted_alone(attach: Attach, cast: Cast) -> None:
    for _n in range(3):
        attach()
    with pytest.raises(Refused, match="You sent 3 files"):
        attach()
    attach(by=cast["member"])


def test_file_that_was_looked_into_and_refused_counts(attach: Attach) -> None:
    for _n in range(3):
        with pytest.raises(Refused, match="damaged"):
            attach(photo()[:600])
    with pytest.raises(Refused, match="You sent 3 files"):
        attach()


def test_file_that_nobody_looked_into_does_not_count(attach: Attach) -> None:
    for content in (b"words", b"<html>", b"%!PS"):
        with pytest.raises(Refused, match="not taken here"):
            attach(content)
    assert Sending.objects.count() == 0


def test_file_removed_again_still_counts(attach: Attach) -> None:
    for _n in range(3):
        attach().delete()
    with pytest.raises(Refused, match="You sent 3 files"):
        attach()


def test_program_is_told_in_the_same_words(attach: Attach, canvas: Canvas, cast: Cast, client_of: ClientOf) -> None:
    for _n in range(3):
        attach()
    wall = SimpleUploadedFile("wall.jpg", photo(), "image/jpeg")
    answer = client_of(cast["convener"]).post(
        f"/api/v1/canvases/{canvas.pk}/files", {"upload": wall, "zone": "wanted", "lang": "en"}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "too_often")


def test_what_was_counted_is_forgotten_after_the_hour(attach: Attach) -> None:
    attach()
    pruning.prune(clock.now())
    assert Sending.objects.count() == 1
    pruning.prune(clock.now() + COUNTED_FOR)
    assert Sending.objects.count() == 0
