"""Thirteen months on: what had its day is gone, the rest is there, and the report said so before."""

from datetime import datetime, timedelta

import pytest
import time_machine

from rihma.applications import actions as applications
from rihma.applications.models import Application, Receipt
from rihma.base import clock
from rihma.base.seen import mark_of
from rihma.calls.models import Call
from rihma.guests import actions as guests
from rihma.guests.models import Guest
from rihma.history.models import Event
from rihma.history.queries import broken_at
from rihma.programmes.models import Programme
from rihma.records import actions
from rihma.records.models import Case, DocumentRequest, RecordPlan
from rihma.records.queries import plan_of
from rihma.records.retention import due, keep, things
from rihma.records.rules import months_after
from rihma.records.tests.conftest import ClientOf
from rihma.selection import actions as selection
from rihma.selection.models import Decision
from rihma.site.commands.retention import run
from rihma.teams.models import Member
from tests.conftest import Cast

ALL: dict[str, int | None] = {"drafts": 6, "declined": 12, "requests": 12, "guests": 3}


def set_months(programme: Programme, cast: Cast, months: dict[str, int | None]) -> RecordPlan:
    seen = mark_of(plan_of(programme).facts)
    return actions.set_plan(programme, number_format="{number}", months=months, seen=seen, by=cast["owner"])


@pytest.fixture
def world(application: Application, call: Call, cast: Cast) -> datetime:
    """A declined application, an accepted one, a draft, an answered request, a guest; and a day 400 days on."""
    accepted = applications.start(call, by=cast["other_convener"])
    applications.save(accepted, version=0, answers={"problem": "Islands."}, by=cast["other_convener"], name="Islands")
    applications.submit(accepted, by=cast["other_convener"])
    accepted.refresh_from_db()
    draft = applications.start(call, by=cast["member"])
    applications.save(draft, version=0, answers={"problem": "Unsent."}, by=cast["member"], name="Unsent")
    selection.decide(application, Decision.Outcome.DECLINED, reason="Too wide.", by=cast["owner"])
    selection.decide(accepted, Decision.Outcome.ACCEPTED, by=cast["owner"])
    selection.announce(call.last_intake, by=cast["owner"])
    actions.mark_secret(application, "phenomenon", because="A trade secret.", by=cast["convener"])
    asked = actions.ask(call.programme, what="All.", address="asker@example.org", language="fi", place="here")
    actions.answer(asked, outcome="given", answer="Here.", by=cast["owner"])
    link = guests.make(
        "canvases:1",
        call.programme_id,
        role="writer",
        ends_at=clock.now() + timedelta(days=1),
        most=5,
        is_anonymous=False,
        by=cast["owner"],
    )
    guests.come_in(link, name="Aamu", language="fi")
    return clock.now() + timedelta(days=400)


@pytest.mark.req("P3")
def test_what_was_kept_long_enough_is_gone_and_the_rest_is_there(
    world: datetime, application: Application, call: Call, cast: Cast
) -> None:
    set_months(call.programme, cast, ALL)
    with time_machine.travel(world, tick=False):
        keep(clock.now())
    application.refresh_from_db()
    receipt = Receipt.objects.get(application=application)
    assert (application.answers, receipt.content, application.team.phenomenon) == ({}, {}, "")
    assert (Member.objects.filter(team=application.team).count(), application.secret_parts.count()) == (0, 0)
    assert (len(receipt.digest), Case.objects.get(application=application).disposed_at is None) == (64, False)
    assert set(Application.objects.values_list("team__name", flat=True)) == {"Debt advisers", "Islands"}
    assert Application.objects.get(team__name="Islands").answers == {"problem": "Islands."}
    assert (DocumentRequest.objects.get().address, Guest.objects.get().name) == ("", "")


@pytest.mark.req("P3")
def test_report_equals_effect_and_the_job_again_does_nothing(world: datetime, call: Call, cast: Cast) -> None:
    plan = set_months(call.programme, cast, ALL)
    with time_machine.travel(world, tick=False):
        said = [thing.kind for thing in due(call.programme, plan, clock.now())]
        done = [keep(clock.now()), keep(clock.now())]
    assert (sorted(said), done) == (["declined", "drafts", "guests", "requests"], [4, 0])
    assert Event.objects.get(verb="disposed").data["count"] == 4
    assert broken_at(call.programme_id) is None


@pytest.mark.req("P3")
def test_nothing_goes_before_its_day_or_without_one(world: datetime, call: Call, cast: Cast) -> None:
    """A programme that set no times keeps everything."""
    with time_machine.travel(world, tick=False):
        untouched = keep(clock.now())
    set_months(call.programme, cast, ALL)
    assert (untouched, keep(clock.now()), Guest.objects.get().name) == (0, 0, "Aamu")


def test_page_tells_what_is_due_and_changes_nothing(
    world: datetime, call: Call, cast: Cast, client_of: ClientOf
) -> None:
    set_months(call.programme, cast, ALL)
    with time_machine.travel(world, tick=False):
        page = client_of(cast["owner"]).get("/en/programmes/spring/records/retention/")
    assert (page.context["due_count"], len(page.context["due"]), Application.objects.count()) == (4, 4, 3)


def test_command_reports_and_deletes_only_when_told_to(
    world: datetime, call: Call, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    set_months(call.programme, cast, ALL)
    with time_machine.travel(world, tick=False):
        run(delete=False)
        reported = capsys.readouterr().out.splitlines()
        kept = Application.objects.count()
        run(delete=True)
    assert (len(reported), kept, Application.objects.count()) == (4, 3, 2)


def test_page_of_a_disposed_application_still_opens(
    world: datetime, application: Application, call: Call, cast: Cast, client_of: ClientOf
) -> None:
    set_months(call.programme, cast, ALL)
    with time_machine.travel(world, tick=False):
        keep(clock.now())
        client = client_of(cast["owner"])
        one = f"/en/applications/{application.pk}/"
        pages = [client.get(address).status_code for address in (one, f"{one}receipt/", f"{one}redacted/")]
    assert pages == [200, 200, 200]


def test_what_became_one_with_another_is_kept_to_the_end_of_the_programme(
    application: Application, call: Call, cast: Cast
) -> None:
    plan = set_months(call.programme, cast, ALL)
    Application.objects.filter(pk=application.pk).update(state=Application.State.MERGED)
    (thing,) = [one for one in things(call.programme, plan) if one.kind == "declined"]
    assert (thing.name, thing.day) == (application.case.number, months_after(call.programme.ends, 12))
