"""A call in two stages: an idea first, and then the whole application of those who go on."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.applications import actions, cut_offs, two_stages
from rihma.applications.models import Application
from rihma.applications.queries import asked_of, missing_of
from rihma.applications.reminding import remind
from rihma.base import clock
from rihma.base.refused import Refused
from rihma.base.seen import mark_of
from rihma.base.words import Words
from rihma.calls.actions import Stages
from rihma.calls.actions.two_stages import staging
from rihma.calls.models import Call, Question
from rihma.notices.models import Message
from tests.conftest import Cast

HOUR = timedelta(hours=1)
type ClientOf = Callable[[Person | None], Client]


@pytest.fixture
def staged(call: Call, cast: Cast) -> Call:
    """Ideas until eight days from now, the whole applications until ten; each stage has a question of its own."""
    for number, (key, stage) in enumerate((("pitch", "idea"), ("budget", "full")), start=5):
        Question.objects.create(call=call, number=number, key=key, label=Words(en=key), asked_in=stage)
    stages = Stages(call.closes_on - timedelta(days=2), time(16), ideas_most=2)
    two_stages.set_stages(call, stages=stages, because=Words(fi="Ensin lyhyesti."), by=cast["owner"])
    return Call.objects.select_related("programme").get(pk=call.pk)


def test_idea_asks_only_what_its_stage_asks_and_counts_for_it(staged: Call, cast: Cast) -> None:
    idea = actions.start(staged, by=cast["convener"])
    idea = actions.save(idea, version=0, answers={"problem": "Hard."}, by=cast["convener"], name="Debt advisers")
    assert "budget" not in {one.key for one in asked_of(idea)}
    assert len(missing_of(idea)) == 1
    actions.save(idea, answers={"pitch": "Shorter."}, by=cast["convener"])
    actions.submit(idea, by=cast["convener"])
    found = Application.objects.select_related("intake__call", "call", "receipt").get(pk=idea.pk)
    assert (found.counts_for.stage, found.arrived.late_seconds, found.arrived.content["answers"]) == (
        "idea",
        0,
        {"problem": "Hard.", "pitch": "Shorter."},
    )


def test_idea_that_comes_after_its_stage_is_late_and_not_taken_for_a_full_application(
    staged: Call, application: Application
) -> None:
    ends = staged.stages[0].closes
    Question.objects.filter(key="pitch").update(required=False)
    with clock.at(ends + HOUR):
        actions.submit(application, by=application.started_by)
    found = Application.objects.select_related("intake__call", "call", "receipt").get(pk=application.pk)
    assert (found.counts_for.stage, found.arrived.late_seconds) == ("idea", 3600)


def test_stranger_begins_while_ideas_are_taken_in_and_not_after(staged: Call, cast: Cast, client_of: ClientOf) -> None:
    page = reverse("applications:start", args=[staged.programme.slug])
    assert "Start an idea" in client_of(cast["convener"]).get(page).text
    with clock.at(staged.stages[0].closes + HOUR):
        assert (staged.is_open(clock.now()), staged.takes_new(clock.now())) == (True, False)
        told = client_of(cast["convener"]).get(page).text
        assert ("Only those whose idea was chosen" in told, "Start an idea" in told) == (True, False)
        with pytest.raises(Refused) as refused:
            actions.start(staged, by=cast["convener"])
    assert refused.value.code == "ideas_over"


def test_writers_of_ideas_are_reminded_before_their_stage_ends_and_not_after(
    staged: Call, application: Application
) -> None:
    ends = staged.stages[0].closes
    for moment in (ends - 12 * HOUR, ends + HOUR, staged.closes - 12 * HOUR):
        with clock.at(moment):
            remind(moment)
    told = Message.objects.filter(kind="applications/notices/reminder").values_list("subject", flat=True)
    assert len(told) == 1
    assert application.call == staged


def test_call_has_stages_or_cut_offs_and_the_idea_stage_ends_within_it(staged: Call, cast: Cast) -> None:
    with pytest.raises(Refused, match="not both"):
        cut_offs.add(
            staged,
            closes_on=staged.closes_on - timedelta(days=1),
            closes_at=time(12),
            because=Words(),
            by=cast["owner"],
        )
    seen = staging(staged)
    late = Stages(staged.closes_on, staged.closes_at, ideas_most=2)
    with pytest.raises(Refused) as refused:
        two_stages.set_stages(staged, stages=late, because=Words(fi="Siksi."), by=cast["owner"])
    assert (refused.value.code, staging(Call.objects.get(pk=staged.pk))) == ("order", seen)


def test_stages_stay_once_an_idea_has_been_sent(staged: Call, application: Application, cast: Cast) -> None:
    Question.objects.filter(key="pitch").update(required=False)
    actions.submit(application, by=application.started_by)
    with pytest.raises(Refused) as refused:
        two_stages.drop_stages(staged, seen=mark_of(staging(staged)), because=Words(fi="Siksi."), by=cast["owner"])
    assert refused.value.code == "answered"


def test_owner_makes_two_stages_on_a_page_and_one_again(call: Call, cast: Cast, client_of: ClientOf) -> None:
    client, slug = client_of(cast["owner"]), call.programme.slug
    page = reverse("applications:set_stages", args=[slug])
    mark = client.get(page).context["form"].initial["seen"]
    day = (call.closes_on - timedelta(days=2)).isoformat()
    sent = {"closes_on": day, "closes_at": "16:00:00", "ideas_most": "3", "seen": mark}
    assert client.post(page, sent).status_code == 422
    assert client.post(page, {**sent, "because_fi": "Ensin lyhyesti."}).status_code == 302
    call.refresh_from_db()
    assert (call.ideas_most, call.idea_is_read, [one.stage for one in call.stages]) == (3, False, ["idea", "full"])
    shown = client.get(reverse("calls:call", args=[slug])).text
    assert ("Idea stage" in shown, "Full stage" in shown) == (True, True)
    page = reverse("applications:drop_stages", args=[slug])
    mark = client.get(page).context["form"].initial["seen"]
    assert client.post(page, {"because_fi": "Ei sittenkään.", "seen": mark}).status_code == 302
    call = Call.objects.get(pk=call.pk)
    assert (call.is_staged, call.last_intake.number) == (False, 1)
