"""A file is removed by its author or who runs the programme, and its bytes with it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from time_machine import travel

from rihma.attachments import actions
from rihma.attachments.models import Attachment
from rihma.attachments.tests.conftest import Attach, guest_of, on_disk, photo, text_of, url
from rihma.base import clock
from rihma.base.files import pruning, store
from rihma.base.refused import Refused
from rihma.canvases.models import Canvas
from rihma.canvases.tests.conftest import ClientOf, Put
from rihma.history.models import Event
from tests.conftest import Cast


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ["convener", "facilitator", "owner"])
def test_author_and_those_who_run_it_remove_a_file_with_its_bytes(
    attach: Attach, cast: Cast, client_of: ClientOf, who: str
) -> None:
    attachment = attach()
    answer = client_of(cast[who]).post(url("remove", attachment.canvas, attachment.pk))
    assert (answer.status_code, on_disk(), Attachment.objects.count()) == (302, [], 0)
    assert Event.objects.filter(area="attachments", verb="removed", by=cast[who]).count() == 1


def test_other_members_remove_nothing(attach: Attach, cast: Cast, works: Client) -> None:
    attachment = attach()
    with pytest.raises(Refused, match="Only who added"):
        actions.remove(attachment, by=cast["member"])
    page = text_of(works.get(attachment.get_absolute_url()))
    assert ("Download" in page, "Remove this file?" in page) == (True, False)


@pytest.mark.django_db(transaction=True)
def test_guest_removes_their_own_and_no_other(attach: Attach, canvas: Canvas, cast: Cast) -> None:
    guest, client = guest_of(canvas, cast["convener"])
    own, other = attach(by=guest), attach()
    client.post(url("remove", canvas, own.pk))
    client.post(url("remove", canvas, other.pk))
    assert list(Attachment.objects.all()) == [other]


@pytest.mark.django_db(transaction=True)
def test_what_is_erased_takes_its_files_along(attach: Attach, canvas: Canvas, cast: Cast, put: Put) -> None:
    item = put()
    attach(item=item.pk)
    kept = attach(by=cast["member"])
    actions.erase_of_item(canvas, item.pk)
    assert on_disk() == [kept.file, f"{kept.file}.small"]
    actions.erase_of_writer(canvas, cast["member"])
    assert on_disk() == []


def test_bytes_that_no_row_speaks_of_are_pruned_after_a_day(attach: Attach) -> None:
    kept, _left = attach(), store.put(photo(), b"small")
    assert pruning.prune(clock.now()) == 0
    with travel(clock.now() + timedelta(hours=25)):
        assert pruning.prune(clock.now()) == 1
    assert on_disk() == [kept.file, f"{kept.file}.small"]


def test_operator_is_told_of_a_row_without_its_file(attach: Attach) -> None:
    attachment = attach()
    store.drop(attachment.file)
    said = StringIO()
    call_command("prune_files", stderr=said, stdout=StringIO())
    assert said.getvalue().startswith(f"Missing: {attachment.file}")


def test_page_without_its_file_answers_not_found(attach: Attach, works: Client) -> None:
    attachment = attach()
    store.drop(attachment.file)
    assert works.get(url("send", attachment.canvas, attachment.pk, "whole")).status_code == 404
