from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.actors.actions import name_organisation, set_parent
from rihma.actors.models import Organisation
from rihma.applications.models import Application
from rihma.base.words import Words
from rihma.calls.models import Criterion
from rihma.notices.models import Message
from rihma.programmes import actions as programmes
from rihma.programmes.models import Role
from rihma.reviews import actions as reviews
from rihma.reviews.models import Assignment, Review
from rihma.selection import actions, choosing
from rihma.selection.models import Decision
from rihma.selection.moving import leave_programme
from rihma.selection.queries import is_tied
from rihma.teams.models import Team
from tests.conftest import Cast

type ClientOf = Callable[[Person | None], Client]
Outcome = Decision.Outcome


@pytest.fixture
def decided(three: list[Application], cast: Cast) -> list[Application]:
    """One of each: accepted, reserve, declined."""
    summary = Words(fi="Kokeilee velkaneuvontaa.", sv="Prövar skuldrådgivning.")
    actions.decide(three[0], Outcome.ACCEPTED, summary=summary, by=cast["owner"])
    actions.decide(three[1], Outcome.RESERVE, reason="Nästan.", by=cast["owner"])
    actions.decide(three[2], Outcome.DECLINED, reason="canary-reason", by=cast["owner"])
    return three


def letter_of(application: Application) -> str:
    return reverse("selection:letter", args=[application.pk])


def read(application: Application, cast: Cast, text: str) -> None:
    """The juror has read it and sent a review."""
    call = application.call
    Criterion.objects.create(call=call, number=1, title=Words(fi="Tarve"), description=Words(fi="Mitä katsotaan."))
    reviews.assign(application, cast["juror"], by=cast["owner"])
    reviews.begin(call.last_intake, by=cast["owner"])
    assignment = Assignment.objects.current().get(application=application, person=cast["juror"])
    scores = {str(pk): 3 for pk in call.criteria.values_list("pk", flat=True)}
    reviews.save(assignment, version=0, scores=scores, reasons={}, overall=text, by=cast["juror"])
    reviews.send(assignment, by=cast["juror"])
    assert Review.objects.get().state == Review.State.SENT


def test_letter_is_not_there_for_its_writers_before_the_announcement(
    decided: list[Application], cast: Cast, client_of: ClientOf
) -> None:
    assert client_of(cast["member"]).get(letter_of(decided[2])).status_code == 404
    owner = client_of(cast["owner"]).get(letter_of(decided[2]))
    assert [(draft.to, draft.subject) for draft in owner.context["drafts"]] == [
        (cast["member"], "Päätös hakemuksestasi: Kevään ohjelma")
    ]
    actions.announce(decided[0].call.last_intake, by=cast["owner"])
    assert "canary-reason" in client_of(cast["member"]).get(letter_of(decided[2])).text
    assert client_of(cast["convener"]).get(letter_of(decided[2])).status_code == 404


def test_mail_that_goes_is_the_mail_that_was_read_before(
    decided: list[Application], cast: Cast, client_of: ClientOf
) -> None:
    before = client_of(cast["owner"]).get(letter_of(decided[1])).context["drafts"]
    actions.announce(decided[0].call.last_intake, by=cast["owner"])
    sent = Message.objects.filter(kind="selection/notices/reserve")
    assert [(one.to, one.subject, one.body) for one in sent] == [(d.to, d.subject, d.body) for d in before]


def test_letter_names_maker_day_contact_place_and_what_jurors_wrote_without_their_names(
    decided: list[Application], cast: Cast, client_of: ClientOf
) -> None:
    programme = decided[0].call.programme
    programme.contact = "ohjelma@virasto.example"
    programme.save()
    read(decided[1], cast, "Bra idé, men deltagarna saknas.")
    actions.announce(decided[0].call.last_intake, by=cast["owner"])
    page = client_of(cast["other_convener"]).get(letter_of(decided[1])).text
    mail = Message.objects.get(kind="selection/notices/reserve").body
    for text in (page, mail):
        for told in (cast["owner"].name, "ohjelma@virasto.example", "Bra idé, men deltagarna saknas.", "Nästan."):
            assert told in text
        assert cast["juror"].name not in text
    assert "Number 1 on the reserve list" in page
    assert "reservplats nummer 1" in mail


def test_decision_by_hand_is_named_as_such(three: list[Application], cast: Cast, client_of: ClientOf) -> None:
    actions.decide(three[0], Outcome.DECLINED, reason="Muu syy.", proposed="accepted", by=cast["owner"])
    actions.decide(three[1], Outcome.DECLINED, reason="Muu syy.", proposed="declined", by=cast["owner"])
    owner = client_of(cast["owner"])
    said = "A person decided this otherwise than the search for the best set proposed."
    assert [said in owner.get(letter_of(one)).text for one in three[:2]] == [True, False]


def test_public_list_is_there_only_after_the_announcement_and_in_both_languages(
    decided: list[Application], cast: Cast, client_of: ClientOf
) -> None:
    page = reverse("selection:chosen", args=[decided[0].call.programme.slug])
    assert [client_of(who).get(page).status_code for who in (None, cast["owner"])] == [404, 404]
    call_page = decided[0].call.get_absolute_url()
    assert page not in client_of(cast["member"]).get(call_page).text
    actions.announce(decided[0].call.last_intake, by=cast["owner"])
    assert "Kokeilee velkaneuvontaa." in client_of(None).get(page.replace("/en/", "/fi/")).text
    swedish = client_of(None).get(page.replace("/en/", "/sv/")).text
    assert "Prövar skuldrådgivning." in swedish
    assert "Archipelago" not in swedish
    assert page in client_of(cast["member"]).get(call_page).text


def test_reserve_moves_up_by_itself_with_a_letter_when_a_team_leaves(decided: list[Application], cast: Cast) -> None:
    actions.announce(decided[0].call.last_intake, by=cast["owner"])
    moved = leave_programme(decided[0].team, by=cast["convener"])
    assert moved.decision is not None
    assert moved.decision.application_id == decided[1].pk
    states = dict(Team.objects.values_list("pk", "state"))
    assert [states[one.team_id] for one in decided] == ["left", "admitted", "declined"]
    told = Message.objects.get(kind="selection/notices/accepted", to=cast["other_convener"])
    assert "En plats blev ledig" in told.body
    # Whoever put it on the list decided so, not the convener who left.
    assert Decision.objects.get(application=decided[1]).by == cast["owner"]


def test_team_leaves_though_nobody_waits_and_a_reserve_that_leaves_moves_nobody(
    decided: list[Application], cast: Cast
) -> None:
    actions.announce(decided[0].call.last_intake, by=cast["owner"])
    assert leave_programme(decided[1].team, by=cast["other_convener"]).decision is None
    assert leave_programme(decided[0].team, by=cast["convener"]).decision is None
    assert Team.objects.admitted().count() == 0


def test_only_the_convener_and_those_who_run_the_programme_give_a_place_up(
    decided: list[Application], cast: Cast, client_of: ClientOf
) -> None:
    actions.announce(decided[0].call.last_intake, by=cast["owner"])
    page = reverse("selection:leave_programme", args=[decided[0].team_id])
    for role in ("member", "other_convener", "mentor", "juror", "outsider"):
        assert client_of(cast[role]).post(page).status_code == 404
    assert page in client_of(cast["convener"]).get(decided[0].team.get_absolute_url()).text
    assert client_of(cast["convener"]).post(page).status_code == 302
    assert Team.objects.get(pk=decided[0].team_id).state == Team.State.LEFT


def test_points_of_jurors_count_before_those_that_were_typed(three: list[Application], cast: Cast) -> None:
    choosing.weigh(three[0], points=None, by=cast["owner"])
    read(three[0], cast, "Hyvä.")
    scores = {
        one["id"]: one["score"]
        for one in choosing.as_json(choosing.pose(three[0].call.last_intake).problem)["candidates"]
    }
    assert scores[str(three[1].pk)] == 0
    assert scores[str(three[0].pk)] > 0


def test_who_is_tied_to_an_application_does_not_choose(
    three: list[Application], cast: Cast, client_of: ClientOf
) -> None:
    programmes.appoint(three[0].call.programme, cast["facilitator"], Role.Kind.JUROR, by=cast["owner"])
    reviews.declare(reviews.assign(three[0], cast["facilitator"], by=cast["owner"]), by=cast["facilitator"])
    page = reverse("selection:choose", args=[three[0].call.programme.slug])
    assert client_of(cast["facilitator"]).get(page).status_code == 409
    with pytest.raises(choosing.rules.Refused, match="in conflict"):
        choosing.search(three[0].call.last_intake, by=cast["facilitator"])
    assert client_of(cast["owner"]).get(page).status_code == 200


def test_who_works_for_an_organisation_of_a_team_does_not_choose(three: list[Application], cast: Cast) -> None:
    call, agency = three[0].call, Organisation.objects.get(affiliations__person=cast["owner"])
    office = name_organisation("Uudistusviraston aluetoimisto", kind=Organisation.Kind.STATE_AGENCY)
    member = three[0].team.members.get(role="convener")
    for theirs, is_kept_out in ((None, False), (office, False), (agency, True)):
        member.organisation = theirs
        member.save()
        assert is_tied(call.last_intake, cast["owner"]) is is_kept_out
    member.organisation = office
    member.save()
    set_parent(office, agency)
    assert is_tied(call.last_intake, cast["owner"])
    reviews.set_up(
        call.last_intake, readers=2, blind=False, families=False, why_no_families="One office each.", by=cast["owner"]
    )
    assert not is_tied(call.last_intake, cast["owner"])
