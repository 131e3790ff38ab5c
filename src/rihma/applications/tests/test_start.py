from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.applications import actions
from rihma.applications.models import Application
from rihma.base import clock, dates
from rihma.base.refused import Refused
from rihma.calls.models import Call
from tests.conftest import Cast


def test_second_click_finds_the_same_draft(call: Call, cast: Cast) -> None:
    first = actions.start(call, by=cast["convener"])
    assert actions.start(call, by=cast["convener"]) == first
    assert Application.objects.count() == 1


def test_closed_call_takes_no_new_application(call: Call, cast: Cast) -> None:
    with clock.at(call.closes + timedelta(seconds=1)), pytest.raises(Refused) as refused:
        actions.start(call, by=cast["convener"])
    assert refused.value.code == "closed"


def test_draft_begun_in_time_may_be_submitted_late(call: Call, cast: Cast) -> None:
    draft = actions.start(call, by=cast["convener"])
    draft = actions.save(draft, version=0, answers={"problem": "Time."}, by=cast["convener"], name="Late")
    with clock.at(call.closes + timedelta(days=14)):
        assert actions.submit(draft, by=cast["convener"]).late_seconds == 14 * 86400


def test_page_says_why_when_the_call_has_closed(
    call: Call, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    address = reverse("applications:start", args=[call.programme.slug])
    with clock.at(call.closes + timedelta(hours=1)):
        answer = client_of(cast["convener"]).post(address)
    assert answer.status_code == 409
    assert "no new application can be started" in answer.text


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "Haku ei ole vielä auki"), ("sv", "Ansökan är inte öppen än"), ("en", "The call is not open yet")],
)
def test_call_that_opens_later_says_when_and_takes_no_application(
    call: Call, cast: Cast, client_of: Callable[[Person | None], Client], language: str, words: str
) -> None:
    opens = (call.closes - timedelta(days=2)).astimezone(call.programme.zone)
    Call.objects.filter(pk=call.pk).update(opens_on=opens.date(), opens_at=opens.time())
    convener = client_of(cast["convener"])
    with clock.at(opens - timedelta(seconds=1)):
        page = convener.get(f"/{language}/programmes/{call.programme.slug}/call/apply/")
        refused = convener.post(f"/{language}/programmes/{call.programme.slug}/call/apply/")
    said = dates.moment(opens, call.programme.zone, language)
    assert said in page.text
    assert '<form method="post" class="actions">' in page.text
    assert (refused.status_code, words in refused.text, said in refused.text) == (409, True, True)
    assert not Application.objects.exists()
    with clock.at(opens):
        assert convener.post(reverse("applications:start", args=[call.programme.slug])).status_code == 302


def test_starting_asks_a_stranger_to_sign_in_and_come_back(
    call: Call, client_of: Callable[[Person | None], Client]
) -> None:
    address = reverse("applications:start", args=[call.programme.slug])
    answer = client_of(None).get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"?next={address}")


def test_members_of_a_team_that_applies_find_the_application_on_the_page_of_the_team(
    call: Call, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    draft = actions.start(call, by=cast["convener"])
    page, link = draft.team.get_absolute_url(), f'href="{draft.get_absolute_url()}"'
    assert link in client_of(cast["convener"]).get(page).text
    assert link not in client_of(cast["owner"]).get(page).text
