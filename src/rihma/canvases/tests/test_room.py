"""A zone takes as many items as its kind says, whichever way they come."""

from uuid import uuid4

import pytest

from rihma.base.refused import Refused
from rihma.canvases import actions, kinds, rules
from rihma.canvases.kinds import Kind, Zone
from rihma.canvases.models import Canvas
from rihma.canvases.types import Payload
from rihma.teams.models import Team
from tests.conftest import Cast


def narrow() -> tuple[Kind, Zone, Zone]:
    """A kind with a zone that takes few, and one beside it that takes more."""
    for kind in kinds.every():
        few = [zone for zone in kind.zones if zone.most < rules.MOST_ITEMS]
        free = [zone for zone in kind.zones if few and zone.most > few[0].most]
        shared = [zone for zone in free if set(zone.admits) & set(few[0].admits)]
        if shared:
            return kind, few[0], shared[0]
    raise LookupError("no kind has a zone that takes few")


@pytest.fixture
def full(team: Team, cast: Cast) -> tuple[Canvas, Kind, Zone, Zone]:
    kind, few, other = narrow()
    canvas = actions.open_canvas(team, kind.key, by=cast["owner"])
    for _ in range(few.most):
        actions.change(canvas, "add", uuid4(), said(few), by=cast["member"])
    return canvas, kind, few, other


def said(zone: Zone) -> Payload:
    return {"kind": zone.admits[0], "zone": zone.key, "text": "x", "lang": "en"}


def test_full_zone_takes_no_new_item(full: tuple[Canvas, Kind, Zone, Zone], cast: Cast) -> None:
    canvas, _, few, _ = full
    with pytest.raises(Refused) as refused:
        actions.change(canvas, "add", uuid4(), said(few), by=cast["member"])
    assert (refused.value.code, refused.value.field) == ("full", "zone")


def test_what_stands_in_a_full_zone_can_be_changed_and_gone(full: tuple[Canvas, Kind, Zone, Zone], cast: Cast) -> None:
    canvas, _, few, _ = full
    item = canvas.items.filter(zone=few.key)[0]
    actions.change(canvas, "set", item.pk, {"text": "y"}, base=canvas.head + few.most, by=cast["member"])
    actions.change(canvas, "remove", item.pk, by=cast["member"])
    actions.change(canvas, "add", uuid4(), said(few), by=cast["member"])
    with pytest.raises(Refused):
        actions.change(canvas, "restore", item.pk, by=cast["member"])


def test_item_from_elsewhere_does_not_come_into_a_full_zone(full: tuple[Canvas, Kind, Zone, Zone], cast: Cast) -> None:
    canvas, _, few, other = full
    pk = uuid4()
    shared = next(key for key in other.admits if key in few.admits)
    actions.change(canvas, "add", pk, {**said(other), "kind": shared}, by=cast["member"])
    with pytest.raises(Refused):
        actions.change(canvas, "move", pk, {"zone": few.key}, by=cast["member"])
    assert canvas.items.get(pk=pk).zone == other.key
