"""Jurors get the files of answers that they may read: none of a tied application, no name where names are kept back."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from rihma.applications import actions as applications
from rihma.applications.models import AnswerFile, Application
from rihma.attachments.tests.conftest import pdf
from rihma.base.words import Words
from rihma.calls.models import Question
from rihma.calls.tests.conftest import ClientOf
from rihma.reviews import actions
from rihma.reviews.models import Assignment
from tests.conftest import Cast


@pytest.fixture
def plan(reading: list[Application], cast: Cast, settings: Any, tmp_path: Path) -> AnswerFile:
    """Sent along with a third application, which lies before the juror."""
    settings.FILES = tmp_path / "files"
    call, by = reading[0].call, cast["member"]
    asked = Question.objects.create(
        call=call, key="plan", number=2, label=Words(en="The plan"), kind="file", required=False
    ).asked
    draft = applications.start(call, by=by)
    applications.save(draft, answers={"problem": "Debt."}, by=by, name="Hillside")
    sent = applications.add_file(draft, asked, pdf(), name="Hillside.pdf", by=by)
    applications.submit(draft, by=by)
    actions.assign(Application.objects.get(pk=draft.pk), cast["juror"], by=cast["owner"])
    return sent


def address(plan: AnswerFile, **more: Any) -> str:
    own = Assignment.objects.get(application=plan.application)
    return reverse("reviews:file", kwargs={"assignment_id": own.pk, "key": "plan", "file_id": plan.pk, **more})


@pytest.mark.req("S1", "S2")
def test_juror_gets_the_file_of_what_lies_before_them_and_nobody_else_does_by_that_way(
    plan: AnswerFile, cast: Cast, client_of: ClientOf
) -> None:
    juror, own = client_of(cast["juror"]), Assignment.objects.get(application=plan.application)
    page = juror.get(own.get_absolute_url()).text
    answer = juror.get(address(plan))
    assert (address(plan) in page, "Hillside.pdf" in page, answer.content) == (True, True, pdf())
    assert answer["Content-Disposition"] == 'attachment; filename="Hillside.pdf"'
    others = [client_of(cast[one]).get(address(plan)).status_code for one in ("expert", "owner", "convener", "member")]
    other = Assignment.objects.filter(person=cast["juror"]).exclude(pk=own.pk)[0]
    assert (others, juror.get(address(plan, assignment_id=other.pk)).status_code) == ([404] * 4, 404)


def test_file_of_an_answer_that_jurors_do_not_read_is_not_theirs(
    plan: AnswerFile, cast: Cast, client_of: ClientOf
) -> None:
    Question.objects.filter(key="plan").update(readers=[])
    assert client_of(cast["juror"]).get(address(plan)).status_code == 404


@pytest.mark.req("S12")
def test_conflict_hides_the_file_at_once(plan: AnswerFile, cast: Cast, client_of: ClientOf) -> None:
    where = address(plan)
    own = Assignment.objects.get(application=plan.application)
    actions.declare(own, reason="My sister.", by=cast["juror"])
    assert client_of(cast["juror"]).get(where).status_code == 404


def test_name_of_a_file_tells_nobody_who_sent_it_where_names_are_kept_back(
    plan: AnswerFile, cast: Cast, client_of: ClientOf
) -> None:
    reviewing = Application.objects.get(pk=plan.application_id).counts_for.reviewing
    reviewing.blind = True
    reviewing.save(update_fields=["blind"])
    juror, own = client_of(cast["juror"]), Assignment.objects.get(application=plan.application)
    answer = juror.get(address(plan))
    told = juror.get(f"/api/v1/reviews/{own.pk}").json()["answers"][1]["files"]
    assert answer["Content-Disposition"] == 'attachment; filename="File 1.pdf"'
    assert [one["name"] for one in told] == ["File 1.pdf"]
    assert "Hillside" not in juror.get(own.get_absolute_url()).text
    assert juror.get(f"/api/v1/reviews/{own.pk}/files/plan/{plan.pk}").content == pdf()
