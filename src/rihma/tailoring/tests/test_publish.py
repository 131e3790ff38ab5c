from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rihma.base.refused import Refused
from rihma.canvases import actions as canvases
from rihma.canvases import kinds, shown
from rihma.canvases.models import Canvas, Item
from rihma.canvases.store import whole_sheet
from rihma.canvases.types import Payload
from rihma.canvases.wire import items
from rihma.history.models import Event
from rihma.programmes.models import Programme
from rihma.tailoring import actions, rules
from rihma.tailoring.models import Edition, OwnKind
from rihma.tailoring.queries import mark, zone_mark
from rihma.tailoring.tests.conftest import FEELS, ClientOf, Put, fresh, of, text_of, zone_said
from rihma.teams.models import Team
from tests.conftest import Cast


def remove(own: OwnKind, zone: str, into: str, cast: Cast) -> OwnKind:
    own = fresh(own)
    return actions.remove_zone(own, zone, into=into, seen=zone_mark(own, zone), by=cast["owner"])


def test_published_kind_is_found_like_any_other(in_use: OwnKind, team: Team, cast: Cast, client_of: ClientOf) -> None:
    found = kinds.find(in_use.key)
    assert found is not None
    assert found.zones == in_use.kind.zones
    assert [kind.key for kind in kinds.beside().of_programme(in_use.programme_id)] == [in_use.key]
    client = client_of(cast["convener"])
    assert "Assumption map" in text_of(client.get(f"/en/teams/{team.pk}/"))
    opened = client.post(reverse("canvases:open", args=[team.pk, in_use.key]))
    page = client.get(f"{opened['Location']}?view=drawn")
    assert page.status_code == 200
    assert page.context["kind"].key == in_use.key


def test_canvas_of_an_own_kind_asks_no_more_than_any_other(canvas: Canvas, put: Put, team: Team, cast: Cast) -> None:
    """An edition is read once, since it never changes; which one a canvas stands on is said by its own row."""
    for _ in range(3):
        put()
    other = canvases.open_canvas(team, "assumption_map", by=cast["convener"])
    kinds.of(canvas)
    with CaptureQueriesContext(connection) as own_ones:
        shown.board_of(canvas)
    with CaptureQueriesContext(connection) as shipped_ones:
        shown.board_of(other)
    assert len(own_ones) == len(shipped_ones)


def test_blank_sheets_follow_the_programme(in_use: OwnKind, client_of: ClientOf) -> None:
    sheet = client_of(None).get(f"/fi/canvases/kinds/{in_use.key}/blank.svg")
    assert sheet.status_code == 200
    in_use.programme.state = Programme.State.DRAFT
    in_use.programme.save()
    assert client_of(None).get(f"/fi/canvases/kinds/{in_use.key}/blank.svg").status_code == 404


def test_text_without_a_national_language_holds_it_up(own: OwnKind, cast: Cast, client_of: ClientOf) -> None:
    own = actions.edit_texts(own, seen=mark(own, "texts"), by=cast["owner"], name={"fi": "Oma"}, purpose={"fi": "Niin"})
    with pytest.raises(Refused, match=r"Name \(Swedish\); What it is for \(Swedish\)"):
        actions.publish(own, by=cast["owner"])
    page = client_of(cast["owner"]).post(of(own, "publish"))
    assert "Before publishing, add these texts" in page.text
    assert fresh(own).version == 0
    own = actions.edit_texts(
        own, seen=mark(own, "texts"), by=cast["owner"], name={"fi": "Oma", "sv": "Egen"}, purpose=FEELS
    )
    assert actions.publish(own, by=cast["owner"]).version == 1


def test_publishing_from_the_page_gives_it_to_the_teams(own: OwnKind, cast: Cast, client_of: ClientOf) -> None:
    client_of(cast["owner"]).post(of(own, "publish"), {"for_teams": "on"})
    own = fresh(own)
    assert (own.state, own.version) == ("in_use", 1)
    assert own.programme.canvas_kinds == ["assumption_map", own.key]
    facts = client_of(cast["owner"]).get(f"/en/programmes/{own.programme.slug}/edit/facts/").text
    assert f'value="{own.key}"' in facts


def test_same_again_is_not_published(in_use: OwnKind, cast: Cast) -> None:
    with pytest.raises(Refused, match="Nothing has changed"):
        actions.publish(in_use, by=cast["owner"])


def test_draft_changes_nothing_on_canvases_before_it_is_published(
    canvas: Canvas, in_use: OwnKind, put: Put, cast: Cast, client_of: ClientOf
) -> None:
    put()
    remove(in_use, "wanted", "able", cast)
    text = text_of(client_of(cast["convener"]).get(canvas.get_absolute_url()))
    assert "Is it wanted? 1" in text


def test_items_of_a_removed_zone_stand_where_it_says_and_nothing_is_lost(
    canvas: Canvas, in_use: OwnKind, put: Put, cast: Cast, client_of: ClientOf
) -> None:
    item = put()
    gone = put("Taken out")
    canvases.change(canvas, "remove", gone.pk, by=cast["convener"])
    log = list(canvas.operations.values_list("seq", "payload"))
    actions.publish(remove(in_use, "wanted", "able", cast), by=cast["owner"])
    canvas.refresh_from_db()

    assert canvas.kind_version == 2
    board = shown.board_of(canvas)
    assert [one.text for one in board.column("able").items] == ["People open the letter"]
    assert (board.unreadable, [one.text for one in board.removed]) == ([], ["Taken out"])
    assert list(canvas.operations.values_list("seq", "payload")) == log
    assert b'"able"' in items(canvas)
    for view in ("list", "drawn"):
        assert client_of(cast["convener"]).get(f"{canvas.get_absolute_url()}?view={view}").status_code == 200
    canvases.change(canvas, "restore", gone.pk, by=cast["convener"])
    canvases.change(canvas, "set", item.pk, {"text": "They do"}, base=item.text_seq, by=cast["convener"])
    assert sorted(one.text for one in shown.board_of(canvas).shown) == ["Taken out", "They do"]


def test_page_that_was_open_may_still_write_into_the_zone_that_went(
    canvas: Canvas, in_use: OwnKind, put: Put, cast: Cast
) -> None:
    actions.publish(remove(in_use, "wanted", "able", cast), by=cast["owner"])
    canvas.refresh_from_db()
    assert put("Typed meanwhile", "wanted").zone == "able"


def test_zone_that_took_others_counts_them_against_its_limit(
    canvas: Canvas, in_use: OwnKind, put: Put, cast: Cast
) -> None:
    put()
    own = remove(in_use, "wanted", "able", cast)
    said = zone_said(most=1, fits=1)
    own = actions.edit_zone(own, "able", seen=zone_mark(own, "able"), by=cast["owner"], **said)
    actions.publish(own, by=cast["owner"])
    with pytest.raises(Refused, match="takes 1 item"):
        put("One too many", "able")


def test_sheet_that_is_kept_counts_by_the_new_version(canvas: Canvas, in_use: OwnKind, put: Put, cast: Cast) -> None:
    put()
    sheet = whole_sheet(canvas)
    assert sheet.live_in("able") == 0
    actions.publish(remove(in_use, "wanted", "able", cast), by=cast["owner"])
    canvas.refresh_from_db()
    sheet.read_by(kinds.of(canvas))
    assert (sheet.live_in("able"), sheet.live_in("wanted")) == (1, 0)
    assert whole_sheet(canvas).live_in("able") == 1


def test_zones_removed_one_after_the_other_lead_to_the_last(
    canvas: Canvas, in_use: OwnKind, put: Put, cast: Cast
) -> None:
    put()
    remove(in_use, "wanted", "able", cast)
    actions.publish(remove(in_use, "able", "worth", cast), by=cast["owner"])
    actions.publish(remove(in_use, "worth", "lawful", cast), by=cast["owner"])
    canvas.refresh_from_db()
    assert [one.text for one in shown.board_of(canvas).column("lawful").items] == ["People open the letter"]


def test_key_of_a_zone_that_went_is_never_used_again(in_use: OwnKind, cast: Cast) -> None:
    own = fresh(in_use)
    for _ in range(2):
        own = actions.add_zone(own, "signs", ["assumption"], by=cast["owner"], **zone_said(shape="hexagon"))
        key = own.draft["zones"][-1]["key"]
        own = remove(own, key, "able", cast)
    assert key == "zone_2"


def test_removed_zone_must_say_where_its_items_go(in_use: OwnKind, cast: Cast, client_of: ClientOf) -> None:
    own = fresh(in_use)
    for into in ("", "wanted", "no_such"):
        with pytest.raises(Refused, match="takes the same kinds"):
            remove(own, "wanted", into, cast)
    page = client_of(cast["owner"]).get(of(own, "remove_zone", "wanted"))
    choices = [key for key, _name in page.context["form"].fields["into"].choices]
    assert choices == ["able", "worth", "lawful"]


def test_zone_beside_the_drawing_hands_its_things_to_its_neighbour(
    programme: Programme, team: Team, cast: Cast
) -> None:
    own = actions.publish(actions.copy(programme, "ecosystem_map", by=cast["owner"]), by=cast["owner"])
    canvas = canvases.open_canvas(team, own.key, by=cast["convener"])
    said: Payload = {"kind": "note", "zone": "missing", "text": "Nobody under 20", "lang": "en"}
    canvases.change(canvas, "add", canvas.pk, said, by=cast["convener"])
    own = actions.publish(remove(own, "missing", "invite", cast), by=cast["owner"])
    canvas.refresh_from_db()
    column = shown.board_of(canvas).column("invite")
    assert [one.text for one in column.items] == ["Nobody under 20"]
    assert column.zone.admits == ("invitation", "note")
    with pytest.raises(Refused, match="No other zone takes what stands here"):
        remove(own, "invite", "", cast)


def test_removed_link_of_a_chain_hands_its_arrow_on(programme: Programme, team: Team, cast: Cast) -> None:
    own = actions.copy(programme, "impact_chain", by=cast["owner"])
    own = actions.publish(own, by=cast["owner"])
    canvas = canvases.open_canvas(team, own.key, by=cast["convener"])
    item = Item(pk=canvas.pk)
    said: Payload = {"kind": "assumption", "zone": "assumptions", "text": "It works", "lang": "en"}
    canvases.change(canvas, "add", item.pk, {**said, "fields": {"arrow": "deeds"}}, by=cast["convener"])
    actions.publish(remove(own, "deeds", "outputs", cast), by=cast["owner"])
    canvas.refresh_from_db()
    board = shown.board_of(canvas)
    assert (board.unreadable, board.shown[0].values["arrow"]) == ([], "outputs")


def test_edition_stays_as_it_was_published(in_use: OwnKind, cast: Cast) -> None:
    first = kinds.beside().edition(in_use.key, 1)
    own = fresh(in_use)
    actions.publish(actions.edit_texts(own, seen=mark(own, "texts"), by=cast["owner"], name=FEELS), by=cast["owner"])
    assert kinds.beside().edition(in_use.key, 1) == first
    newest = kinds.find(in_use.key)
    assert newest is not None
    assert newest.name.to_dict() == FEELS
    assert [edition.version for edition in Edition.objects.filter(own=own)] == [1, 2]


def test_history_tells_what_was_done(canvas: Canvas, in_use: OwnKind, cast: Cast) -> None:
    event = Event.objects.get(area="tailoring", verb="published")
    assert event.data == {"version": 1, "canvases": 0}


@pytest.mark.parametrize("state", OwnKind.State.values)
@pytest.mark.parametrize(("deed", "to"), [(actions.retire, "retired"), (actions.take_up, "in_use")])
def test_published_kind_moves_only_as_the_table_says(
    state: str, deed: Callable[..., OwnKind], to: str, own: OwnKind, cast: Cast
) -> None:
    OwnKind.objects.filter(pk=own.pk).update(state=state, version=1)
    if to in rules.MOVES[state]:
        assert deed(own, by=cast["owner"]).state == to
    else:
        with pytest.raises(Refused):
            deed(own, by=cast["owner"])


def test_draft_is_not_taken_up_before_it_was_published(own: OwnKind, cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.take_up(own, by=cast["owner"])
    assert fresh(own).state == "draft"


def test_retired_kind_is_offered_to_no_team_and_its_canvases_stay(
    canvas: Canvas, in_use: OwnKind, put: Put, cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast["owner"])
    client.post(of(in_use, "retire"))
    own = fresh(in_use)
    assert (own.state, own.programme.canvas_kinds) == ("retired", ["assumption_map"])
    assert kinds.beside().of_programme(own.programme_id) == []
    put("Still here")
    assert "Still here" in client_of(cast["convener"]).get(canvas.get_absolute_url()).text
    with pytest.raises(Refused, match="retired"):
        actions.publish(own, by=cast["owner"])
    client.post(of(in_use, "take_up"))
    assert fresh(own).state == "in_use"


def test_only_a_draft_that_nobody_saw_is_discarded(own: OwnKind, cast: Cast, client_of: ClientOf) -> None:
    other = actions.publish(actions.copy(own.programme, "value_pie", by=cast["owner"]), by=cast["owner"])
    with pytest.raises(Refused, match="has been published"):
        actions.discard(other, by=cast["owner"])
    client_of(cast["owner"]).post(of(own, "discard"))
    assert list(OwnKind.objects.all()) == [other]
