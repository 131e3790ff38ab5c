from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.applications import actions
from rihma.applications.models import Application
from rihma.applications.times import set_times
from rihma.base import clock
from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.calls.models import Amendment, Call
from rihma.calls.types import TimeFields
from rihma.history.models import Event
from rihma.notices.models import Message
from rihma.programmes.models import Programme
from rihma.teams import actions as teams
from tests.conftest import Cast

KIND = "applications/notices/closing_moved"
WHY = Words(fi="Sähkökatko.", sv="Strömavbrott.")
type ClientOf = Callable[[Person | None], Client]


def move(call: Call, day: date, cast: Cast, clock_time: time = time(16, 15)) -> Amendment | None:
    call.refresh_from_db()
    times: TimeFields = {
        "opens_on": call.opens_on,
        "opens_at": call.opens_at,
        "closes_on": day,
        "closes_at": clock_time,
    }
    return set_times(call, **times, seen=call.times.mark, because=WHY, by=cast["owner"])


def open_later(call: Call) -> datetime:
    """A public call that opens in three days, at nine."""
    opens = datetime.combine(clock.now().date() + timedelta(days=3), time(9), call.programme.zone)
    Call.objects.filter(pk=call.pk).update(opens_on=opens.date(), opens_at=opens.time())
    call.refresh_from_db()
    return opens


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
    assert move(call, call.closes_on, cast, call.closes_at) is None
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
    page = reverse("applications:set_times", args=[call.programme.slug])
    day = (call.closes_on + timedelta(days=7)).isoformat()
    filled = {"closes_on": day, "closes_at": "16:15", "seen": call.times.mark}
    facilitator = client_of(cast["facilitator"])
    assert facilitator.post(page, filled).context["form"].errors.keys() == {"because"}
    facilitator.post(page, {**filled, "because_fi": "Sähkökatko."})
    assert "Sähkökatko." in client_of(None).get(call.get_absolute_url()).text
    assert "Sähkökatko." in client_of(cast["convener"]).get(application.get_absolute_url()).text
    stale = facilitator.post(page, {**filled, "closes_at": "17:00", "because_fi": "Taas."})
    assert "Saved by somebody else meanwhile" in stale.text


def test_page_keeps_the_rest_when_the_clock_skips_the_time(call: Call, cast: Cast, client_of: ClientOf) -> None:
    page = reverse("applications:set_times", args=[call.programme.slug])
    filled = {"closes_on": "2027-03-28", "closes_at": "03:30", "seen": call.times.mark, "because_fi": "Siksi"}
    answer = client_of(cast["owner"]).post(page, filled)
    assert "The clock skips this time" in answer.text
    assert "Siksi" in answer.text


def test_page_is_only_for_those_who_run_the_programme(call: Call, cast: Cast, client_of: ClientOf) -> None:
    page = reverse("applications:set_times", args=[call.programme.slug])
    found = {role: client_of(cast[role]).get(page).status_code for role in ("owner", "facilitator", "convener")}
    assert found == {"owner": 200, "facilitator": 200, "convener": 404}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_page_is_filled_in_a_form_that_browsers_read(
    call: Call, cast: Cast, client_of: ClientOf, language: str
) -> None:
    answer = client_of(cast["owner"]).get(f"/{language}/programmes/{call.programme.slug}/call/times/")
    assert 'value="23:59:59"' in answer.text
    assert f'value="{call.closes_on.isoformat()}"' in answer.text


def test_opening_moves_freely_until_the_call_opens_and_not_after(call: Call, cast: Cast, client_of: ClientOf) -> None:
    opens = open_later(call)
    page = reverse("applications:set_times", args=[call.programme.slug])
    owner = client_of(cast["owner"])
    later = (opens + timedelta(days=1)).date().isoformat()
    filled = {"opens_on": later, "opens_at": "10:30", "closes_on": call.closes_on.isoformat(), "closes_at": "23:59:59"}
    answer = owner.post(page, {**filled, "seen": call.times.mark})
    assert answer.status_code == 302
    call.refresh_from_db()
    assert (call.opens_on, call.opens_at) == (opens.date() + timedelta(days=1), time(10, 30))
    assert Event.objects.get(verb="opening_moved").data["after"] == f"{later} 10:30:00 Europe/Helsinki"
    assert not Amendment.objects.exists()
    Call.objects.filter(pk=call.pk).update(opens_on=date(2026, 1, 1))
    call.refresh_from_db()
    answer = owner.post(page, {**filled, "because_fi": "Siksi", "seen": call.times.mark})
    assert answer.context["form"].errors.keys() == {"opens_on"}
    assert "The call has opened already, so its opening stays as it was." in answer.text
    assert owner.get(page).context["form"].fields.keys() == {"closes_on", "closes_at", "because", "seen"}


@pytest.mark.parametrize(
    ("filled", "where", "told"),
    [
        ({"opens_on": "2027-03-28", "opens_at": "03:30"}, "opens_at", "The clock skips this time"),
        ({"opens_on": "2027-10-31", "opens_at": "03:30"}, "opens_at", "The clock shows this time twice"),
        ({"opens_on": "2028-01-01", "opens_at": "09:00"}, "opens_on", "would close before it opens"),
        ({"opens_on": "2027-03-01", "opens_at": ""}, "opens_at", "Say the time too."),
        ({"opens_on": "", "opens_at": "09:00"}, "opens_on", "Say the day too."),
        ({"opens_on": "2020-03-01", "opens_at": "09:00"}, "opens_on", "leave the day and the time empty"),
    ],
)
def test_impossible_opening_is_refused_beside_its_field(
    call: Call, cast: Cast, client_of: ClientOf, filled: dict[str, str], where: str, told: str
) -> None:
    open_later(call)
    rest = {"closes_on": "2027-12-01", "closes_at": "12:00", "seen": call.times.mark}
    answer = client_of(cast["owner"]).post(
        reverse("applications:set_times", args=[call.programme.slug]), {**rest, **filled}
    )
    assert answer.context["form"].errors.keys() == {where}
    assert told in answer.context["form"].errors[where][0]


def test_emptied_opening_opens_the_call_at_once(call: Call, cast: Cast, client_of: ClientOf) -> None:
    open_later(call)
    rest = {"closes_on": call.closes_on.isoformat(), "closes_at": "23:59:59", "seen": call.times.mark}
    client_of(cast["owner"]).post(
        reverse("applications:set_times", args=[call.programme.slug]), {**rest, "opens_on": "", "opens_at": ""}
    )
    call.refresh_from_db()
    assert call.is_open(clock.now())
