import json

from django.test import Client

from rihma.accounts.actions import issue_api_token
from rihma.accounts.models import Person
from rihma.accounts.scopes import EVERYTHING
from rihma.programmes.models import Programme
from rihma.teams.models import Team
from rihma.workshops import actions
from rihma.workshops.models import Workshop
from tests.conftest import Cast

PLACE = "/api/v1/workshops"


def program_of(person: Person) -> Client:
    token = issue_api_token(person, name="test", scopes=[EVERYTHING])
    return Client(headers={"authorization": f"Bearer {token}"})


def answer(client: Client, workshop: Workshop, answer: str) -> tuple[int, dict[str, object]]:
    response = client.post(f"{PLACE}/{workshop.pk}/answer", json.dumps({"answer": answer}), "application/json")
    return response.status_code, response.json()


def test_stranger_reads_public_facts_only(workshop: Workshop, programme: Programme, client: Client) -> None:
    listed = client.get(PLACE, {"programme": programme.slug}).json()
    assert [(one["id"], one["free_seats"], one["remote_link"], one["my_answer"]) for one in listed] == [
        (str(workshop.pk), 30, None, None)
    ]
    assert listed[0]["begins"] == workshop.begins.isoformat()
    assert listed == [client.get(f"{PLACE}/{workshop.pk}").json()]


def test_workshops_of_a_draft_are_not_found(workshop: Workshop, programme: Programme, client: Client) -> None:
    programme.state = Programme.State.DRAFT
    programme.save()
    assert client.get(PLACE, {"programme": programme.slug}).status_code == 404
    assert client.get(f"{PLACE}/{workshop.pk}").status_code == 404


def test_program_answers_for_its_person(workshop: Workshop, team: Team, cast: Cast) -> None:
    client = program_of(cast["member"])
    for _twice in range(2):
        assert answer(client, workshop, "in_room") == (200, {"answer": "in_room", "state": "confirmed", "place": 0})
    told = client.get(f"{PLACE}/{workshop.pk}").json()
    assert (told["my_answer"]["answer"], told["free_seats"], told["remote_link"]) == (
        "in_room",
        29,
        workshop.remote_link,
    )


def test_program_learns_its_place_in_the_queue(workshop: Workshop, team: Team, cast: Cast) -> None:
    actions.edit(workshop, seats=1, by=cast["owner"])
    actions.answer(workshop, "in_room", by=cast["convener"])
    assert answer(program_of(cast["member"]), workshop, "in_room") == (
        200,
        {"answer": "in_room", "state": "waiting", "place": 1},
    )


def test_refusal_reaches_a_program_with_its_code(workshop: Workshop, team: Team, cast: Cast) -> None:
    actions.cancel(workshop, by=cast["owner"])
    status, problem = answer(program_of(cast["member"]), workshop, "remote")
    assert (status, problem["code"]) == (409, "cancelled")


def test_unknown_answer_is_malformed(workshop: Workshop, team: Team, cast: Cast) -> None:
    assert answer(program_of(cast["member"]), workshop, "perhaps")[0] == 422


def test_outsider_finds_nothing_to_answer(workshop: Workshop, team: Team, cast: Cast, client: Client) -> None:
    assert answer(program_of(cast["outsider"]), workshop, "remote")[0] == 404
    assert answer(client, workshop, "remote")[0] == 401
