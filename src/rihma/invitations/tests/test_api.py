import json
from typing import Any

from django.test import Client

from rihma.accounts.actions import issue_api_token
from rihma.accounts.models import Person
from rihma.calls.models import Call
from rihma.invitations.models import Invitation
from tests.conftest import Cast

SCOPES = ["invitations:read", "invitations:write"]


def asked(person: Person, method: str, path: str, given: object = None) -> tuple[int, Any]:
    token = issue_api_token(person, name=f"{method} {path}", scopes=SCOPES)
    client = Client(headers={"Authorization": f"Bearer {token}"})
    answer = client.generic(method, f"/api/v1/{path}", json.dumps(given or {}), content_type="application/json")
    return answer.status_code, answer.json()


def test_program_invites_and_reads_what_was_answered(closed_circle: Call, cast: Cast) -> None:
    path = f"calls/{closed_circle.pk}/invitations"
    given = {"people": [{"email": cast["convener"].email, "language": "sv"}], "words": "Hej"}
    status, made = asked(cast["owner"], "POST", path, given)
    assert (status, [one["state"] for one in made]) == (200, ["invited"])
    status, own = asked(cast["convener"], "POST", f"invitations/{made[0]['id']}/accept")
    assert (status, own["state"]) == (200, "accepted")
    _status, listed = asked(cast["owner"], "GET", path)
    assert [(one["email"], one["state"]) for one in listed] == [(cast["convener"].email, "accepted")]


def test_program_of_others_finds_nothing(invitation: Invitation, cast: Cast) -> None:
    assert asked(cast["convener"], "GET", f"calls/{invitation.call_id}/invitations")[0] == 404
    for verb in ("accept", "decline", "revoke", "remind"):
        assert asked(cast["outsider"], "POST", f"invitations/{invitation.pk}/{verb}")[0] == 404
    assert asked(cast["outsider"], "GET", "invitations") == (200, [])


def test_program_hears_what_is_no_address(closed_circle: Call, cast: Cast) -> None:
    status, problem = asked(
        cast["owner"], "POST", f"calls/{closed_circle.pk}/invitations", {"people": [{"email": "nobody"}]}
    )
    assert (status, problem["code"]) == (409, "address")
