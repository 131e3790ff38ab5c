from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.applications import actions
from rihma.applications.fields import mark
from rihma.applications.models import Application
from tests.conftest import Cast
from tests.ended import end_session_of, sign_in_again

FILLED = [f"name:{mark('Debt advisers')}", f"question_problem:{mark('Debt grows in silence.')}"]

pytestmark = pytest.mark.req("A4")


def test_long_answer_outlives_the_session_and_is_saved_when_its_writer_says_so(
    application: Application, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    page, browser = application.get_absolute_url(), client_of(cast["convener"])
    written = "Velka kasvaa hiljaa. " * 200
    typed = {
        "name": "Velkaneuvojat",
        "language": "fi",
        "question_problem": written,
        "version": str(application.version),
        "seen": FILLED,
    }
    end_session_of(browser, cast["convener"])
    answer = browser.post(page, typed, headers={"Referer": f"http://testserver{page}"})
    assert answer.headers["Location"].endswith(f"?next={page}")
    sign_in_again(browser, cast["convener"])
    form = browser.get(page).context["form"]
    assert (form["question_problem"].value(), form["name"].value()) == (written, "Velkaneuvojat")
    application.refresh_from_db()
    assert application.answers == {"problem": "Debt grows in silence."}
    assert browser.post(page, typed).status_code == 302
    application.refresh_from_db()
    assert application.answers == {"problem": written.strip()}


def test_what_came_back_is_forgotten_once_the_page_has_saved_it_by_itself(
    application: Application, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    page, browser = application.get_absolute_url(), client_of(cast["convener"])
    typed = {"name": "Velkaneuvojat", "language": "fi", "question_problem": "Uusi", "version": "1", "seen": FILLED}
    end_session_of(browser, cast["convener"])
    browser.post(page, typed, headers={"Referer": f"http://testserver{page}"})
    sign_in_again(browser, cast["convener"])
    browser.get(page)
    assert browser.post(reverse("applications:save", args=[application.pk]), typed).status_code == 200
    newest = browser.get(page).context["form"]
    assert (newest.is_bound, newest["question_problem"].value()) == (False, "Uusi")


def test_what_came_back_does_not_overwrite_what_another_saved_meanwhile(
    application: Application, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    page, browser = application.get_absolute_url(), client_of(cast["convener"])
    typed = {"name": "Debt advisers", "language": "fi", "question_problem": "Uusi", "version": "1", "seen": FILLED}
    end_session_of(browser, cast["convener"])
    browser.post(page, typed, headers={"Referer": f"http://testserver{page}"})
    actions.save(application, answers={"problem": "Toisen"}, by=cast["convener"])
    sign_in_again(browser, cast["convener"])
    (section,) = browser.get(page).context["parts"].of_questions
    assert [one.part.mark for one in section.fields] == [mark("Debt grows in silence.")]
    both = browser.post(page, typed)
    assert (both.status_code, "Uusi" in both.text, "Toisen" in both.text) == (422, True, True)
