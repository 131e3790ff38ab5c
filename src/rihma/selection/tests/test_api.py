import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rihma.accounts.actions import issue_api_token
from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.selection import actions
from rihma.selection.models import Decision
from rihma.selection.tests.conftest import Applied
from tests.conftest import Cast

API = "/api/v1"
SCOPES = ["applications:read", "decisions:read", "decisions:write"]
EXTRA = {"role": "owner", "is_staff": True, "programme_id": 1, "score": 5, "decided_at": "2001-01-01", "by": "me"}


def program_of(person: Person) -> Client:
    token = issue_api_token(person, name="program", scopes=SCOPES)
    return Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"})


def test_decision_is_written_as_on_the_page(three: list[Application], cast: Cast) -> None:
    address = f"{API}/applications/{three[0].pk}/decision"
    client = program_of(cast["owner"])
    answer = client.put(address, {"outcome": "reserve", "reason": "Near."}, content_type="application/json")
    kept = Decision.objects.values_list("outcome", "reason", "by").get()
    assert (answer.status_code, answer.json(), kept) == (
        200,
        client.get(address).json(),
        ("reserve", "Near.", cast["owner"].pk),
    )


def test_refused_decision_says_why_and_writes_nothing(three: list[Application], cast: Cast) -> None:
    address = f"{API}/applications/{three[0].pk}/decision"
    answer = program_of(cast["owner"]).put(address, {"outcome": "declined"}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"], Decision.objects.count()) == (409, "reason", 0)


def test_decision_that_was_changed_meanwhile_is_not_overwritten(three: list[Application], cast: Cast) -> None:
    address = f"{API}/applications/{three[0].pk}/decision"
    actions.decide(three[0], Decision.Outcome.RESERVE, reason="Near.", by=cast["owner"])
    client = program_of(cast["owner"])
    mark = client.get(address).json()["mark"]
    actions.decide(three[0], Decision.Outcome.ACCEPTED, by=cast["facilitator"])
    sent = {"outcome": "declined", "reason": "No.", "seen": mark}
    assert client.put(address, sent, content_type="application/json").status_code == 409
    assert Decision.objects.get().outcome == "accepted"


@pytest.mark.req("S6")
def test_fields_that_nobody_asks_for_change_nothing(three: list[Application], cast: Cast) -> None:
    address = f"{API}/applications/{three[0].pk}/decision"
    sent = {**EXTRA, "outcome": "accepted", "application": str(three[1].pk)}
    program_of(cast["owner"]).put(address, sent, content_type="application/json")
    decided = Decision.objects.get()
    assert (decided.application, decided.by, decided.decided_at.year > 2001) == (three[0], cast["owner"], True)
    assert Person.objects.filter(is_staff=True).count() == 1


@pytest.mark.req("S3")
@pytest.mark.parametrize("role", ["convener", "other_convener", "juror", "outsider"])
def test_nobody_else_reads_decisions_before_the_announcement(three: list[Application], cast: Cast, role: str) -> None:
    actions.decide(three[0], Decision.Outcome.ACCEPTED, by=cast["owner"])
    client = program_of(cast[role])
    addresses = [f"{API}/applications/{three[0].pk}/decision", f"{API}/calls/{three[0].call_id}/decisions"]
    assert [client.get(address).status_code for address in addresses] == [404, 404]


def test_team_reads_its_own_decision_after_the_announcement(three: list[Application], cast: Cast) -> None:
    for one in three:
        actions.decide(one, Decision.Outcome.DECLINED, reason="Too wide.", by=cast["owner"])
    actions.announce(three[0].call.last_intake, by=cast["owner"])
    client = program_of(cast["convener"])
    codes = [client.get(f"{API}/applications/{one.pk}/decision").status_code for one in three]
    assert codes == [200, 404, 404]


def test_owner_pages_through_applications_in_order_of_arrival(three: list[Application], cast: Cast) -> None:
    client = program_of(cast["owner"])
    pages = [client.get(f"{API}/applications?limit=2&offset={offset}").json() for offset in (0, 2)]
    listed = [one["receipt"]["number"] for page in pages for one in page["items"]]
    assert ([page["count"] for page in pages], listed) == ([3, 3], sorted(one.receipt.number for one in three))


def test_list_takes_the_same_queries_however_many_there_are(
    three: list[Application], cast: Cast, applied: Applied
) -> None:
    client = program_of(cast["owner"])
    client.get(f"{API}/applications")  # the day of its use is noted once
    counts = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{API}/applications")
        counts.append(len(asked))
        applied(cast["juror"], "Another team")
    assert counts[0] == counts[1]


def test_one_application_tells_its_answers(three: list[Application], cast: Cast) -> None:
    told = program_of(cast["owner"]).get(f"{API}/applications/{three[0].pk}").json()
    assert (told["team"], told["answers"]) == ("Debt advisers", {"problem": "It is hard."})


def test_description_of_the_api_names_every_address_of_a_case() -> None:
    paths = Client().get(f"{API}/openapi.json").json()["paths"]
    mine = {path: sorted(verbs) for path, verbs in paths.items() if "/calls" in path or "/applications" in path}
    assert mine == {
        "/api/v1/calls": ["get"],
        "/api/v1/calls/{call_id}": ["get"],
        "/api/v1/calls/{call_id}/challenges": ["get"],
        "/api/v1/calls/{call_id}/decisions": ["get"],
        "/api/v1/calls/{call_id}/form": ["get"],
        "/api/v1/calls/{call_id}/invitations": ["get", "post"],
        "/api/v1/applications": ["get", "post"],
        "/api/v1/applications/{application_id}": ["get"],
        "/api/v1/applications/{application_id}/submit": ["post"],
        "/api/v1/applications/{application_id}/decision": ["get", "put"],
        "/api/v1/applications/{application_id}/files/{file_id}": ["get"],
    }
