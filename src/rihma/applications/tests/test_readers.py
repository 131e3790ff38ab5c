"""Who reads which answer, and in which words it was asked."""

from typing import Any

import pytest
from django.urls import reverse

from rihma.applications import actions
from rihma.applications.answers.reading import Role, visible_answers
from rihma.applications.models import Application
from rihma.base.words import Words
from rihma.calls import actions as calls
from rihma.calls.models import Question
from rihma.calls.tests.conftest import WHY, ClientOf
from rihma.teams.models import Team
from tests.conftest import Cast

READERS: dict[str, list[str]] = {"jury": ["jurors"], "teams": ["jurors", "teams"], "all": ["public"], "own": []}


@pytest.fixture
def sent(application: Application, cast: Cast) -> Application:
    """Each of its answers is the name of those who read it."""
    for name, readers in READERS.items():
        fields: Any = {"label": Words(en=name), "required": False, "kind": "short", "readers": readers}
        calls.add_question(application.call, because=WHY, by=cast["owner"], **fields)
    named = {name: f"for-{name}" for name in READERS}
    actions.save(application, answers=named, by=cast["convener"])
    actions.submit(application, by=cast["convener"])
    return Application.objects.select_related("call__programme", "team", "receipt").get(pk=application.pk)


def read(application: Application, role: Role) -> set[str]:
    return {one.question.key for one in visible_answers(application, role)} & set(READERS)


def edit(question: Question, cast: Cast, **more: Any) -> None:
    said: Any = {"label": question.label, "required": question.required, **more}
    calls.edit_question(question, seen=question.mark, because=WHY, by=cast["owner"], **said)


@pytest.mark.parametrize(
    ("role", "keys"),
    [
        ("owners", {"jury", "teams", "all", "own"}),
        ("writers", {"jury", "teams", "all", "own"}),
        ("jurors", {"jury", "teams", "all"}),
        ("teams", {"teams", "all"}),
        ("public", {"all"}),
    ],
)
def test_each_reads_what_the_form_said(sent: Application, role: Role, keys: set[str]) -> None:
    assert read(sent, role) == keys


def test_readers_that_became_fewer_are_fewer_for_what_was_sent_too(sent: Application, cast: Cast) -> None:
    edit(sent.call.questions.get(key="all"), cast, readers=["jurors"])
    assert (read(sent, "public"), read(sent, "jurors")) == (set(), {"jury", "teams", "all"})


def test_answer_is_read_in_the_words_that_were_asked(sent: Application, cast: Cast, client_of: ClientOf) -> None:
    edit(sent.call.questions.get(key="problem"), cast, label=Words(en="What hurts?"))
    page = client_of(cast["owner"]).get(sent.get_absolute_url()).text
    assert ("What is the problem?" in page, "What hurts?" in page) == (True, False)
    assert "asked in other words since" in page
    assert sent.receipt.content["form"] == 5


def test_address_of_a_person_is_for_those_who_may_write_to_them(application: Application, cast: Cast) -> None:
    fields: Any = {"label": Words(en="Contact"), "required": False, "kind": "person"}
    key = calls.add_question(application.call, because=WHY, by=cast["owner"], **fields).key
    named = {"name": "Aino", "email": "aino@kunta.example"}
    application = actions.save(application, answers={key: named}, by=cast["convener"])
    roles: tuple[Role, ...] = ("owners", "jurors")
    told = [str(one.shown) for role in roles for one in visible_answers(application, role) if one.question.key == key]
    assert told == ["Aino\naino@kunta.example", "Aino"]


def test_page_of_answers_shows_only_teams_that_were_chosen(sent: Application, cast: Cast, client_of: ClientOf) -> None:
    page, call_page = reverse("applications:told", args=["spring"]), sent.call.get_absolute_url()
    assert "for-" not in client_of(None).get(page).text
    assert page not in client_of(None).get(call_page).text
    Team.objects.filter(pk=sent.team_id).update(state=Team.State.ADMITTED)
    shown = {
        role: {name for name in READERS if f"for-{name}" in client_of(cast.get(role)).get(page).text}
        for role in ("nobody", "outsider", "convener")
    }
    assert shown == {"nobody": {"all"}, "outsider": {"all"}, "convener": {"teams", "all"}}
    assert page in client_of(None).get(call_page).text
