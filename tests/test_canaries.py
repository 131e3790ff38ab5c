"""Nothing of an application reaches those who may not read it, and all of it those who may (S3).

Every confidential field holds a word that stands nowhere else; then everybody opens every page of the site.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from pytest_django.plugin import DjangoDbBlocker

from rihma.accounts.models import Person
from rihma.actors.actions import name_organisation, set_parent
from rihma.actors.models import Organisation
from rihma.applications.models import Application, Uptake
from rihma.base.words import Words
from rihma.challenges.models import Challenge
from rihma.mergers.models import Merger
from rihma.notices.models import Message
from rihma.programmes import actions as programmes
from rihma.programmes.models import Role
from rihma.reviews import actions as reviews
from rihma.reviews.models import Assignment, Conflict, Review
from rihma.selection import actions as decisions
from rihma.selection import choosing
from rihma.selection.models import Decision
from tests import demos
from tests.routes import routes
from tests.world import World, of_demo

pytestmark = [pytest.mark.django_db, pytest.mark.long("postgresql"), pytest.mark.req("S3")]

READER = "kaisa@lukupiiri.example"
CONTENT = ("NAME", "PHENOMENON", "LOOKING", "IDEA", "ANSWER", "ORGANISATION", "PERSON")
JUDGED = ("REASON", "WHOLE", "REMARK")
CHOSEN = ("DECIDED", "SUMMARY", "FORCED")
SECRET = ("CONFLICT", "DRAFT")
CANARY = re.compile(r"CANARY([A-Z]+)")
# What differs from one answer to the next without telling anything.
CHANCE = re.compile(
    r'csrfmiddlewaretoken" value="[^"]+"|"X-CSRFToken": "[^"]+"|[nN]once"?[=:] ?"[^"]+"|"request": "\w+"|\d\d:\d\d(:\d\d)?'
)
# Offers the names of the register while somebody types one: that a body is in it tells nothing of who applied.
REGISTER = "organisations:known"
OUTSIDE = ("juror", "outsider", "other_convener", "convener", "member", "mentor", "expert", "guest", "anonymous")


def canary(word: str) -> str:
    return f"CANARY{word}"


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), demos.entered():
        yield _sown(of_demo())


def _sown(world: World) -> World:
    """The juror of the cast has declared a conflict in the middle of reading; the other reader has sent their review."""
    found = dict(world.special["reviews"])
    application = Application.objects.select_related("team", "call__programme", "receipt").get(
        pk=str(found["application_id"])
    )
    own = Assignment.objects.get(pk=str(found["assignment_id"]))
    _sow(application)
    version = Review.objects.get(assignment=own).version
    reviews.save(own, version=version, scores={}, reasons={}, overall=canary("DRAFT"), by=own.person)
    reviews.declare(own, reason=canary("CONFLICT"), by=own.person)
    reviews.remark(application, canary("REMARK"), by=world.people["owner"])
    _answers_challenge_of(world.people["expert"], application, world.people["owner"])
    reviews.discuss(application.counts_for, by=world.people["owner"])
    _decide(application, world.people["owner"])
    here = {**found, "team_id": application.team_id, "member_id": application.team.members.all()[0].pk}
    people = {**world.people, "reader": Person.objects.get(email=READER)}
    special = {
        route: {name: here.get(name, value) if route != "library:lesson" else value for name, value in values.items()}
        for route, values in world.special.items()
    }
    return replace(world, people=people, values={**world.values, **here}, special=special)


def _answers_challenge_of(poster: Person, application: Application, by: Person) -> None:
    """Somebody has it to read as a juror, and it turns out to answer a challenge that they posted."""
    programmes.appoint(application.call.programme, poster, Role.Kind.JUROR, by=by)
    reviews.assign(application, poster, by=by)
    challenge = Challenge.objects.create(call=application.call, organisation="Rannikko", by=poster, state="published")
    Uptake.objects.create(application=application, challenge=challenge)


def _decide(application: Application, by: Person) -> None:
    """On the way to the cohort, and not announced."""
    choosing.weigh(application, points=None, forced="out", reason=canary("FORCED"), by=by)
    summary = Words(fi=canary("SUMMARY"), sv=canary("SUMMARY"))
    decisions.decide(application, Decision.Outcome.DECLINED, reason=canary("DECIDED"), summary=summary, by=by)


def _sow(application: Application) -> None:
    team, receipt = application.team, application.receipt
    organisation = name_organisation(canary("ORGANISATION"), kind="association")
    member = team.members.select_related("person")[0]
    Person.objects.filter(pk=member.person_id).update(name=canary("PERSON"))
    team.members.filter(pk=member.pk).update(organisation=organisation)
    team.name, team.phenomenon = canary("NAME"), canary("PHENOMENON")
    team.looking_for, team.experiment_idea = canary("LOOKING"), canary("IDEA")
    team.save()
    application.answers = dict.fromkeys(application.answers, canary("ANSWER"))
    application.save()
    told = {"name": "NAME", "phenomenon": "PHENOMENON", "looking_for": "LOOKING", "experiment_idea": "IDEA"}
    receipt.content["team"] |= {key: canary(word) for key, word in told.items()}
    receipt.content["members"][0]["organisation"] = canary("ORGANISATION")
    receipt.content["answers"] = dict.fromkeys(receipt.content["answers"], canary("ANSWER"))
    receipt.save()
    review = Review.objects.get(assignment__application=application, assignment__person__email=READER)
    review.reasons, review.overall = dict.fromkeys(review.scores, canary("REASON")), canary("WHOLE")
    review.save()


def seen(world: World, role: str) -> dict[str, str]:
    """Route → what this role reads there, and under `mail` what has been written to them."""
    client, answers = world.client(role), {}
    for route, parameters in routes().items():
        answer = client.get(world.address(route, parameters), {"q": "CANARY", "sort": "team"})
        answers[route] = answer.getvalue().decode("utf-8", "replace").replace("q=CANARY", "")
    if role in world.people:
        mails = Message.objects.filter(to=world.people[role]).order_by("pk")
        answers["mail"] = "\n".join(f"{mail.subject}\n{mail.body}" for mail in mails)
    return answers


def canaries(answers: dict[str, str]) -> dict[str, set[str]]:
    found = {route: set(CANARY.findall(body)) for route, body in answers.items() if route != REGISTER}
    return {route: words for route, words in found.items() if words}


@pytest.mark.parametrize("role", OUTSIDE)
def test_nothing_of_the_application_reaches_whoever_may_not_read_it(world: World, role: str) -> None:
    answers = seen(world, role)
    assert canaries(answers).keys() - _asked_to_merge(world, role) == set()
    assert "Rihma" in answers["home"]


def _asked_to_merge(world: World, role: str) -> set[str]:
    """Whoever is asked to become one team with another learns by it who that is, on the page that asks."""
    merger = Merger.objects.get(pk=str(world.special["mergers"]["merger_id"]))
    is_asked = str(world.values["application_id"]) in {str(merger.stays_id), str(merger.goes_id)}
    return {"mergers:merger"} if is_asked and role == "other_convener" else set()


def test_other_reader_reads_all_of_it_in_one_place(world: World) -> None:
    own = Assignment.objects.get(application=UUID(str(world.values["application_id"])), person=world.people["reader"])
    special = {**world.special, "reviews": {**world.special["reviews"], "assignment_id": own.pk}}
    theirs = replace(world, values={**world.values, "assignment_id": own.pk}, special=special)
    found = canaries(seen(theirs, "reader"))
    assert found["reviews:review"] == {*CONTENT, *JUDGED}
    assert set().union(*found.values()) == {*CONTENT, *JUDGED}
    assert {route for route in found if not route.startswith("reviews:")} == {
        "api:review",
        "api:reviews",
        "api:save_review",
    }


def test_owner_reads_reviews_and_conflicts_but_no_draft(world: World) -> None:
    found = canaries(seen(world, "owner"))
    assert found["reviews:application"] == {"NAME", *JUDGED, "CONFLICT"}
    assert "DRAFT" not in set().union(*found.values())


def test_owner_reads_what_is_decided_where_it_is_decided(world: World) -> None:
    found = canaries(seen(world, "owner"))
    assert {route for route, words in found.items() if "FORCED" in words} >= {"selection:weigh"}
    assert set().union(*found.values()) >= set(CHOSEN)


def test_conflicted_juror_notices_nothing_whatever_happens_to_it(world: World) -> None:
    """Not by a count, a mean, an order or a length: all that they can ask for stays as it was, to the letter."""
    before = {route: CHANCE.sub("", body) for route, body in seen(world, "juror").items()}
    application = Application.objects.get(pk=str(world.values["application_id"]))
    theirs = Assignment.objects.get(application=application, person=world.people["reader"])
    review = reviews.reopen(theirs, by=theirs.person)
    scores = dict.fromkeys(review.scores, 1)
    reviews.save(theirs, version=review.version, scores=scores, reasons={}, overall="No.", by=theirs.person)
    reviews.send(theirs, by=theirs.person)
    reviews.remark(application, "Is it so bad?", by=world.people["owner"])
    reviews.release(theirs, by=world.people["owner"])
    after = {route: CHANCE.sub("", body) for route, body in seen(world, "juror").items()}
    assert {route for route in before if before[route] != after[route]} == set()


@pytest.mark.long
def test_juror_of_the_same_family_of_organisations_notices_nothing(world: World) -> None:
    """Who read it a moment ago, and whose organisation then turns out to be the parent of one in the team."""
    juror, owner = world.people["juror"], world.people["owner"]
    conflict = Conflict.objects.standing().get(person=juror, application=UUID(str(world.values["application_id"])))
    reviews.lift(conflict, because="Another of the same name.", by=owner)
    theirs = reviews.assign(conflict.application, juror, by=owner)
    special = {**world.special, "reviews": {**world.special["reviews"], "assignment_id": theirs.pk}}
    reading = replace(world, values={**world.values, "assignment_id": theirs.pk}, special=special)
    assert set().union(*canaries(seen(reading, "juror")).values()) >= set(CONTENT)
    part = Organisation.objects.get(name=canary("ORGANISATION"))
    set_parent(part, Organisation.objects.get(affiliations__person=juror))
    assert canaries(seen(reading, "juror")) == {}
