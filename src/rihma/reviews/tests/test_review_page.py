from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.applications import actions as applications
from rihma.applications.fields import mark
from rihma.applications.models import Application
from rihma.reviews import actions
from rihma.reviews.models import Assignment, Review
from rihma.reviews.tests.conftest import Judge
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
type ClientOf = Callable[[Person | None], Client]


def typed(application: Application, *scores: object, **more: object) -> dict[str, object]:
    keys = application.call.criteria.values_list("pk", flat=True)
    return {"version": 0, **{f"score_{key}": score for key, score in zip(keys, scores, strict=True)}, **more}


@pytest.fixture
def assignment(reading: list[Application], cast: Cast) -> Assignment:
    return Assignment.objects.get(application=reading[0], person=cast["juror"])


def test_juror_reads_scores_and_sends(assignment: Assignment, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["juror"])
    listed = client.get(reverse("reviews:mine")).content.decode()
    assert (listed.count("Not begun"), "Debt advisers" in listed) == (2, True)
    page = client.get(assignment.get_absolute_url()).content.decode()
    assert "It is hard for Debt advisers" in page
    # Within the label of its score, so that it is heard and pressed with it.
    assert '<b>5 Excellent</b><span lang="en">Many live it.</span></span></label>' in page
    sent = typed(assignment.application, 4, 5, overall="Good.", send=1)
    answer = client.post(assignment.get_absolute_url(), sent)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("reviews:mine"))
    assert Review.objects.get().state == Review.State.SENT


def test_what_lacks_is_said_and_what_was_typed_is_kept(assignment: Assignment, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["juror"])
    answer = client.post(assignment.get_absolute_url(), typed(assignment.application, 4, "", overall="Good.", send=1))
    page = answer.content.decode()
    assert (answer.status_code, "Give a score for “Trial”." in page, "Good." in page) == (422, True, True)
    assert Review.objects.get().overall == "Good."


def test_page_saves_by_itself_and_refuses_an_older_version(
    assignment: Assignment, cast: Cast, client_of: ClientOf
) -> None:
    client, address = client_of(cast["juror"]), reverse("reviews:save", args=[assignment.pk])
    first = client.post(address, typed(assignment.application, 4, ""))
    assert (first.status_code, first.json()["version"]) == (200, 1)
    second = client.post(address, typed(assignment.application, 1, ""))
    assert second.status_code == 409
    assert list(Review.objects.get().scores.values()) == [4]


def test_score_beyond_the_scale_is_refused(assignment: Assignment, cast: Cast, client_of: ClientOf) -> None:
    address = reverse("reviews:save", args=[assignment.pk])
    assert client_of(cast["juror"]).post(address, typed(assignment.application, 6, "5; DROP")).status_code == 422


def test_readers_talk_once_each_has_judged_alone(
    assignment: Assignment, judge: Judge, cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast["juror"])
    address = reverse("reviews:remark", args=[assignment.pk])
    judge(assignment.application, cast["juror"], 4, 4)
    assert client.post(address, {"text": "What do you say?"}).status_code == 422
    judge(assignment.application, cast["expert"], 2, 2, reason="Too vague for me.")
    assert client.post(address, {"text": "What do you say?"}).status_code == 302
    page = client.get(assignment.get_absolute_url()).content.decode()
    assert ("Too vague for me." in page, "What do you say?" in page) == (True, True)


def test_conflict_declared_on_the_page_closes_it(assignment: Assignment, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["juror"])
    answer = client.post(reverse("reviews:declare", args=[assignment.pk]), {"reason": "A friend."}, follow=True)
    page = answer.content.decode()
    assert ("Debt advisers" in page, "you no longer see anything of it" in page) == (False, True)
    assert client.get(assignment.get_absolute_url()).status_code == 404


def test_blind_juror_sees_no_known_name(
    submitted: list[Application], jurors: list[Person], cast: Cast, client_of: ClientOf
) -> None:
    call = submitted[0].call
    member = submitted[0].team.members.get()
    actions.set_up(call.last_intake, readers=1, blind=True, by=cast["owner"])
    assignment = actions.assign(submitted[0], cast["juror"], by=cast["owner"])
    actions.begin(call.last_intake, by=cast["owner"])
    page = client_of(cast["juror"]).get(assignment.get_absolute_url()).content.decode()
    names = ("Debt advisers", str(member.person))
    assert [name for name in names if name in page] == []
    assert f"Application {submitted[0].receipt.number}" in page


def test_owner_prepares_begins_and_reads(
    submitted: list[Application], jurors: list[Person], judge: Judge, cast: Cast, client_of: ClientOf
) -> None:
    client, slug = client_of(cast["owner"]), submitted[0].call.programme.slug
    client.post(reverse("reviews:set_up", args=[slug]), {"readers": 1, "families": "on", "seen": _seen(client, slug)})
    client.post(reverse("reviews:assign_all", args=[slug]))
    client.post(reverse("reviews:move", args=[slug]), {"to": "begin"})
    reader = Assignment.objects.get(application=submitted[0]).person
    judge(submitted[0], reader, 5, 5)
    page = client.get(reverse("reviews:reviewing", args=[slug])).content.decode()
    assert ("Debt advisers" in page, "5.0" in page) == (True, True)
    one = client.get(reverse("reviews:application", args=[submitted[0].pk])).content.decode()
    assert ("Mean 5.0 of 1 review" in one, "reads Finnish" in one) == (True, True)


def _seen(client: Client, slug: str) -> str:
    form = client.get(reverse("reviews:set_up", args=[slug])).context["form"]
    return str(form.initial["seen"])


def test_owner_who_is_a_juror_in_conflict_sees_nothing_of_it_here(
    reading: list[Application], judge: Judge, cast: Cast, client_of: ClientOf
) -> None:
    judge(reading[0], cast["juror"], 5, 5)
    facilitator = cast["facilitator"]
    assignment = actions.assign(reading[0], facilitator, by=cast["owner"])
    actions.declare(assignment, by=facilitator)
    client, slug = client_of(facilitator), reading[0].call.programme.slug
    page = client.get(reverse("reviews:reviewing", args=[slug])).content.decode()
    assert ("Debt advisers" in page, "Archipelago" in page) == (False, True)
    assert client.get(reverse("reviews:application", args=[reading[0].pk])).status_code == 404


def test_owner_sees_who_is_harsh_and_what_it_changes(
    reading: list[Application], judge: Judge, cast: Cast, client_of: ClientOf
) -> None:
    judge(reading[0], cast["juror"], 2, 2)
    judge(reading[0], cast["expert"], 4, 4)
    judge(reading[1], cast["juror"], 3, 3)
    address = reverse("reviews:calibration", args=[reading[0].call.programme.slug])
    answer = client_of(cast["owner"]).get(address)
    lines = [(line.name, line.leaning, line.reviews) for line in answer.context["jurors"]]
    assert lines == [(str(cast["expert"]), "mild", 1), (str(cast["juror"]), "harsh", 2)]
    assert [(one.team, one.place, one.place_then) for one in answer.context["moved"]] == [
        ("Archipelago", 1, 1),
        ("Debt advisers", 1, 2),
    ]


def test_juror_is_told_that_a_newer_version_came_after_they_scored(
    assignment: Assignment, judge: Judge, cast: Cast, client_of: ClientOf
) -> None:
    judge(assignment.application, cast["juror"], 4, 4)
    client, words = client_of(cast["juror"]), "a newer version since you scored"
    assert words not in client.get(assignment.get_absolute_url()).content.decode()
    application = Application.objects.get(pk=assignment.application_id)
    seen = {"question_problem": mark(application.answers["problem"])}
    applications.save_fields(application, {"question_problem": "It is harder."}, seen=seen, by=cast["convener"])
    assert "harder" not in client.get(assignment.get_absolute_url()).content.decode()
    applications.submit(application, by=cast["convener"])
    page = client.get(assignment.get_absolute_url()).content.decode()
    assert (words in page, "It is harder." in page) == (True, True)
