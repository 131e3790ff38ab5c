import json
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from rihma.applications.models import Application
from rihma.history.models import Event
from rihma.records import actions
from rihma.records.models import Case
from rihma.records.taking_out.archive import archived, folder_of
from rihma.records.taking_out.told import case_told
from rihma.records.tests.conftest import ClientOf
from rihma.reviews.models import Assignment, Review
from rihma.selection import actions as selection
from rihma.selection.models import Decision
from rihma.teams.models import Member
from tests.conftest import Cast


def zipped(application: Application) -> bytes:
    return b"".join(archived([application.case]))


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_case_holds_data_papers_and_digests_that_fit(application: Application, cast: Cast) -> None:
    selection.decide(application, Decision.Outcome.DECLINED, reason="Too wide.", by=cast["owner"])
    with ZipFile(BytesIO(zipped(application))) as archive:
        folder = folder_of(application.case)
        listed = dict(line.split("  ")[::-1] for line in archive.read("SHA256SUMS").decode().splitlines())
        found = {name: sha256(archive.read(name)).hexdigest() for name in archive.namelist() if name != "SHA256SUMS"}
        told = json.loads(archive.read(f"{folder}/case.json"))
    assert listed == found
    assert sorted(found) == [f"{folder}/{name}" for name in ("case.json", "case.pdf", "copy.pdf")]
    assert (told["number"], told["decision"]["reason"]) == (application.case.number, "Too wide.")
    assert [receipt["digest"] for receipt in told["receipts"]] == [application.receipt.digest]
    assert {"started", "submitted", "registered"} <= {event["verb"] for event in told["history"]}


def test_same_case_gives_the_same_bytes(application: Application, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["owner"])
    taken = [client.post(f"/en/applications/{application.pk}/case.zip").getvalue() for _each in range(2)]
    assert taken[0] == taken[1] == zipped(application)
    assert Event.objects.filter(verb="taken_out").count() == 2


def test_papers_are_for_archives_and_for_screen_readers(application: Application) -> None:
    with ZipFile(BytesIO(zipped(application))) as archive:
        papers = [archive.read(name) for name in archive.namelist() if name.endswith(".pdf")]
    said = [PdfReader(BytesIO(paper)).metadata.title is not None for paper in papers]
    marks = [(b"pdfaid:part" in paper, b"pdfuaid:part" in paper) for paper in papers]
    assert (said, marks) == ([True, True], [(True, True)] * 2)


def test_copy_holds_no_secret_in_any_byte_that_can_be_read(
    application: Application, cast: Cast, client_of: ClientOf
) -> None:
    actions.mark_secret(application, "phenomenon", because="A trade secret.", by=cast["convener"])
    pdf = client_of(cast["owner"]).get(f"/en/applications/{application.pk}/redacted.pdf").getvalue()
    text = words(pdf)
    hidden = (application.receipt.digest[:16], "salt", "Cecilia", "Koskenniem", "040 123", "saarnila", "131052")
    assert ([one for one in hidden if one in text], "pays too much" in text) == ([], True)


def test_review_by_a_juror_who_came_into_conflict_is_marked(application: Application, cast: Cast) -> None:
    for role in ("juror", "mentor"):
        assignment = Assignment.objects.create(application=application, person=cast[role])
        Review.objects.create(assignment=assignment, state=Review.State.SENT, scores={"need": 4}, overall="Good.")
    Member.objects.create(team=application.team, person=cast["mentor"], state=Member.State.LEFT)
    told = case_told(application.case)["reviews"]
    assert {one["juror"]: (one["counts"], one["conflict"]) for one in told} == {
        cast["juror"].name: (True, ""),
        cast["mentor"].name: (False, "member"),
    }


def test_case_that_was_disposed_of_can_still_be_taken_out(application: Application) -> None:
    Case.objects.update(disposed_at=application.case.given_at)
    application.receipts.update(content={})
    assert zipped(application)[:2] == b"PK"


def test_folder_is_a_name_on_any_disk(application: Application) -> None:
    application.case.number = "VM/2026/.. 17:ä"
    assert folder_of(application.case) == "VM-2026-17"


def test_stream_holds_one_file_at_a_time(application: Application) -> None:
    """However many cases there are: none is read before those ahead of it have been sent."""
    asked = []

    def many() -> Iterator[Case]:
        for number in range(3):
            asked.append(number)
            yield Case.objects.get(pk=application.case.pk)

    held = [(len(asked), len(chunk) > 0) for chunk in archived(many())]
    assert held == [(1, True)] * 3 + [(2, True)] * 3 + [(3, True)] * 4


@pytest.mark.req("S1")
@pytest.mark.parametrize("role", ["convener", "juror", "outsider"])
def test_nobody_else_takes_a_case_out(application: Application, cast: Cast, client_of: ClientOf, role: str) -> None:
    client = client_of(cast[role])
    answers = [
        client.post(f"/en/applications/{application.pk}/case.zip"),
        client.get(f"/en/applications/{application.pk}/redacted.pdf"),
        client.post("/en/programmes/spring/records/cases.zip"),
    ]
    assert {answer.status_code for answer in answers} == {404}


def test_who_must_not_meet_an_application_takes_no_reviews_of_it_out(
    application: Application, cast: Cast, client_of: ClientOf
) -> None:
    """Somebody who runs the programme and is in the team would read what jurors say of them."""
    Member.objects.create(team=application.team, person=cast["facilitator"], state=Member.State.CONFIRMED)
    client = client_of(cast["facilitator"])
    one = client.post(f"/en/applications/{application.pk}/case.zip")
    every = client.post("/en/programmes/spring/records/cases.zip").getvalue()
    with ZipFile(BytesIO(every)) as archive:
        listed = archive.namelist()
    assert (one.status_code, listed) == (404, ["SHA256SUMS"])


def test_team_takes_out_what_it_sent_with_the_proof_of_its_arrival(
    application: Application, cast: Cast, client_of: ClientOf
) -> None:
    address = f"/en/applications/{application.pk}/application.pdf"
    page = client_of(cast["convener"]).get(application.get_absolute_url()).text
    assert address in page
    answer = client_of(cast["convener"]).get(address)
    told = words(answer.content)
    assert application.arrived.number in told
    assert application.arrived.digest in told.replace(" ", "")
    assert cast["convener"].name in told
    assert answer.headers["Content-Disposition"].startswith("attachment")
    for role in ("outsider", "other_convener", "juror", "owner"):
        assert client_of(cast[role]).get(address).status_code == 404
