from collections.abc import Callable
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.actors.actions import join, name_organisation, set_parent
from rihma.actors.models import Organisation
from rihma.applications.actions.naming import keep_named
from rihma.applications.models import Application
from rihma.base.refused import Refused
from rihma.calls.models import Question
from rihma.notices.models import Message
from rihma.programmes import actions as programmes
from rihma.programmes.models import Role
from rihma.reviews import actions, ties
from rihma.reviews.models import BARRED, Assignment, Conflict
from rihma.reviews.queries import conflicts, heard, standings
from rihma.reviews.tests.conftest import Judge
from rihma.teams import actions as teams
from rihma.teams import partners
from rihma.teams.models import Partner
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


def before(juror: Person) -> set[object]:
    return set(Assignment.objects.read_by(juror).values_list("application", flat=True))


def test_declared_conflict_hides_the_application_and_stops_its_scores(
    reading: list[Application], judge: Judge, cast: Cast
) -> None:
    first, second = reading
    judge(first, cast["juror"], 5, 5)
    judge(first, cast["expert"], 1, 1)
    assignment = Assignment.objects.get(application=first, person=cast["juror"])
    actions.declare(assignment, reason="My sister works there.", by=cast["juror"])
    assert before(cast["juror"]) == {second.pk}
    stand = standings(first.call.last_intake)[first.pk]
    assert (stand.score, stand.reviews, stand.missing) == (0.0, 1, 1)
    marked = [(one.assignment.person, one.is_sent, one.counts) for one in heard(first.call.last_intake)[first.pk]]
    assert set(marked) == {(cast["juror"], True, False), (cast["expert"], True, True)}


def test_mail_about_a_conflict_names_no_application(reading: list[Application], cast: Cast) -> None:
    assignment = Assignment.objects.get(application=reading[0], person=cast["juror"])
    actions.declare(assignment, by=cast["juror"])
    told = Message.objects.filter(kind="reviews/notices/conflict")
    assert set(told.values_list("to", flat=True)) == {cast["owner"].pk, cast["facilitator"].pk}
    assert [message for message in told if "Debt" in message.subject + message.body] == []


@pytest.mark.long
def test_list_of_readers_has_no_trace_of_one_in_conflict(
    reading: list[Application], cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    stays, gone = (one.assignment for one in heard(reading[0].call.last_intake)[reading[0].pk])
    actions.declare(gone, by=gone.person)
    page = client_of(cast["owner"]).get(reverse("reviews:reviewing", args=[reading[0].call.programme.slug])).text
    readers = page.partition(reverse("reviews:application", args=[reading[0].pk]))[2].partition("</tr>")[0]
    assert str(stays.person) in readers
    assert str(gone.person) not in readers
    assert "," not in readers


@pytest.mark.req("S3")
def test_juror_who_joins_an_organisation_of_the_team_midway_sees_and_counts_no_more(
    reading: list[Application], judge: Judge, cast: Cast
) -> None:
    first, second = reading
    judge(first, cast["juror"], 5, 5)
    member = first.team.members.get()
    organisation = Organisation.objects.get(affiliations__person=cast["convener"])
    member.organisation = organisation
    member.save()
    assert before(cast["juror"]) == {first.pk, second.pk}
    join(organisation, by=cast["juror"])
    assert before(cast["juror"]) == {second.pk}
    assert standings(first.call.last_intake)[first.pk].score is None
    assert [one.tie for one in heard(first.call.last_intake)[first.pk] if one.is_sent] == [ties.ORGANISATION]
    with pytest.raises(Refused) as refused:
        actions.reopen(Assignment.objects.get(application=first, person=cast["juror"]), by=cast["juror"])
    assert refused.value.code == "gone"


@pytest.fixture
def related(reading: list[Application], cast: Cast) -> list[Application]:
    """The first team acts for a part of the organisation that the juror acts for."""
    part = name_organisation("Jokilaakson harjoittelukoulu", kind=Organisation.Kind.UNIVERSITY)
    reading[0].team.members.update(organisation=part)
    set_parent(part, Organisation.objects.get(affiliations__person=cast["juror"]))
    return reading


@pytest.mark.req("S3")
def test_juror_of_the_same_family_of_organisations_sees_nothing(related: list[Application], cast: Cast) -> None:
    first, second = related
    assert before(cast["juror"]) == {second.pk}
    assert conflicts(first.call.last_intake, [cast["juror"].pk]) == {(first.pk, cast["juror"].pk): ties.FAMILY}


@pytest.mark.req("S3")
@pytest.mark.parametrize("state", ["invited", "confirmed", "left"])
def test_juror_of_an_organisation_that_a_team_only_names_sees_nothing(
    reading: list[Application], cast: Cast, state: str
) -> None:
    first, second = reading
    own = Organisation.objects.get(affiliations__person=cast["juror"])
    named = partners.name_partner(first.team, own, email="rector@school.example", by=cast["convener"])
    assert before(cast["juror"]) == {second.pk}
    assert conflicts(first.call.last_intake, [cast["juror"].pk]) == {(first.pk, cast["juror"].pk): ties.ORGANISATION}
    Partner.objects.filter(pk=named.pk).update(state=state)
    assert before(cast["juror"]) == {second.pk}
    Partner.objects.filter(pk=named.pk).update(state="declined")
    assert before(cast["juror"]) == {first.pk, second.pk}
    assert conflicts(first.call.last_intake, [cast["juror"].pk]) == {}


@pytest.mark.req("S3")
def test_juror_of_an_organisation_that_an_answer_names_sees_nothing_where_the_question_says_so(
    reading: list[Application], cast: Cast
) -> None:
    first, second = reading
    own = Organisation.objects.get(affiliations__person=cast["juror"])
    asked = Question.objects.create(
        call=first.call, key="partner", kind="organisation", number=9, required=False, ties_jurors=True
    )
    answered = {**first.answers, "partner": {"name": own.name, "id": str(own.pk)}}
    Application.objects.filter(pk=first.pk).update(answers=answered)
    first.refresh_from_db()
    keep_named(first)
    assert before(cast["juror"]) == {second.pk}
    assert conflicts(first.call.last_intake, [cast["juror"].pk]) == {(first.pk, cast["juror"].pk): ties.NAMED}
    part = name_organisation("Jokilaakson iltakoulu", kind=Organisation.Kind.UNIVERSITY)
    first.named.update(organisation=part)
    assert before(cast["juror"]) == {first.pk, second.pk}
    set_parent(part, own)
    assert before(cast["juror"]) == {second.pk}
    assert conflicts(first.call.last_intake, [cast["juror"].pk]) == {(first.pk, cast["juror"].pk): ties.FAMILY}
    Question.objects.filter(pk=asked.pk).update(ties_jurors=False)
    assert before(cast["juror"]) == {first.pk, second.pk}
    assert conflicts(first.call.last_intake, [cast["juror"].pk]) == {}


def test_family_does_not_count_where_the_owner_said_why(related: list[Application], cast: Cast) -> None:
    first, second = related
    turn_off = partial(actions.set_up, first.call.last_intake, readers=2, blind=False, families=False, by=cast["owner"])
    with pytest.raises(Refused) as refused:
        turn_off(why_no_families=" ")
    assert refused.value.field == "why_no_families"
    turn_off(why_no_families="All schools are one family.")
    assert before(cast["juror"]) == {first.pk, second.pk}
    assert conflicts(first.call.last_intake, [cast["juror"].pk]) == {}


def test_two_bodies_of_the_state_are_no_family_by_that(reading: list[Application], cast: Cast) -> None:
    agency = name_organisation("Toinen virasto", kind=Organisation.Kind.STATE_AGENCY)
    reading[0].team.members.update(organisation=agency)
    join(name_organisation("Uudistusvirasto", kind=Organisation.Kind.STATE_AGENCY), by=cast["juror"])
    assert before(cast["juror"]) == {one.pk for one in reading}


def test_every_tie_is_found_alike_for_one_and_for_all(reading: list[Application], cast: Cast) -> None:
    first, second = reading
    call = first.call
    teams.invite(first.team, cast["expert"].email, by=cast["convener"])
    second.team.mentors.add(cast["mentor"])
    outside = Organisation.objects.get(affiliations__person=cast["outsider"])
    part = name_organisation("Muualla Logistiikka Oy", kind=Organisation.Kind.COMPANY)
    second.team.members.update(organisation=part)
    set_parent(part, outside)
    for name in ("mentor", "convener"):
        programmes.appoint(call.programme, cast[name], Role.Kind.JUROR, by=cast["owner"])
    people = [cast[name] for name in ("juror", "expert", "mentor", "convener", "outsider")]
    of_all = conflicts(call.last_intake, [person.pk for person in people])
    assert {(pk, of_all[first.pk, cast[name].pk]) for name, pk in (("expert", 1), ("convener", 2))} == {
        (1, ties.MEMBER),
        (2, ties.MEMBER),
    }
    assert of_all[second.pk, cast["mentor"].pk] == ties.MENTOR
    assert of_all[second.pk, cast["convener"].pk] == ties.RIVAL
    assert of_all[second.pk, cast["outsider"].pk] == ties.FAMILY
    for person in people:
        of_one = set(Application.objects.filter(pk__in=BARRED(person.pk), call=call).values_list("pk", flat=True))
        assert of_one == {application for application, other in of_all if other == person.pk}


def test_nobody_is_given_what_they_are_tied_to(reading: list[Application], cast: Cast) -> None:
    actions.declare(Assignment.objects.get(application=reading[0], person=cast["juror"]), by=cast["juror"])
    with pytest.raises(Refused) as refused:
        actions.assign(reading[0], cast["juror"], by=cast["owner"])
    assert refused.value.code == "conflict"


def test_lifted_conflict_lets_the_application_be_given_again(reading: list[Application], cast: Cast) -> None:
    assignment = Assignment.objects.get(application=reading[0], person=cast["juror"])
    conflict = actions.declare(assignment, by=cast["juror"])
    actions.lift(conflict, because="Another of the same name.", by=cast["owner"])
    assert before(cast["juror"]) == {reading[1].pk}
    actions.assign(reading[0], cast["juror"], by=cast["owner"])
    assert before(cast["juror"]) == {one.pk for one in reading}
    assert Conflict.objects.get().lifted_because == "Another of the same name."
