from collections.abc import Callable

import pytest
from django.test import Client

from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.reviews import actions
from rihma.reviews.models import Assignment, Review
from rihma.reviews.tests.conftest import Judge
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
type ClientOf = Callable[[Person | None], Client]


def test_program_reads_scores_and_sends_for_its_juror(
    reading: list[Application], cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast["juror"])
    listed = client.get("/api/v1/reviews").json()
    assert [(one["title"], one["state"]) for one in listed] == [
        ("Debt advisers", "waiting"),
        ("Archipelago", "waiting"),
    ]
    address = f"/api/v1/reviews/{listed[0]['id']}"
    whole = client.get(address).json()
    keys = [one["key"] for one in whole["criteria"]]
    assert whole["answers"][0]["text"].startswith("It is hard")
    said = {"version": 0, "scores": dict.fromkeys(keys, 4), "overall": "Good."}
    saved = client.put(address, said, content_type="application/json")
    assert (saved.status_code, saved.json()["version"]) == (200, 1)
    assert client.put(address, said, content_type="application/json").json()["code"] == "newer"
    assert client.post(f"{address}/send").json()["state"] == "sent"
    assert Review.objects.get().state == Review.State.SENT


@pytest.mark.parametrize("said", [{"scores": {"0": 3}}, {"scores": {"key": 0}}, {"scores": {"key": 6}}])
def test_score_that_no_page_offers_is_refused(
    reading: list[Application], cast: Cast, client_of: ClientOf, said: dict[str, dict[str, int]]
) -> None:
    key = str(reading[0].call.criteria.all()[0].pk)
    scores = {key if name == "key" else name: score for name, score in said["scores"].items()}
    assignment = Assignment.objects.get(application=reading[0], person=cast["juror"])
    answer = client_of(cast["juror"]).put(
        f"/api/v1/reviews/{assignment.pk}", {"version": 0, "scores": scores}, content_type="application/json"
    )
    assert (answer.status_code, Review.objects.exclude(scores={}).count()) == (409, 0)


def test_owner_reads_what_it_comes_to_and_a_juror_does_not(
    reading: list[Application], judge: Judge, cast: Cast, client_of: ClientOf
) -> None:
    judge(reading[0], cast["juror"], 5, 5, reason="Clear.")
    address = f"/api/v1/reviewing/{reading[0].call_id}"
    told = client_of(cast["owner"]).get(address).json()
    assert [(one["score"], one["reviews"], one["reasons"]) for one in told] == [(100.0, 1, ["Clear."]), (None, 0, [])]
    assert client_of(cast["juror"]).get(address).status_code == 404


@pytest.mark.req("S3")
def test_program_of_a_conflicted_juror_finds_nothing(
    reading: list[Application], cast: Cast, client_of: ClientOf
) -> None:
    assignment = Assignment.objects.get(application=reading[0], person=cast["juror"])
    actions.declare(assignment, by=cast["juror"])
    client = client_of(cast["juror"])
    assert [one["title"] for one in client.get("/api/v1/reviews").json()] == ["Archipelago"]
    assert client.get(f"/api/v1/reviews/{assignment.pk}").status_code == 404
