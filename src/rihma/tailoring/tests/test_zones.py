from typing import Any

import pytest

from rihma.base.refused import Refused
from rihma.canvases import kinds
from rihma.programmes.models import Programme
from rihma.tailoring import actions, drafts
from rihma.tailoring.models import OwnKind
from rihma.tailoring.queries import zone_mark
from rihma.tailoring.tests.conftest import FEELS, ClientOf, fresh, of, typed, zone_said
from tests.conftest import Cast

LAYOUTS = {kind.layout: kind.key for kind in kinds.every()}
# where a zone of a layout stands or falls with the drawing
NEEDED = {"pie": "centre", "matrix": "squares", "chain": "bridge"}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_zone_is_added_wherever_the_drawing_has_room(layout: str, programme: Programme, cast: Cast) -> None:
    own = actions.copy(programme, LAYOUTS[layout], by=cast["owner"])
    for room in drafts.rooms(own.draft):
        there = drafts.zone_in(own.draft, room.zones[-1])
        assert there is not None
        own = actions.copy(programme, LAYOUTS[layout], by=cast["owner"])
        admits = drafts.admitted(own.draft, there)
        own = actions.add_zone(own, room.key, admits, by=cast["owner"], **zone_said(tint="stone", shape="hexagon"))
        assert own.draft["zones"][-1]["key"] == "zone_1"
        assert own.kind.zones_by_key["zone_1"].name["sv"] == "Hur det känns"


def cannot_go(own: OwnKind, zone: str, cast: Cast) -> bool:
    try:
        actions.remove_zone(own, zone, seen=zone_mark(own, zone), by=cast["owner"])
    except Refused as refused:
        return refused.code in ("drawn", "kind")
    return False


@pytest.mark.parametrize("layout", LAYOUTS)
def test_kind_holds_together_with_every_zone_removed_that_may_go(
    layout: str, programme: Programme, cast: Cast, client_of: ClientOf
) -> None:
    own = actions.copy(programme, LAYOUTS[layout], by=cast["owner"])
    client = client_of(cast["owner"])
    for zone in own.kind.zones:
        one = actions.copy(programme, LAYOUTS[layout], by=cast["owner"])
        if cannot_go(one, zone.key, cast):
            continue
        assert fresh(one).kind.zone(zone.key) is None
        assert client.get(of(one, "preview")).status_code == 200


@pytest.mark.parametrize(("layout", "name"), NEEDED.items())
def test_zone_that_the_drawing_is_built_on_stays(layout: str, name: str, programme: Programme, cast: Cast) -> None:
    own = actions.copy(programme, LAYOUTS[layout], by=cast["owner"])
    zone = own.draft[layout][name]
    with pytest.raises(Refused, match="built on this zone"):
        actions.remove_zone(own, zone, seen=zone_mark(own, zone), by=cast["owner"])
    assert fresh(own).draft == own.draft


def test_more_rings_than_have_room_are_refused_in_plain_words(programme: Programme, cast: Cast) -> None:
    own = actions.copy(programme, LAYOUTS["rings"], by=cast["owner"])
    own = actions.add_zone(own, "rings", ["actor"], by=cast["owner"], **zone_said(shape="hexagon"))
    with pytest.raises(Refused, match=r"So many rings have no room: 6. There can be from 3 to 5."):
        actions.add_zone(own, "rings", ["actor"], by=cast["owner"], **zone_said(shape="pentagon"))


def test_page_says_beside_the_field_what_cannot_be(own: OwnKind, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["owner"])
    form = client.get(of(own, "edit_zone", "able")).context["form"]
    wanted = own.draft["zones"][0]
    sent = typed(form) | {"tint": wanted["tint"], "shape": wanted["shape"], "name_en": "Typed"}
    answer = client.post(of(own, "edit_zone", "able"), sent)
    assert "Another zone has this colour and shape." in str(answer.context["form"].errors["shape"])
    assert 'value="Typed"' in answer.text
    answer = client.post(of(own, "edit_zone", "able"), typed(form) | {"fits": 9, "most": 3})
    assert "More would do the zone good than it takes." in str(answer.context["form"].errors["fits"])
    assert fresh(own).draft == own.draft


def test_zone_is_renamed_and_keeps_its_key(own: OwnKind, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["owner"])
    form = client.get(of(own, "edit_zone", "able")).context["form"]
    sent = typed(form) | {f"name_{lang}": text for lang, text in FEELS.items()}
    assert client.post(of(own, "edit_zone", "able"), sent).status_code == 302
    zone = fresh(own).kind.zone("able")
    assert zone is not None
    assert zone.name.to_dict() == FEELS


def test_zone_is_added_from_the_page(own: OwnKind, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["owner"])
    form = client.get(of(own, "add_zone")).context["form"]
    sent = typed(form) | {f"{name}_fi": "Miltä" for name in ("name", "question")}
    assert client.post(of(own, "add_zone"), sent).status_code == 302
    assert fresh(own).draft["zones"][-1]["name"] == {"fi": "Miltä"}


def test_stale_zone_is_refused_and_what_was_typed_stays(own: OwnKind, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["facilitator"])
    form = client.get(of(own, "edit_zone", "able")).context["form"]
    said: dict[str, Any] = zone_said(tint="stone")
    actions.edit_zone(own, "able", seen=zone_mark(own, "able"), by=cast["owner"], **said)
    answer = client.post(of(own, "edit_zone", "able"), typed(form) | {"name_en": "Mine"})
    assert "Saved by somebody else meanwhile" in answer.text
    assert 'value="Mine"' in answer.text
    assert fresh(own).draft["zones"][1]["name"] == FEELS


def test_zone_removed_meanwhile_says_so_when_it_is_saved(own: OwnKind, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["facilitator"])
    form = client.get(of(own, "edit_zone", "able")).context["form"]
    actions.remove_zone(own, "able", seen=zone_mark(own, "able"), by=cast["owner"])
    answer = client.post(of(own, "edit_zone", "able"), typed(form))
    assert "Somebody else removed this zone meanwhile." in answer.text
    assert client.get(of(own, "edit_zone", "able")).status_code == 404


def test_zones_change_places_within_their_part_of_the_drawing(
    programme: Programme, cast: Cast, client_of: ClientOf
) -> None:
    own = actions.copy(programme, LAYOUTS["rings"], by=cast["owner"])
    first, second, *_rest = own.draft["rings"]["rings"]
    client_of(cast["owner"]).post(of(own, "move_zone", second), {"up": "1"})
    own = fresh(own)
    assert own.draft["rings"]["rings"][:2] == [second, first]
    assert [zone.key for zone in own.kind.zones[:2]] == [second, first]
    assert actions.move_zone(own, second, up=True, by=cast["owner"]).draft == own.draft


def test_last_zone_stays(own: OwnKind, cast: Cast) -> None:
    for zone in own.kind.zones[1:]:
        own = actions.remove_zone(own, zone.key, seen=zone_mark(own, zone.key), by=cast["owner"])
    key = own.kind.zones[0].key
    with pytest.raises(Refused, match="the last one stays"):
        actions.remove_zone(own, key, seen=zone_mark(own, key), by=cast["owner"])
