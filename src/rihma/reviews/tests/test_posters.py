"""Whoever posted a challenge does not judge what answers it, unless the owner says so; who knows it reads it first."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from rihma.accounts.models import Person
from rihma.actors.actions import name_organisation, set_parent
from rihma.actors.models import Affiliation
from rihma.applications import actions as applications
from rihma.applications.models import Application, Uptake
from rihma.base.words import Words
from rihma.calls.models import Call, Question
from rihma.challenges import actions as challenges
from rihma.challenges.models import Challenge
from rihma.programmes import actions as programmes
from rihma.programmes.models import Role
from rihma.reviews import actions
from rihma.reviews.models import Assignment, Reviewing
from rihma.reviews.rules import choosing, solving
from rihma.reviews.rules.choosing import Reader, Table, Text
from rihma.reviews.ties import POSTER, POSTER_FAMILY, TIED, found
from rihma.reviews.words import CONFLICTS
from tests.conftest import Cast

type ClientOf = Callable[[Person | None], Client]
CITY = "City of Rannikko"


@pytest.fixture
def question(measured: Call) -> Question:
    label = Words(fi="Mihin haasteeseen?", sv="Vilken utmaning?", en="Which challenge?")
    return Question.objects.create(call=measured, key="which", number=9, label=label, kind="challenge", most=2)


@pytest.fixture
def posted(question: Question, cast: Cast) -> list[Challenge]:
    """Two: by the expert, whom the owner let in for a city; and by the owner for a state agency."""
    challenges.let_in(question.call, email=cast["expert"].email, organisation=CITY, by=cast["owner"])
    return [
        challenges.publish(challenges.post(question.call, organisation=body, by=by, **texts(title)), by=by)
        for title, body, by in (("Letters", CITY, cast["expert"]), ("Queues", "State Agency", cast["owner"]))
    ]


def texts(title: str) -> dict[str, Words]:
    return {"title": Words(fi=title, sv=title), "problem": Words(fi="Ongelma.", sv="Problemet.")}


@pytest.fixture
def answering(posted: list[Challenge], cast: Cast) -> list[Application]:
    """The convener's team takes up the city's first, the other one the agency's only."""
    letters, queues = (str(one.pk) for one in posted)
    found = []
    for name, chosen in (("convener", [letters, queues]), ("other_convener", [queues])):
        draft = applications.start(posted[0].call, by=cast[name])
        applications.save(draft, answers={"problem": "Why.", "which": chosen}, by=cast[name], name=name)
        applications.submit(draft, by=cast[name])
        found.append(Application.objects.select_related("call__programme", "team").get(pk=draft.pk))
    for name in ("expert", "outsider"):
        programmes.appoint(posted[0].call.programme, cast[name], Role.Kind.JUROR, by=cast["owner"])
    return found


def ties_of(person: Person, application: Application) -> dict[UUID, str]:
    """Found for many and asked for one alike."""
    kinds = {pk: kind for (pk, _person), kind in found(application.call.last_intake, [person.pk]).items()}
    assert set(Application.objects.filter(pk__in=TIED(person.pk)).values_list("pk", flat=True)) == set(kinds)
    return kinds


def test_what_arrives_says_which_challenges_it_answers_in_order(
    answering: list[Application], posted: list[Challenge], cast: Cast
) -> None:
    letters, queues = posted
    assert list(answering[0].uptakes.values_list("challenge", "place")) == [(letters.pk, 1), (queues.pk, 2)]
    applications.save(answering[0], answers={"which": [str(queues.pk)]}, by=cast["convener"])
    assert answering[0].uptakes.count() == 2
    applications.submit(answering[0], by=cast["convener"])
    assert list(answering[0].uptakes.values_list("challenge", "place")) == [(queues.pk, 1)]


@pytest.mark.req("S3")
def test_poster_is_in_conflict_with_what_answers_their_challenge_and_with_nothing_else(
    answering: list[Application], cast: Cast
) -> None:
    assert ties_of(cast["expert"], answering[0]) == {answering[0].pk: POSTER}
    assert ties_of(cast["outsider"], answering[0]) == {}


def test_whoever_works_for_the_organisation_or_its_family_is_too(answering: list[Application], cast: Cast) -> None:
    city, house = (name_organisation(name, kind="municipality") for name in (CITY, "Rannikko Culture House"))
    Affiliation.objects.create(person=cast["outsider"], organisation=house)
    before = ties_of(cast["outsider"], answering[0])
    set_parent(house, city)
    assert (before, ties_of(cast["outsider"], answering[0])) == ({}, {answering[0].pk: POSTER_FAMILY})
    Affiliation.objects.create(person=cast["outsider"], organisation=city)
    assert ties_of(cast["outsider"], answering[0]) == {answering[0].pk: POSTER}


def test_posters_read_where_the_owner_says_so_and_the_call_tells_it(
    answering: list[Application], cast: Cast, client_of: ClientOf
) -> None:
    call = answering[0].call
    address = call.get_absolute_url()
    actions.set_up(call.last_intake, readers=1, blind=False, by=cast["owner"])
    assert "reads no application that answers it" in client_of(None).get(address).text
    actions.set_up(call.last_intake, readers=1, blind=False, posters_read=True, by=cast["owner"])
    assert ties_of(cast["expert"], answering[0]) == {}
    assert "may be among those who read" in client_of(None).get(address).text


def test_owner_who_posted_for_others_finds_and_handles_all(answering: list[Application], cast: Cast) -> None:
    assert set(Application.objects.filter(pk__in=TIED(cast["owner"].pk))) == set()


def test_each_conflict_has_its_words() -> None:
    assert {str(CONFLICTS[kind]) for kind in (POSTER, POSTER_FAMILY)} == {
        "posted the challenge that it answers, or works for whom it is",
        "acts for an organisation of the family that posted the challenge",
    }


@pytest.mark.parametrize("only_known", [False, True])
def test_juror_who_knows_a_challenge_is_given_it_first_or_nothing_else(
    answering: list[Application], posted: list[Challenge], cast: Cast, *, only_known: bool
) -> None:
    """The outsider knows the city's challenge and has no rival but the juror, who knows none."""
    intake = answering[0].call.last_intake
    actions.set_up(intake, readers=1, blind=False, only_known=only_known, by=cast["owner"])
    for name, known in (("outsider", posted[:1]), ("juror", ())):
        actions.set_juror(intake, cast[name], languages=["fi", "sv"], challenges=known, by=cast["owner"])
    actions.set_juror(intake, cast["expert"], languages=["fi", "sv"], most=0, by=cast["owner"])
    assert actions.assign_all(intake, by=cast["owner"]) == {}
    given = {one.application_id: one for one in Assignment.objects.all()}
    assert [given[one.pk].person for one in answering] == [cast["outsider"], cast["juror"]]
    assert "knows the challenge" in choosing.in_words(given[answering[0].pk].because)


def test_what_nobody_knows_stays_without_reader_only_where_the_owner_demands_it() -> None:
    known, other, text = (Call().pk for _ in range(3))
    readers = [Reader(other, frozenset({"fi"}), challenges=frozenset({known}))]
    tables = [Table([Text(text, "fi")], readers, 1, only_known=only_known) for only_known in (False, True)]
    assert [dict(solving.choose(table).short) for table in tables] == [{}, {text: 1}]


def test_forms_ask_about_challenges_only_where_there_are_some(
    answering: list[Application], posted: list[Challenge], cast: Cast, client_of: ClientOf
) -> None:
    slug = answering[0].call.programme.slug
    client = client_of(cast["owner"])
    page = f"/en/programmes/{slug}/reviewing/jurors/{cast['outsider'].pk}/"
    assert "Challenges they know" in client.get(page).text
    client.post(page, {"languages": ["fi"], "challenges": [str(posted[0].pk)]})
    reviewing = Reviewing.objects.get()
    assert list(reviewing.jurors.get().challenges.all()) == posted[:1]
    Uptake.objects.all().delete()
    Challenge.objects.all().delete()
    assert "Challenges they know" not in client.get(page).text


def test_pile_and_programs_are_narrowed_to_one_challenge(
    answering: list[Application], posted: list[Challenge], cast: Cast, client_of: ClientOf
) -> None:
    for application in answering:
        actions.assign(application, cast["juror"], by=cast["owner"])
    actions.begin(answering[0].call.last_intake, by=cast["owner"])
    juror, owner = client_of(cast["juror"]), client_of(cast["owner"])
    page = juror.get("/en/reviews/", {"challenge": str(posted[0].pk)})
    assert [[one.title for one in pile.shown] for pile in page.context["piles"]] == [["convener"]]
    assert [(one.title, one.count) for one in page.context["challenges"][1:]] == [("Letters", 1), ("Queues", 2)]
    asked = {"challenge": str(posted[0].pk)}
    assert [one["title"] for one in juror.get("/api/v1/reviews", asked).json()] == ["convener"]
    (told,) = owner.get("/api/v1/applications", asked).json()["items"]
    assert told["challenges"] == [str(one.pk) for one in posted]
