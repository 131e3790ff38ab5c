"""Answers of an earlier round brought into a new draft: what fits, what does not, and whose they are."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.applications import actions, copying
from rihma.applications.models import Application
from rihma.applications.rules.copying import Fit, fitted
from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.calls.models import Call, Intake, Question
from rihma.calls.rules import Asked, Option
from rihma.history.models import Event
from rihma.programmes.models import Programme, Role
from rihma.teams import actions as teams
from tests.conftest import Cast

type ClientOf = Callable[[Person | None], Client]

TODAY = date(2026, 12, 1)
OPTIONS = tuple(Option(key, Words(en=key.title())) for key in ("apple", "birch", "clover"))


def asked(kind: str, options: tuple[Option, ...] = (), **more: Any) -> Asked:
    return Asked("which", kind, Words(en="Which"), options=options, **more)


@pytest.mark.parametrize(
    ("then", "now", "value", "fit", "brought"),
    [
        (asked("long"), asked("short"), "Words.", Fit.COMES, "Words."),
        (asked("long"), None, "Words.", Fit.GONE, None),
        (asked("long"), asked("long", is_retired=True), "Words.", Fit.GONE, None),
        (asked("long"), asked("number"), "Words.", Fit.CHANGED, None),
        (asked("number"), asked("number"), 3, Fit.COMES, 3),
        (asked("consent"), asked("consent"), True, Fit.ANEW, None),
        (asked("file"), asked("file"), [{"id": "1"}], Fit.ANEW, None),
        (asked("challenge", OPTIONS), asked("challenge", ()), ["apple"], Fit.CHANGED, None),
        (asked("person"), asked("person"), {"name": "Elli"}, Fit.ANEW, None),
        (asked("long"), asked("long", frozen_after=date(2026, 11, 30)), "Words.", Fit.FROZEN, None),
        (asked("choice", OPTIONS), asked("choice", OPTIONS), "birch", Fit.COMES, "birch"),
        (asked("choice", OPTIONS), asked("several", OPTIONS), "birch", Fit.COMES, ["birch"]),
        (asked("several", OPTIONS), asked("choice", OPTIONS), ["birch"], Fit.COMES, "birch"),
        (asked("several", OPTIONS), asked("choice", OPTIONS), ["birch", "apple"], Fit.CHANGED, None),
        (asked("several", OPTIONS), asked("several", OPTIONS[1:]), ["apple", "birch"], Fit.COMES, ["birch"]),
        (asked("choice", OPTIONS), asked("choice", OPTIONS[1:]), "apple", Fit.CHANGED, None),
    ],
)
def test_answer_comes_where_its_question_still_takes_it(
    then: Asked, now: Asked | None, value: Any, fit: Fit, brought: Any
) -> None:
    found = fitted(then, now, value, TODAY)
    assert (found.fit, found.value) == (fit, brought)


def test_option_that_is_no_longer_offered_is_named() -> None:
    found = fitted(asked("several", OPTIONS), asked("several", OPTIONS[1:]), ["apple", "birch"], TODAY)
    assert found.lost == ("Apple",)


@pytest.fixture
def source(application: Application, call: Call, cast: Cast) -> Application:
    """Of last year: submitted, with a member beside the convener."""
    Question.objects.create(call=call, key="gone", number=2, label=Words(en="Old question"), required=False)
    member = teams.invite(application.team, cast["member"].email, by=cast["convener"])
    teams.join(member, by=cast["member"])
    answers = {"problem": "Debt grows in silence.", "gone": "Nobody asks."}
    actions.save(application, answers=answers, phenomenon="Debts", by=cast["convener"])
    actions.submit(application, by=cast["convener"])
    application.refresh_from_db()
    return application


@pytest.fixture
def draft(source: Application, call: Call, cast: Cast) -> Application:
    """To another call, which asks the same question in fewer words."""
    facts = {name: getattr(call.programme, name) for name in ("title", "purpose", "starts", "ends", "state")}
    programme = Programme.objects.create(slug="autumn", **facts)
    Role.objects.create(programme=programme, person=cast["owner"], role=Role.Kind.OWNER)
    times = {"closes_on": call.closes_on, "closes_at": call.closes_at}
    next_call = Call.objects.create(programme=programme, teams_min=1, teams_max=2, **times)
    Intake.objects.create(call=next_call)
    Question.objects.create(call=next_call, key="problem", number=1, label=Words(en="The problem?"), most_words=3)
    return actions.start(next_call, by=cast["convener"])


def page(draft: Application, source: Application) -> str:
    return reverse("applications:copy", args=[draft.pk, source.pk])


def test_preview_tells_what_comes_and_changes_nothing(
    draft: Application, source: Application, cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast["convener"])
    assert "You have written an application before." in client.get(draft.get_absolute_url()).text
    assert page(draft, source) in client.get(reverse("applications:copy_from", args=[draft.pk])).text
    shown = client.get(page(draft, source))
    assert [(one.field, one.comes) for one in shown.context["coming"]] == [
        ("name", True),
        ("phenomenon", True),
        ("question_problem", True),
    ]
    assert "by 1 word" in shown.text
    assert "It is not asked any more." in shown.text
    assert cast["member"].email not in shown.text
    draft.refresh_from_db()
    assert (draft.answers, draft.team.phenomenon) == ({}, "")


def test_chosen_fields_come_and_chosen_people_are_invited_anew(
    draft: Application, source: Application, cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast["convener"])
    seen = [f"{name}:{mark}" for name, mark in client.get(page(draft, source)).context["marks"].items()]
    place = source.team.members.get(person=cast["member"])
    client.post(
        page(draft, source), {"fields_to_bring": ["phenomenon", "question_problem"], "invite": [place.pk], "seen": seen}
    )
    draft.refresh_from_db()
    draft.team.refresh_from_db()
    assert (draft.answers, draft.team.phenomenon, draft.team.name) == (
        {"problem": "Debt grows in silence."},
        "Debts",
        "",
    )
    assert [(one.person, one.state) for one in draft.team.members.exclude(person=cast["convener"])] == [
        (cast["member"], "invited")
    ]
    assert Event.objects.get(verb="copied").data == {"source": str(source.pk), "keys": ["phenomenon", "problem"]}


def test_field_that_is_filled_stays_unless_it_is_told(
    draft: Application, source: Application, cast: Cast, client_of: ClientOf
) -> None:
    actions.save(draft, answers={"problem": "A new one."}, by=cast["convener"])
    shown = client_of(cast["convener"]).get(page(draft, source))
    ticks = re.findall(r'name="fields_to_bring"\s+value="(\w+)"\s+checked', shown.text)
    assert ticks == ["name", "phenomenon"]
    draft.refresh_from_db()
    copying.copy(draft, source, fields=["question_problem"], seen=copying.marks(draft), by=cast["convener"])
    draft.refresh_from_db()
    assert draft.answers == {"problem": "Debt grows in silence."}


def test_what_somebody_wrote_after_the_preview_stays(draft: Application, source: Application, cast: Cast) -> None:
    seen = copying.marks(draft)
    actions.save(draft, answers={"problem": "Typed meanwhile."}, by=cast["convener"])
    contested = copying.copy(draft, source, fields=["question_problem", "name"], seen=seen, by=cast["convener"])
    draft.refresh_from_db()
    draft.team.refresh_from_db()
    assert (contested, draft.answers, draft.team.name) == (
        {"question_problem": "Typed meanwhile."},
        {"problem": "Typed meanwhile."},
        "Debt advisers",
    )


@pytest.mark.parametrize("role", ["other_convener", "owner", "outsider"])
def test_nobody_brings_in_what_they_did_not_write(
    draft: Application, source: Application, cast: Cast, client_of: ClientOf, role: str
) -> None:
    own = actions.start(draft.call, by=cast[role])
    assert not copying.earlier(cast[role], draft.call).exists()
    assert client_of(cast[role]).get(page(own, source)).status_code == 404
    with pytest.raises(Refused, match="Only those who wrote"):
        copying.copy(own, source, fields=["name"], seen={}, by=cast[role])


def test_member_who_left_brings_nothing_in(draft: Application, source: Application, cast: Cast) -> None:
    assert list(copying.earlier(cast["member"], draft.call)) == [source]
    teams.leave(source.team.members.get(person=cast["member"]), by=cast["member"])
    assert not copying.earlier(cast["member"], draft.call).exists()


def test_submitted_application_takes_nothing_in(draft: Application, source: Application, cast: Cast) -> None:
    actions.save(draft, answers={"problem": "Short."}, name="New", by=cast["convener"])
    actions.submit(draft, by=cast["convener"])
    draft.refresh_from_db()
    with pytest.raises(Refused, match="into a draft only"):
        copying.copy(draft, source, fields=["name"], seen={}, by=cast["convener"])
