"""Who works on a canvas with an account lets everybody write alone, one round at a time."""

import pytest
from django.test import Client

from rihma.base.refused import Refused
from rihma.brainwriting import actions, rules
from rihma.brainwriting.models import Round
from rihma.brainwriting.tests.conftest import HTMX, ClientOf, ComeIn, page, text_of, url
from rihma.canvases import actions as canvases
from rihma.canvases import kinds
from rihma.canvases.models import Canvas
from rihma.canvases.rules import check_known
from rihma.history.models import Event
from rihma.teams.models import Team
from tests.conftest import Cast


def test_member_starts_a_round_from_a_form_without_script(canvas: Canvas, works: Client) -> None:
    assert works.get(url("start", canvas)).status_code == 200
    answer = works.post(url("start", canvas), {"question": "What scares us?", "zones": ["wanted"]})
    assert (answer.status_code, answer["Location"].endswith("#alone")) == (303, True)
    begun = Round.objects.get()
    assert (begun.question, begun.zones, begun.state) == ("What scares us?", ["wanted"], "open")
    shown = page(works, canvas)
    assert "What scares us?" in text_of(shown)
    assert url("write", canvas, begun.pk) in shown.content.decode()


def test_second_round_waits_until_the_first_has_ended(canvas: Canvas, begun: Round, works: Client, cast: Cast) -> None:
    answer = works.post(url("start", canvas), {"question": "And now?"}, headers=HTMX)
    assert (answer.status_code, answer["HX-Retarget"]) == (422, "#alone-form")
    assert 'value="And now?"' in answer.content.decode()
    actions.cancel(begun, by=cast["member"])
    actions.start(canvas, by=cast["member"])
    assert sorted(Round.objects.values_list("state", flat=True)) == ["cancelled", "open"]


def test_frozen_canvas_and_a_zone_of_another_are_refused(canvas: Canvas, cast: Cast) -> None:
    with pytest.raises(Refused, match="in that zone"):
        actions.start(canvas, zones=["core"], by=cast["member"])
    canvases.freeze(canvas, by=cast["owner"])
    with pytest.raises(Refused, match="frozen"):
        actions.start(canvas, by=cast["member"])


def test_actors_are_never_written_alone(team: Team, cast: Cast) -> None:
    canvas = canvases.open_canvas(team, "ecosystem_map", by=cast["owner"])
    kind = check_known(kinds.of(canvas))
    actors = {item_kind.key for item_kind in kind.items if item_kind.identity}
    assert actors != set()
    assert actors & {item_kind.key for _zone, item_kind in rules.places_in(kind)} == set()


@pytest.mark.parametrize("role", ["mentor", "outsider", "other_convener"])
def test_who_does_not_work_there_starts_none(canvas: Canvas, cast: Cast, client_of: ClientOf, role: str) -> None:
    assert client_of(cast[role]).post(url("start", canvas), {}).status_code == 404
    with pytest.raises(Refused):
        actions.start(canvas, by=cast[role])


def test_guest_takes_part_and_leads_nothing(canvas: Canvas, begun: Round, come_in: ComeIn) -> None:
    _guest, phone = come_in()
    deeds = [url("start", canvas), url("reveal", canvas, begun.pk), url("cancel", canvas, begun.pk)]
    assert {phone.post(address).status_code for address in deeds} == {404}
    shown = page(phone, canvas).content.decode()
    assert [address in shown for address in (*deeds, url("write", canvas, begun.pk))] == [False, False, False, True]


def test_start_is_told_in_history(canvas: Canvas, begun: Round) -> None:
    event = Event.objects.of_thread(canvas.team_id).get(area="brainwriting")
    assert event.sentence.endswith("asked everybody to write alone on a canvas")
    assert begun.question not in str(event.data)
