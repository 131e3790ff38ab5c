"""A call in two stages, from the idea to the cohort."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.applications import actions as applications
from rihma.applications.models import Application
from rihma.base import clock
from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.calls import actions as calls
from rihma.calls.models import Call, Intake, Question
from rihma.calls.types import QuestionFields
from rihma.notices.models import Message
from rihma.reviews.content import content_of
from rihma.reviews.models import Conflict
from rihma.selection import actions, choosing, moving
from rihma.selection.models import Decision
from rihma.selection.queries import places_left, rows
from rihma.selection.rules import Places
from rihma.teams import actions as teams
from rihma.teams.models import Member, Team
from tests.conftest import Cast
from tests.remembered import remembered
from tests.two_stages import DAY, fresh, go_on, make_two_stages, send_idea

Outcome = Decision.Outcome
WHY = Words(fi="Rahoittaja pyytää.", sv="Finansiären begär.")
type ClientOf = Callable[[Person | None], Client]


@pytest.fixture
@remembered
def ideas(call: Call, cast: Cast) -> list[Application]:
    """Two, of which one goes on."""
    call = make_two_stages(call, cast["owner"])
    return [send_idea(call, cast["convener"], "Debt advisers"), send_idea(call, cast["other_convener"], "Archipelago")]


def state_of(application: Application) -> str:
    return Team.objects.get(pk=application.team_id).state


def announced(ideas: list[Application], by: Person) -> Application:
    """The first goes on, the second is next in turn; answers with the full application."""
    return go_on(*ideas, by=by)


def test_stages_have_places_of_their_own(ideas: list[Application], cast: Cast) -> None:
    idea, full = Intake.objects.filter(call=ideas[0].call).select_related("call__programme")
    actions.decide(ideas[0], Outcome.ACCEPTED, by=cast["owner"])
    assert [places_left(one) for one in (idea, full)] == [Places(0, 1), Places(1, 2)]
    assert [len(rows(one)) for one in (idea, full)] == [2, 0]


@pytest.mark.long
def test_pages_on_which_ideas_are_chosen_speak_of_ideas_that_go_on(
    ideas: list[Application], cast: Cast, client_of: ClientOf
) -> None:
    intake, client = ideas[0].counts_for, client_of(cast["owner"])
    found = choosing.search(intake, by=cast["owner"])
    slug = intake.programme.slug
    pages = [reverse(f"selection:{page}", args=[slug]) for page in ("choose", "limits", "take")]
    for page in (*pages, reverse("selection:search", args=[slug, found.pk])):
        told, full = client.get(page, {"cut-off": "1"}).text, client.get(page, {"cut-off": "2"})
        assert ("Choose who goes on" in told, "Choose the cohort" in told) == (True, False), page
        assert full.status_code == 404 or "Choose the cohort" in full.text
    ticked: dict[str, str | list[str]] = {"cut-off": "1", "shown": "1", "chosen": [str(one.pk) for one in ideas]}
    shown = client.get(pages[0], ticked)
    assert "2 ideas" in shown.text
    assert next((one.title, one.state) for one in shown.context["checks"]) == ("At most 1 idea", "too_many")
    assert "Ideas at most" in client.get(pages[1], {"cut-off": 1}).text


@pytest.mark.long
def test_idea_goes_on_with_its_people_and_what_is_asked_again_and_takes_no_place_yet(
    ideas: list[Application], cast: Cast, client_of: ClientOf
) -> None:
    invited = teams.invite(ideas[0].team, "later@example.fi", by=cast["convener"])
    full = announced(ideas, cast["owner"])
    assert (full.state, full.stage, full.answers, full.team.name) == (
        "draft",
        "full",
        {"problem": "It is hard."},
        "Debt advisers",
    )
    assert [state_of(one) for one in (*ideas, full)] == ["continued", "reserve", "forming"]
    assert not ideas[0].team.canvases.exists()
    places = Member.objects.filter(team=full.team).values_list("person__email", "role", "state")
    assert set(places) == {
        (cast["convener"].email, "convener", "confirmed"),
        ("later@example.fi", "member", "invited"),
    }
    invited.refresh_from_db()
    assert invited.team_id == full.team_id
    told = Message.objects.get(kind="selection/notices/goes_on")
    assert str(full.pk) in told.body
    letter = client_of(cast["convener"]).get(reverse("selection:letter", args=[ideas[0].pk])).text
    assert ("Goes on to the full stage" in letter, f"/applications/{full.pk}/" in letter) == (True, True)
    public = client_of(None).get(reverse("selection:chosen", args=[full.call.programme.slug])).text
    assert ("Ideas that go on" in public, "Debt advisers" in public, "Archipelago" in public) == (True, True, False)


@pytest.mark.long
def test_next_idea_goes_on_when_a_full_application_is_withdrawn_in_time(ideas: list[Application], cast: Cast) -> None:
    full = announced(ideas, cast["owner"])
    with pytest.raises(Refused) as refused:
        moving.leave_programme(ideas[0].team, by=cast["convener"])
    assert refused.value.code == "goes_on"
    applications.withdraw(full, by=cast["convener"])
    assert [state_of(one) for one in ideas] == ["left", "continued"]
    assert fresh(Application.objects.get(continues=ideas[1])).state == "draft"


@pytest.mark.long
def test_nobody_goes_on_once_the_full_stage_has_closed(ideas: list[Application], cast: Cast) -> None:
    full = announced(ideas, cast["owner"])
    with clock.at(full.call.closes + DAY):
        with pytest.raises(Refused) as refused:
            actions.decide(ideas[1], Outcome.ACCEPTED, by=cast["owner"])
        applications.withdraw(full, by=cast["convener"])
    assert refused.value.code == "full_over"
    assert [state_of(one) for one in ideas] == ["left", "reserve"]


@pytest.mark.long
def test_juror_reads_the_idea_beside_the_full_application_unless_one_of_them_is_not_theirs(
    ideas: list[Application], cast: Cast
) -> None:
    Conflict.objects.create(application=ideas[0], person=cast["juror"], reason="A neighbour.")
    full = announced(ideas, cast["owner"])
    assert list(Conflict.objects.filter(application=full).values_list("person", "reason")) == [
        (cast["juror"].pk, "A neighbour.")
    ]
    applications.save(full, answers={"budget": "A little."}, by=cast["convener"])
    applications.submit(full, by=cast["convener"])
    told = content_of(fresh(full), blind=False)
    assert [part.text for part in told.idea] == ["It is hard.", "We would try."]
    full = fresh(full)
    full.call.idea_is_read = False
    assert content_of(full, blind=False).idea == ()


@pytest.mark.long
def test_cohort_is_chosen_from_full_applications(ideas: list[Application], cast: Cast, client_of: ClientOf) -> None:
    full = announced(ideas, cast["owner"])
    applications.save(full, answers={"budget": "A little."}, by=cast["convener"])
    with clock.at(full.call.closes - timedelta(hours=1)):
        applications.submit(full, by=cast["convener"])
    full = fresh(full)
    assert (full.counts_for.stage, full.arrived.late_seconds, full.arrived.content["answers"]) == (
        "full",
        0,
        {"problem": "It is hard.", "budget": "A little."},
    )
    assert full.arrived.number != fresh(ideas[0]).arrived.number
    assert [row.team for row in rows(full.counts_for)] == ["Debt advisers"]
    actions.decide(full, Outcome.ACCEPTED, by=cast["owner"])
    actions.announce(full.counts_for, by=cast["owner"])
    assert [state_of(one) for one in (full, *ideas)] == ["admitted", "continued", "reserve"]
    assert Message.objects.filter(kind="selection/notices/accepted").count() == 1
    client, slug = client_of(cast["owner"]), full.call.programme.slug
    for page in ("selection:applications", "selection:choose", "reviews:reviewing", "selection:announce"):
        for number in (1, 2):
            assert client.get(reverse(page, args=[slug]), {"cut-off": number}).status_code == 200


def stricter(call: Call, cast: Cast, key: str, asked_in: str = "") -> str:
    """What an owner is told who asks for more: the words of a question, or nothing where that is taken."""
    question = Question.objects.get(call=call, key=key)
    fields = QuestionFields(
        label=question.label,
        required=True,
        most_words=question.most_words - 10,
        asked_in=asked_in or question.asked_in,
    )
    try:
        calls.edit_question(question, seen=question.mark, because=WHY, by=cast["owner"], **fields)
    except Refused as refused:
        return refused.code
    return ""


def test_full_form_may_become_stricter_after_ideas_and_what_ideas_answered_may_not(
    ideas: list[Application], cast: Cast
) -> None:
    call = ideas[0].call
    found = [stricter(call, cast, key) for key in ("pitch", "problem", "budget")]
    assert found == ["tightened", "tightened", ""]
    assert stricter(call, cast, "budget", asked_in="both") == "tightened"
    label = Words(fi="Kuka maksaa?")
    for where, told in (("both", "required"), ("idea", "required"), ("full", "")):
        code = ""
        try:
            asked = QuestionFields(label=label, required=True, kind="short", most_words=40, asked_in=where)
            calls.add_question(call, because=WHY, by=cast["owner"], **asked)
        except Refused as refused:
            code = refused.code
        assert code == told


@pytest.mark.long
def test_full_form_stays_once_a_full_application_has_been_sent(ideas: list[Application], cast: Cast) -> None:
    full = announced(ideas, cast["owner"])
    assert stricter(full.call, cast, "budget") == ""
    applications.save(full, answers={"budget": "A little."}, by=cast["convener"])
    with clock.at(full.call.closes - timedelta(hours=1)):
        applications.submit(full, by=cast["convener"])
        assert stricter(full.call, cast, "budget") == "tightened"
