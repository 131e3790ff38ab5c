from datetime import date

import pytest
from django.test import Client

from rihma.accounts.actions import issue_api_token
from rihma.accounts.models import Person
from rihma.accounts.scopes import EVERYTHING
from rihma.experiments.models import Experiment, Observation
from tests.conftest import Cast

API = "/api/v1/experiments"


def client_with_token(person: Person) -> Client:
    return Client(
        headers={
            "authorization": f"Bearer {issue_api_token(person, name='test', scopes=[EVERYTHING])}",
            "accept-language": "en",
        }
    )


def test_read_gives_plan_lock_and_verdict(ended: Experiment, cast: Cast) -> None:
    told = client_with_token(cast["mentor"]).get(f"{API}/{ended.pk}").json()
    assert (told["state"], told["lock_holds"], told["verdict"]["answer"]) == ("ended", True, "met")
    assert told["plan"] == told["versions"][0]["plan"] == ended.plan.record()


def test_read_keeps_the_verdict_back_until_the_end(running: Experiment, cast: Cast) -> None:
    assert client_with_token(cast["convener"]).get(f"{API}/{running.pk}").json()["verdict"] is None


def test_start_answers_the_locked_version(ready: Experiment, cast: Cast) -> None:
    client = client_with_token(cast["convener"])
    versions = [client.post(f"{API}/{ready.pk}/start").json() for _click in range(2)]
    assert [(version["number"], version["digest"]) for version in versions] == [(1, ready.versions.get().digest)] * 2


def test_refused_start_is_a_problem_with_a_code(draft: Experiment, cast: Cast) -> None:
    answer = client_with_token(cast["convener"]).post(f"{API}/{draft.pk}/start")
    assert (answer.status_code, answer.json()["code"]) == (409, "not_ready")


def test_observation_sent_twice_is_written_once(running: Experiment, cast: Cast, today: date) -> None:
    body = {
        "value": "61.5",
        "n": 17,
        "observed_on": today.isoformat(),
        "evidence": "answered",
        "once": "11111111-1111-4111-8111-111111111111",
    }
    client = client_with_token(cast["member"])
    codes = [client.post(f"{API}/{running.pk}/observations", body, "application/json").status_code for _ in range(2)]
    assert (codes, Observation.objects.count()) == ([201, 201], 1)


@pytest.mark.parametrize(
    ("value", "kept"),
    [(0.1 + 0.2, "0.3000"), (-99_999_999_999.9999, "-99999999999.9999"), ("0.30001", ""), (1e11, "")],
)
def test_computed_number_is_rounded_and_a_text_or_a_number_too_long_is_refused(
    running: Experiment, cast: Cast, today: date, value: object, kept: str
) -> None:
    body = {"value": value, "n": 1, "observed_on": today.isoformat(), "evidence": "answered"}
    client = client_with_token(cast["member"])
    answer = client.post(f"{API}/{running.pk}/observations", body, "application/json")
    assert answer.status_code == (201 if kept else 422)
    assert [str(one.value) for one in Observation.objects.all()] == ([kept] if kept else [])


def test_decision_names_who_carries_it_on(concluded: Experiment, cast: Cast, today: date) -> None:
    body = {"outcome": "adopt", "reason": "It helped.", "maker": "The board", "decided_on": today.isoformat()}
    client, place = client_with_token(cast["convener"]), f"{API}/{concluded.pk}/decision"
    silent = client.post(place, body, "application/json")
    named = client.post(place, {**body, "next_owner": "The agency"}, "application/json")
    assert (silent.status_code, silent.json()["field"]) == (409, "next_owner")
    assert (named.status_code, named.json()["next_owner"]) == (201, "The agency")


@pytest.mark.parametrize(("role", "codes"), [("outsider", [404, 404]), ("mentor", [200, 404])])
def test_programs_see_no_more_than_their_person(role: str, codes: list[int], ready: Experiment, cast: Cast) -> None:
    client = client_with_token(cast[role])
    answers = [client.get(f"{API}/{ready.pk}"), client.post(f"{API}/{ready.pk}/start")]
    assert [answer.status_code for answer in answers] == codes


def test_stranger_is_asked_for_a_token(ready: Experiment) -> None:
    assert Client().get(f"{API}/{ready.pk}").status_code == 401
