from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from rihma.accounts.models import Person
from rihma.applications.fields import mark, merge
from rihma.applications.models import Application
from rihma.base import clock
from rihma.teams import actions as teams
from tests.conftest import Cast

type ClientOf = Callable[[Person | None], Client]
VALUES = st.sampled_from(["", "one", "two", "two\r\nlines", "two\nlines", None, False, True, 0, [], ["a"]])


@pytest.fixture
def member(application: Application, cast: Cast) -> Person:
    place = teams.invite(application.team, cast["member"].email, by=cast["convener"])
    teams.join(place, by=cast["member"])
    return cast["member"]


def sent(application: Application, **typed: str) -> dict[str, str | list[str]]:
    """What a page that was filled from the application as it is sends when somebody has typed this."""
    filled = {
        "name": application.team.name,
        "language": application.team.language,
        "question_problem": application.answers.get("problem", ""),
    }
    seen = [f"{name}:{mark(value)}" for name, value in filled.items()]
    return {**filled, "version": str(application.version), "seen": seen, **typed}


def save(client: Client, application: Application, data: dict[str, str | list[str]]) -> dict[str, dict[str, str]]:
    answer: dict[str, dict[str, str]] = client.post(reverse("applications:save", args=[application.pk]), data).json()
    return answer


@given(filled=VALUES, mine=VALUES, theirs=VALUES)
def test_nothing_that_two_typed_is_lost(filled: object, mine: object, theirs: object) -> None:
    merged = merge({"a": mine}, seen={"a": mark(filled)}, saved={"a": theirs})
    kept = {mark(value) for value in (*merged.changed.values(), *merged.contested.values())}
    touched, overtaken = mark(mine) != mark(filled), mark(theirs) != mark(filled)
    if mark(mine) == mark(theirs) or not touched:
        assert not kept
    else:
        assert kept == ({mark(theirs)} if overtaken else {mark(mine)})
        assert bool(merged.contested) == overtaken


def test_two_who_write_in_different_fields_lose_nothing(
    application: Application, cast: Cast, member: Person, client_of: ClientOf
) -> None:
    application.team.refresh_from_db()
    first, second = client_of(cast["convener"]), client_of(member)
    answers = [
        save(first, application, sent(application, name="Debt counsel")),
        save(second, application, sent(application, question_problem="Quiet debt")),
    ]
    application.refresh_from_db()
    assert (application.team.name, application.answers) == ("Debt counsel", {"problem": "Quiet debt"})
    assert [sorted(answer["newer"]) for answer in answers] == [[], ["name"]]
    assert "Debt counsel" in answers[1]["newer"]["name"]


def test_page_that_sends_only_what_is_new_hears_of_the_rest_and_clears_nothing(
    application: Application, cast: Cast, member: Person, client_of: ClientOf
) -> None:
    application.team.refresh_from_db()
    part: dict[str, str | list[str]] = {
        "question_problem": "Quiet debt",
        "seen": [f"question_problem:{mark(application.answers['problem'])}"],
        "parts": "unsaved",
        "page": "mine",
        "version": str(application.version),
    }
    save(client_of(cast["convener"]), application, sent(application, name="Debt counsel", page="theirs"))
    answer = save(client_of(member), application, part)
    application.team.refresh_from_db()
    application.refresh_from_db()
    assert (application.team.name, application.answers) == ("Debt counsel", {"problem": "Quiet debt"})
    assert (list(answer["newer"]), list(answer["marks"])) == (["name"], ["question_problem"])


def test_where_two_changed_the_same_field_both_texts_are_there(
    application: Application, cast: Cast, member: Person, client_of: ClientOf
) -> None:
    application.team.refresh_from_db()
    page = sent(application, question_problem="Mine", name="Both name it so")
    save(client_of(cast["convener"]), application, sent(application, question_problem="Theirs"))
    answer = client_of(member).post(reverse("applications:save", args=[application.pk]), page)
    assert answer.status_code == 409
    assert "What is the problem?" in answer.json()["detail"]
    assert "Theirs" in answer.json()["contested"]["question_problem"]
    application.refresh_from_db()
    assert (application.answers, application.team.name) == ({"problem": "Theirs"}, "Both name it so")


def test_without_script_the_page_shows_both_and_saving_again_chooses(
    application: Application, cast: Cast, member: Person, client_of: ClientOf
) -> None:
    application.team.refresh_from_db()
    browser, address = client_of(member), application.get_absolute_url()
    typed = sent(application, question_problem="Mine <b>")
    save(client_of(cast["convener"]), application, sent(application, question_problem="Theirs <i>"))
    both = browser.post(address, typed)
    assert both.status_code == 422
    assert "Mine &lt;b&gt;</textarea>" in both.text
    assert "Theirs &lt;i&gt;" in both.text
    assert "<i>" not in both.text
    seen = [f"question_problem:{mark('Theirs <i>')}"]
    assert browser.post(address, {**typed, "seen": seen, "take": "question_problem"}).status_code == 302
    application.refresh_from_db()
    assert application.answers == {"problem": "Theirs <i>"}
    assert browser.post(address, {**typed, "seen": seen}).status_code == 302
    application.refresh_from_db()
    assert application.answers == {"problem": "Mine <b>"}


def test_answer_that_was_lost_on_the_way_sets_nobody_against_themselves(
    application: Application, cast: Cast, client_of: ClientOf
) -> None:
    application.team.refresh_from_db()
    browser = client_of(cast["convener"])
    before = sent(application, page="one")
    save(browser, application, {**before, "question_problem": "First try"})
    assert save(browser, application, {**before, "question_problem": "Second"})["contested"] == {}
    assert save(browser, application, before)["contested"] == {}
    application.refresh_from_db()
    assert application.answers == {"problem": "Debt grows in silence."}
    other = {**before, "page": "two", "question_problem": "In another window"}
    save(browser, application, {**before, "question_problem": "Third"})
    assert sorted(save(browser, application, other)["contested"]) == ["question_problem"]


def test_field_that_is_wrong_keeps_no_other_from_being_saved(
    application: Application, cast: Cast, client_of: ClientOf
) -> None:
    application.team.refresh_from_db()
    answer = save(client_of(cast["convener"]), application, sent(application, name="n" * 121, question_problem="Kept"))
    application.refresh_from_db()
    assert "Name of the team" in answer["detail"]
    assert (application.team.name, application.answers) == ("Debt advisers", {"problem": "Kept"})


def test_others_see_where_somebody_writes_until_they_have_gone(
    application: Application, cast: Cast, member: Person, client_of: ClientOf
) -> None:
    address = reverse("applications:meanwhile", args=[application.pk])
    client_of(cast["convener"]).post(address, {"version": "1", "at": "question_problem"})
    heard = client_of(member).post(address, {"version": "0", "at": "name"}).json()
    assert [(one["field"], one["name"]) for one in heard["writers"]] == [("question_problem", cast["convener"].name)]
    assert "question_problem" in heard["newer"]
    with clock.at(clock.now() + timedelta(minutes=1)):
        assert client_of(member).post(address, {"version": "1"}).json()["writers"] == []


def test_saving_by_itself_asks_the_database_little(
    application: Application,
    cast: Cast,
    client_of: ClientOf,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    application.team.refresh_from_db()
    browser = client_of(cast["convener"])
    save(browser, application, sent(application, name="Debt help"))
    application.refresh_from_db()
    with django_assert_max_num_queries(22):
        save(browser, application, sent(application, question_problem="Quiet"))


def test_page_hears_of_what_others_wrote_and_not_of_its_own(
    application: Application, cast: Cast, member: Person, client_of: ClientOf
) -> None:
    application.team.refresh_from_db()
    client, address = client_of(cast["convener"]), reverse("applications:meanwhile", args=[application.pk])
    before = str(application.version)
    save(client, application, {**sent(application, question_problem="Mine."), "page": "first"})

    def heard(page: str) -> set[str]:
        return set(client.post(address, {"version": before, "page": page}).json()["newer"])

    assert heard("first") == set()
    assert heard("second") == {"question_problem"}
