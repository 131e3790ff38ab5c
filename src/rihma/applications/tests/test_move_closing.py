from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.applications import actions
from rihma.applications.models import Application
from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.calls.models import Amendment, Call
from rihma.history.models import Event
from rihma.notices.models import Message
from rihma.programmes.models import Programme
from rihma.teams import actions as teams
from tests.conftest import Cast

KIND = "applications/notices/closing_moved"
WHY = Words(fi="Sähkökatko.", sv="Strömavbrott.")
type ClientOf = Callable[[Person | None], Client]


def move(call: Call, day: date, cast: Cast) -> Amendment | None:
    call.refresh_from_db()
    return actions.move_closing(call, day, time(16, 15), seen=call.closing.mark, because=WHY, by=cast["owner"])


def test_holders_of_drafts_are_told_once_in_their_language(application: Application, cast: Cast) -> None:
    cast["convener"].language = "sv"
    cast["convener"].save()
    before = application.call.closing.told
    move(application.call, application.call.closes_on + timedelta(days=7), cast)
    message = Message.objects.get(kind=KIND)
    assert (message.to, message.language) == (cast["convener"], "sv")
    assert "Strömavbrott." in message.body
    assert str(application.pk) in message.body
    event = Event.objects.get(verb="closing_moved")
    assert event.data["before"] == before


def test_each_move_is_told_by_itself(application: Application, cast: Cast) -> None:
    for days in (7, 14):
        move(application.call, application.call.closes_on + timedelta(days=days), cast)
    assert Message.objects.filter(kind=KIND).count() == 2


def test_every_confirmed_member_is_told_and_nobody_who_was_only_invited(application: Application, cast: Cast) -> None:
    place = teams.invite(application.team, cast["member"].email, by=cast["convener"])
    teams.invite(application.team, cast["outsider"].email, by=cast["convener"])
    teams.join(place, by=cast["member"])
    move(application.call, application.call.closes_on + timedelta(days=7), cast)
    told = {message.to for message in Message.objects.filter(kind=KIND)}
    assert told == {cast["convener"], cast["member"]}


def test_who_has_sent_or_withdrawn_is_not_told(application: Application, cast: Cast) -> None:
    other = actions.start(application.call, by=cast["other_convener"])
    actions.withdraw(other, by=cast["other_convener"])
    actions.submit(application, by=cast["convener"])
    move(application.call, application.call.closes_on + timedelta(days=7), cast)
    assert not Message.objects.filter(kind=KIND).exists()


def test_same_time_again_is_no_move(application: Application, cast: Cast) -> None:
    call = application.call
    seen = call.closing.mark
    moved = actions.move_closing(call, call.closes_on, call.closes_at, seen=seen, because=WHY, by=cast["owner"])
    assert moved is None
    assert not Message.objects.filter(kind=KIND).exists()


def test_refused_move_tells_nobody(application: Application, cast: Cast) -> None:
    with pytest.raises(Refused, match="has passed"):
        move(application.call, date(2026, 1, 1), cast)
    assert not Message.objects.filter(kind=KIND).exists()
    assert not Event.objects.filter(verb="closing_moved").exists()


def test_call_of_a_draft_moves_without_reason_and_mail(call: Call, cast: Cast) -> None:
    Programme.objects.filter(pk=call.programme_id).update(state=Programme.State.DRAFT)
    assert move(call, date(2027, 3, 1), cast) is None
    call.refresh_from_db()
    assert call.closes_on == date(2027, 3, 1)


def test_call_of_a_closed_programme_does_not_move(call: Call, cast: Cast) -> None:
    Programme.objects.filter(pk=call.programme_id).update(state=Programme.State.CLOSED)
    with pytest.raises(Refused, match="programme is closed"):
        move(call, call.closes_on + timedelta(days=7), cast)


def test_later_time_opens_a_closed_call_again(application: Application, cast: Cast) -> None:
    call = application.call
    ahead = call.closes_on + timedelta(days=7)
    Call.objects.filter(pk=call.pk).update(closes_on=date(2026, 1, 1))
    move(call, ahead, cast)
    assert Message.objects.filter(kind=KIND).count() == 1


def test_page_moves_it_and_everybody_reads_why(application: Application, cast: Cast, client_of: ClientOf) -> None:
    call = application.call
    page = reverse("applications:move_closing", args=[call.programme.slug])
    day = (call.closes_on + timedelta(days=7)).isoformat()
    filled = {"closes_on": day, "closes_at": "16:15", "seen": call.closing.mark}
    facilitator = client_of(cast["facilitator"])
    assert facilitator.post(page, filled).context["form"].errors.keys() == {"because"}
    facilitator.post(page, {**filled, "because_fi": "Sähkökatko."})
    assert "Sähkökatko." in client_of(None).get(call.get_absolute_url()).text
    assert "Sähkökatko." in client_of(cast["convener"]).get(application.get_absolute_url()).text
    stale = facilitator.post(page, {**filled, "closes_at": "17:00", "because_fi": "Taas."})
    assert "Saved by somebody else meanwhile" in stale.text


def test_page_keeps_the_rest_when_the_clock_skips_the_time(call: Call, cast: Cast, client_of: ClientOf) -> None:
    page = reverse("applications:move_closing", args=[call.programme.slug])
    filled = {"closes_on": "2027-03-28", "closes_at": "03:30", "seen": call.closing.mark, "because_fi": "Siksi"}
    answer = client_of(cast["owner"]).post(page, filled)
    assert "The clock skips this time" in answer.text
    assert "Siksi" in answer.text


def test_page_is_only_for_those_who_run_the_programme(call: Call, cast: Cast, client_of: ClientOf) -> None:
    page = reverse("applications:move_closing", args=[call.programme.slug])
    found = {role: client_of(cast[role]).get(page).status_code for role in ("owner", "facilitator", "convener")}
    assert found == {"owner": 200, "facilitator": 200, "convener": 404}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_page_is_filled_in_a_form_that_browsers_read(
    call: Call, cast: Cast, client_of: ClientOf, language: str
) -> None:
    answer = client_of(cast["owner"]).get(f"/{language}/programmes/{call.programme.slug}/call/closing/")
    assert 'value="23:59:59"' in answer.text
    assert f'value="{call.closes_on.isoformat()}"' in answer.text
