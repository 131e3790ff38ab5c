"""A file is read by whoever reads the answer that names it, and can do nothing where it is opened."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from rihma.applications import actions
from rihma.applications.models import Application
from rihma.applications.tests.test_files import PLAN, Add, ClientOf, _own_folder, add, address, question
from rihma.attachments.tests.conftest import photo
from rihma.calls.models import Call, Question
from rihma.teams import actions as teams
from rihma.teams.models import Team
from tests.conftest import Cast

__all__ = ["_own_folder", "add", "question"]


@pytest.fixture
def roles(cast: Cast, client_of: ClientOf) -> Callable[[str], dict[str, int]]:
    names = ("convener", "owner", "facilitator", "juror", "mentor", "other_convener", "outsider", None)

    def answers(where: str) -> dict[str, int]:
        return {str(one): client_of(cast[one] if one else None).get(where).status_code for one in names}

    return answers


@pytest.mark.req("S1", "S2")
def test_file_is_read_by_those_who_read_the_answer_and_by_nobody_else(
    application: Application, add: Add, cast: Cast, roles: Callable[[str], dict[str, int]]
) -> None:
    where = address(application, add().pk, name="file")
    hidden = dict.fromkeys(("owner", "facilitator", "juror", "mentor", "other_convener", "outsider", "None"), 404)
    assert roles(where) == {"convener": 200, **hidden}
    actions.submit(application, by=cast["convener"])
    assert roles(where) == {"convener": 200, **hidden, "owner": 200, "facilitator": 200}
    # sent since and not submitted: nobody else's
    later = address(application, add(photo(), "wall.jpg").pk, name="file")
    assert roles(later) == {"convener": 200, **hidden}


@pytest.mark.req("S2")
def test_file_is_found_only_under_its_own_application_and_question(
    application: Application, add: Add, call: Call, cast: Cast, client_of: ClientOf
) -> None:
    added = add()
    other = actions.start(call, by=cast["other_convener"])
    asked = [
        client_of(cast["other_convener"]).get(address(other, added.pk, name="file")),
        client_of(cast["convener"]).get(reverse("applications:file", args=[application.pk, "problem", added.pk])),
        client_of(cast["convener"]).get(reverse("applications:files", args=[application.pk, "problem"])),
        client_of(cast["owner"]).get(address(application)),
        client_of(cast["owner"]).post(address(application, added.pk, name="remove_file")),
    ]
    assert [one.status_code for one in asked] == [404] * 5


def test_public_answer_shows_its_files_to_everybody_once_the_team_is_in(
    application: Application, question: Question, add: Add, cast: Cast, roles: Callable[[str], dict[str, int]]
) -> None:
    question.readers = ["public"]
    question.save()
    where = address(application, add().pk, name="file")
    actions.submit(application, by=cast["convener"])
    assert roles(where)["None"] == 404
    teams.settle(application.team, Team.State.ADMITTED, by=cast["owner"])
    assert roles(where)["None"] == 200


@pytest.mark.req("S15", "S16")
def test_file_is_given_for_the_disk_and_can_do_nothing_where_it_is_opened(
    application: Application, add: Add, cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast["convener"])
    where = address(application, add(name="suunnitelma ä.pdf").pk, name="file")
    answer = client.get(where)
    assert answer.content == PLAN
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''suunnitelma%20%C3%A4.pdf")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert client.get(where, headers={"If-None-Match": answer["ETag"]}).status_code == 304
