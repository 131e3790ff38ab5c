"""Files of an application in its archive, in the copy for whoever asks, and when their time has come."""

import json
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from rihma.applications import actions as applications
from rihma.applications.erasing import forget_content, forget_draft
from rihma.applications.models import AnswerFile, Application
from rihma.attachments.tests.conftest import pdf
from rihma.base.files import store
from rihma.base.words import Words
from rihma.calls.models import Call, Question
from rihma.calls.rules import Asked
from rihma.calls.tests.conftest import ClientOf
from rihma.records import actions
from rihma.records.queries import copy_of
from rihma.records.redacting import BLACK
from rihma.records.taking_out.archive import archived
from tests.conftest import Cast


@pytest.fixture
def asked(call: Call, settings: Any, tmp_path: Path) -> Asked:
    settings.FILES = tmp_path / "files"
    label = Words(fi="Suunnitelma", sv="Plan", en="The plan")
    return Question.objects.create(call=call, key="plan", number=2, label=label, kind="file", required=False).asked


@pytest.fixture
def plan(asked: Asked, application: Application, cast: Cast) -> AnswerFile:
    sent = applications.add_file(application, asked, pdf(), name="Cecilia: budget?.pdf", by=cast["convener"])
    applications.submit(application, by=cast["convener"])
    application.refresh_from_db()
    return sent


def taken(application: Application) -> bytes:
    return b"".join(archived([Application.objects.get(pk=application.pk).case]))


def test_archive_carries_each_file_with_its_digest_and_stays_the_same(
    plan: AnswerFile, application: Application, asked: Asked, cast: Cast
) -> None:
    # sent since, and not submitted: no part of the case
    applications.add_file(
        application, asked, pdf(lambda w: w.add_metadata({"/Title": "x"})), name="x.pdf", by=cast["convener"]
    )
    first = taken(application)
    with ZipFile(BytesIO(first)) as archive:
        listed = {line.split("  ")[1]: line.split("  ")[0] for line in archive.read("SHA256SUMS").decode().splitlines()}
        files = [name for name in archive.namelist() if "/files/" in name]
        told = json.loads(archive.read(next(name for name in archive.namelist() if name.endswith("case.json"))))
        content, whole = archive.read(files[0]), archive.testzip()
    assert [name.partition("/")[2] for name in files] == [f"files/plan/{plan.digest[:12]}-Cecilia_ budget_.pdf"]
    assert (content, listed[files[0]], whole) == (pdf(), sha256(pdf()).hexdigest(), None)
    assert [(one["sha256"], one["path"], one["secret"], one["lost"]) for one in told["files"]] == [
        (plan.digest, files[0].partition("/")[2], False, False)
    ]
    assert taken(application) == first


def test_lost_bytes_are_told_and_keep_nothing_else_from_being_taken_out(
    plan: AnswerFile, application: Application
) -> None:
    store.drop(plan.file)
    with ZipFile(BytesIO(taken(application))) as archive:
        told = json.loads(archive.read(next(name for name in archive.namelist() if name.endswith("case.json"))))
    assert [one["lost"] for one in told["files"]] == [True]


def test_copy_names_a_file_without_people_and_leaves_one_of_a_secret_part_out(
    plan: AnswerFile, application: Application, cast: Cast, client_of: ClientOf
) -> None:
    where = f"/en/applications/{application.pk}/redacted/"
    assert [one.text for one in copy_of(application)][-1].startswith(f"{BLACK}: budget?.pdf (PDF")
    assert f"/files/plan/{plan.pk}/" in client_of(cast["owner"]).get(where).text
    actions.mark_secret(application, "answer.plan", because="Prices.", by=cast["convener"])
    assert [one.text for one in copy_of(application)][-1] == f"{BLACK} 1 file is left out."
    page = client_of(cast["owner"]).get(where)
    assert (f"/files/plan/{plan.pk}/" in page.text, "budget" in page.text) == (False, False)


def test_team_finds_its_files_in_the_pdf_of_what_it_sent(
    plan: AnswerFile, application: Application, cast: Cast, client_of: ClientOf
) -> None:
    answer = client_of(cast["convener"]).get(f"/en/applications/{application.pk}/application.pdf")
    told = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split())
    assert "Cecilia: budget?.pdf (PDF" in told


@pytest.mark.req("P3")
@pytest.mark.django_db(transaction=True)
def test_bytes_go_from_the_disk_with_the_answers(
    plan: AnswerFile, application: Application, asked: Asked, call: Call, cast: Cast, settings: Any
) -> None:
    draft = applications.start(call, by=cast["other_convener"])
    applications.add_file(draft, asked, pdf(), name="plan.pdf", by=cast["other_convener"])
    left = [len(list(settings.FILES.glob("*/*")))]
    for forget, one in ((forget_content, application), (forget_draft, draft)):
        forget(one)
        left.append(len(list(settings.FILES.glob("*/*"))))
    assert (left, AnswerFile.objects.count()) == ([2, 1, 0], 0)
