"""A question that asks for files: sent, shown, taken out again, fixed by what arrives, and read by those who read the answer."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.applications import actions, pruning
from rihma.applications.models import AnswerFile, Application, FileSent
from rihma.attachments.tests.conftest import pdf, photo
from rihma.base import clock
from rihma.base.files import pruning as bytes_pruning
from rihma.base.files import store
from rihma.base.files.pace import COUNTED_FOR
from rihma.base.refused import Refused
from rihma.base.tests.test_look_into_documents import ooxml
from rihma.base.words import Words
from rihma.calls.models import Call, Question
from tests.conftest import Cast

type ClientOf = Callable[[Person | None], Client]
type Add = Callable[..., AnswerFile]
PLAN = pdf()


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.FILES = tmp_path / "files"


@pytest.fixture
def question(call: Call) -> Question:
    label = Words(fi="Suunnitelma", sv="Plan", en="The plan")
    return Question.objects.create(call=call, key="plan", number=2, label=label, kind="file", required=False, most=3)


@pytest.fixture
def add(application: Application, question: Question, cast: Cast) -> Add:
    def add(content: bytes = PLAN, name: str = "plan.pdf", by: str = "convener") -> AnswerFile:
        return actions.add_file(application, question.asked, content, name=name, by=cast[by])

    return add


def titled(title: str) -> bytes:
    return pdf(lambda writer: writer.add_metadata({"/Title": title}))


def on_disk(settings: Any) -> list[str]:
    return sorted(path.name for path in settings.FILES.glob("*/*"))


def address(application: Application, *more: object, name: str = "files") -> str:
    return reverse(f"applications:{name}", args=[application.pk, "plan", *more])


def post(client: Client, application: Application, *files: tuple[str, bytes], **headers: str) -> Any:
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(address(application), {"upload": uploads}, headers=headers)


def refusal_of(add: Add, content: bytes, settings: Any, name: str = "plan.pdf") -> str:
    with pytest.raises(Refused) as refused:
        add(content, name)
    assert (on_disk(settings), AnswerFile.objects.count()) == ([], 0)
    return str(refused.value)


def test_writer_sends_two_files_without_script_and_finds_them_with_what_they_are(
    application: Application, question: Question, cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast["convener"])
    form = client.get(application.get_absolute_url()).text
    assert ('name="files"' in form, "No files yet" in form) == (True, True)
    answer = post(client, application, ("plan.pdf", PLAN), ("budget.docx", ooxml()))
    assert (answer.status_code, answer["Location"]) == (302, address(application))
    page = client.get(address(application)).text
    assert ("plan.pdf" in page, "PDF · 1 page" in page, "budget.docx" in page, "Text (Word)" in page) == (True,) * 4
    application.refresh_from_db()
    first = AnswerFile.objects.get(kind="pdf")
    assert application.answers["plan"][0] == {
        "id": str(first.pk),
        "name": "plan.pdf",
        "kind": "pdf",
        "size": len(PLAN),
        "sha256": sha256(PLAN).hexdigest(),
        "pages": 1,
    }


def test_refused_file_keeps_none_of_the_others_out_and_is_named(
    application: Application, question: Question, cast: Cast, client_of: ClientOf
) -> None:
    answer = post(client_of(cast["convener"]), application, ("page.html", b"<html>"), ("plan.pdf", PLAN))
    assert (answer.status_code, "page.html: This kind of file is not taken here" in answer.text) == (422, True)
    assert [one.name for one in AnswerFile.objects.all()] == ["plan.pdf"]


def test_open_page_sends_one_and_hears_why_another_is_refused(
    application: Application, question: Question, cast: Cast, client_of: ClientOf
) -> None:
    client, headers = client_of(cast["convener"]), {"X-Requested-With": "fetch"}
    taken = post(client, application, ("plan.pdf", PLAN), **headers)
    refused = post(client, application, ("empty.pdf", b""), **headers)
    assert (taken.status_code, taken.json()["version"]) == (200, 2)
    assert (refused.status_code, refused.json()["detail"]) == (422, "empty.pdf: The file is empty. Choose another.")


@pytest.mark.req("S16")
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<svg/>", "not taken here"),
        (ooxml(more={"word/vbaProject.bin": b"1"}), "macros"),
        (ooxml(more={"word/media/a.png": b"\x00" * 8_000_000}), "far larger"),
        (pdf(lambda writer: writer.encrypt("x", algorithm="RC4-128")), "locked with a password"),
        (b"%PDF-1.7\nrubbish", "damaged"),
        (PLAN + b"\x00" * (10 * 1024 * 1024), "larger than 10 MB"),
    ],
)
def test_what_is_refused_leaves_nothing(add: Add, settings: Any, content: bytes, words: str) -> None:
    assert words in refusal_of(add, content, settings)


@pytest.mark.req("S16")
def test_question_takes_only_the_kinds_that_it_names_whatever_they_are_called(
    add: Add, question: Question, settings: Any
) -> None:
    question.file_kinds = ["pdf"]
    assert "Taken are: PDF." in refusal_of(add, photo(), settings, name="photo.pdf")
    question.most_megabytes = 1
    assert "larger than 1 MB" in refusal_of(add, PLAN + b"\x00" * 1024 * 1024, settings)


@pytest.mark.req("S16")
def test_photo_is_kept_without_its_place_and_named_for_what_it_is(add: Add) -> None:
    added = add(photo(comment=b"hidden words"), "photo.exe")
    kept = store.read(added.file)
    assert (added.name, b"hidden words" in kept, sha256(kept).hexdigest()) == ("photo.jpg", False, added.digest)


def test_same_file_sent_again_is_one(add: Add, settings: Any) -> None:
    assert add().pk == add(name="again.pdf").pk
    assert len(on_disk(settings)) == 1


def test_question_takes_no_more_than_it_says(add: Add) -> None:
    for number in range(3):
        add(titled(str(number)))
    with pytest.raises(Refused, match="at most 3 files"):
        add(photo())


@pytest.mark.req("S16")
def test_nobody_sends_files_without_end(add: Add, settings: Any) -> None:
    settings.FILES_AN_HOUR = {"person": 2}
    for _n in range(2):
        with pytest.raises(Refused, match="damaged"):
            add(b"%PDF-1.7\nrubbish")
    with pytest.raises(Refused, match="You sent 2 files within an hour"):
        add()
    assert (pruning.prune(clock.now()), pruning.prune(clock.now() + COUNTED_FOR)) == (0, 2)
    assert not FileSent.objects.exists()


@pytest.mark.req("R15")
@pytest.mark.django_db(transaction=True)
def test_several_who_send_at_once_lose_none_of_their_files(
    application: Application, question: Question, cast: Cast
) -> None:
    def send(number: int) -> None:
        try:
            actions.add_file(
                application, question.asked, titled(str(number)), name=f"{number}.pdf", by=cast["convener"]
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(send, range(3)))
    application.refresh_from_db()
    assert sorted(one["name"] for one in application.answers["plan"]) == ["0.pdf", "1.pdf", "2.pdf"]


def test_saving_the_form_does_not_touch_files_that_came_meanwhile(
    application: Application, question: Question, add: Add, cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast["convener"])
    client.get(application.get_absolute_url())
    add()
    sent = {"name": "Debt advisers", "language": "en", "question_problem": "Quiet debt", "version": "1"}
    client.post(reverse("applications:save", args=[application.pk]), sent)
    application.refresh_from_db()
    assert len(application.answers["plan"]) == 1


@pytest.mark.django_db(transaction=True)
def test_removed_file_goes_from_the_disk_unless_a_version_that_arrived_names_it(
    application: Application, question: Question, add: Add, cast: Cast, settings: Any
) -> None:
    first, second = add(), add(photo(), "wall.jpg")
    actions.remove_file(application, question.asked, second.pk, by=cast["convener"])
    assert on_disk(settings) == [first.file]
    receipt = actions.submit(application, by=cast["convener"])
    assert receipt.content["answers"]["plan"][0]["sha256"] == first.digest
    actions.remove_file(application, question.asked, first.pk, by=cast["convener"])
    assert on_disk(settings) == [first.file]
    application.refresh_from_db()
    # what arrived counts until it is submitted anew
    assert (len(application.answers["plan"]), application.edits) == (1, {"question_plan": []})
    anew = actions.submit(application, by=cast["convener"])
    assert (anew.version, anew.content["answers"]["plan"], on_disk(settings)) == (2, [], [first.file])


@pytest.mark.django_db(transaction=True)
def test_dropped_changes_take_their_files_along(
    application: Application, question: Question, add: Add, cast: Cast, settings: Any
) -> None:
    first = add()
    actions.submit(application, by=cast["convener"])
    add(photo(), "wall.jpg")
    actions.drop_edits(application, by=cast["convener"])
    assert on_disk(settings) == [first.file]


def test_file_may_come_later_where_the_question_may_be_answered_later(
    application: Application, question: Question, add: Add, cast: Cast
) -> None:
    actions.submit(application, by=cast["convener"])
    with clock.at(application.call.closes + timedelta(seconds=1)):
        with pytest.raises(Refused, match="The day for this answer has passed"):
            add()
        question.required_by = question.frozen_after = application.call.closes_on + timedelta(days=5)
        question.save()
        added = add()
    application.refresh_from_db()
    assert ([one["id"] for one in application.answers["plan"]], application.edits) == ([str(added.pk)], {})


def test_who_has_left_the_team_sends_nothing_more(add: Add, settings: Any) -> None:
    with pytest.raises(Refused, match="no longer in this team"):
        add(by="other_convener")
    assert on_disk(settings) == []


def test_bytes_of_an_answer_are_not_taken_for_left_behind(add: Add, settings: Any) -> None:
    added = add()
    left = store.put(b"left", b"")
    assert bytes_pruning.prune(clock.now() + timedelta(hours=25)) == 1
    assert (left in on_disk(settings), on_disk(settings)) == (False, [added.file])
    store.drop(added.file)
    assert bytes_pruning.missing() == [f"{added.file} of application {added.application_id}, file {added.pk}"]
