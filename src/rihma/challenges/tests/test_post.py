import pytest
from django.urls import reverse

from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.calls.models import Call
from rihma.challenges import actions
from rihma.challenges.models import Challenge, Poster
from rihma.challenges.rules import MOVES, check_may_move
from rihma.challenges.tests.conftest import ClientOf
from rihma.notices.models import Message
from tests.conftest import Cast

TEXTS = {"organisation": "City", "title_fi": "Otsikko", "problem_fi": "Ongelma"}


def test_whoever_is_let_in_posts_and_publishes_and_others_cannot(call: Call, cast: Cast, client_of: ClientOf) -> None:
    address = reverse("challenges:post", args=["spring"])
    assert client_of(cast["expert"]).get(address).status_code == 404
    actions.let_in(call, email=cast["expert"].email, organisation="City", by=cast["owner"])
    assert Message.objects.get(kind="challenges/notices/let_in").to == cast["expert"]
    expert = client_of(cast["expert"])
    assert 'value="City"' in expert.get(address).text
    assert expert.post(address, {"organisation": "City"}).status_code == 422
    expert.post(address, TEXTS)
    challenge = Challenge.objects.get()
    assert (challenge.state, challenge.by) == ("draft", cast["expert"])
    assert expert.post(reverse("challenges:publish", args=[challenge.pk])).status_code == 409
    expert.post(
        reverse("challenges:edit", args=[challenge.pk]),
        {**TEXTS, "title_sv": "Rubrik", "problem_sv": "Problem", "seen": challenge.mark},
    )
    expert.post(reverse("challenges:publish", args=[challenge.pk]))
    challenge.refresh_from_db()
    assert challenge.state == "published"
    assert client_of(cast["mentor"]).post(reverse("challenges:close", args=[challenge.pk])).status_code == 404


def test_draft_is_read_by_those_who_handle_it_only(drafted: Challenge, cast: Cast, client_of: ClientOf) -> None:
    pages = (drafted.get_absolute_url(), reverse("challenges:challenges", args=["spring"]))
    for person in (None, cast["outsider"], cast["convener"]):
        assert client_of(person).get(pages[0]).status_code == 404
        assert "Letters nobody opens" not in client_of(person).get(pages[1]).text
    for role in ("owner", "expert"):
        assert [client_of(cast[role]).get(page).status_code for page in pages] == [200, 200]


def test_published_one_stands_on_the_page_of_the_call_without_an_address(
    challenge: Challenge, cast: Cast, client_of: ClientOf
) -> None:
    stranger = client_of(None)
    assert challenge.get_absolute_url() in stranger.get(reverse("calls:call", args=["spring"])).text
    page = stranger.get(challenge.get_absolute_url()).text
    assert "City of Rannikko" in page
    assert cast["expert"].email not in page
    told = stranger.get(f"/api/v1/calls/{challenge.call_id}/challenges").json()
    assert [(one["state"], one["title"]["sv"]) for one in told] == [("published", "Brev som inte öppnas")]


def test_whoever_may_post_no_more_handles_nothing(challenge: Challenge, cast: Cast, client_of: ClientOf) -> None:
    actions.let_out(Poster.objects.get(), by=cast["owner"])
    assert client_of(cast["expert"]).get(reverse("challenges:edit", args=[challenge.pk])).status_code == 404
    assert client_of(cast["owner"]).get(reverse("challenges:edit", args=[challenge.pk])).status_code == 200


def test_second_editor_saves_over_nothing(challenge: Challenge, cast: Cast) -> None:
    seen = challenge.mark
    actions.edit(challenge, seen=seen, organisation="City of Ranta", by=cast["owner"])
    with pytest.raises(Refused, match="meanwhile"):
        actions.edit(challenge, seen=seen, organisation="Town", by=cast["expert"])
    with pytest.raises(Refused, match="Finnish and Swedish"):
        actions.edit(challenge, seen=Challenge.objects.get().mark, problem=Words(en="Only English."), by=cast["expert"])
    assert Challenge.objects.get().problem == challenge.problem


@pytest.mark.parametrize("state", MOVES)
@pytest.mark.parametrize("to", MOVES)
def test_no_move_but_those_of_the_table(state: str, to: str) -> None:
    if to in MOVES[state]:
        check_may_move(state, to, over=False, because=["fi"])
    else:
        with pytest.raises(Refused):
            check_may_move(state, to, over=False, because=["fi"])
