"""Items written in an older version of their kind are read in the words of today, and their rows stay."""

import pytest
from django.test import Client

from rihma.base import clock
from rihma.canvases import actions, kinds, rules
from rihma.canvases.kinds.upgrading import Reading, upgraded
from rihma.canvases.models import Canvas
from rihma.canvases.tests.conftest import Put, text_of, url
from tests.conftest import Cast

OLD = (kinds.FOLDER / "assumption_map.toml").read_text(encoding="utf-8")
NEW = (
    OLD.replace("version = 1", "version = 3", 1).replace('key = "able"', 'key = "capable"')
    + """
[[upgrades]]
from = 1
zones = { able = "can_do" }
fields = { weight = "importance" }

[[upgrades]]
from = 2
zones = { can_do = "capable" }
items = { belief = "assumption" }
values = { importance = { "7" = 70 } }
defaults = { evidence = 25 }
"""
)


@pytest.fixture
def kind() -> kinds.Kind:
    return kinds.read("example", NEW)


def test_old_words_become_those_of_today_step_by_step(kind: kinds.Kind) -> None:
    old = Reading("belief", "able", {"weight": 7})
    assert upgraded(kind, old) == Reading("assumption", "capable", {"importance": 70, "evidence": 25})
    assert upgraded(kind, Reading("belief", "can_do", {"importance": 7})) == upgraded(kind, old)


def test_upgraded_item_stays_as_it_is(kind: kinds.Kind) -> None:
    once = upgraded(kind, Reading("belief", "able", {"weight": 7}))
    assert upgraded(kind, once) == once


def test_what_was_written_anew_under_the_name_of_today_stands(kind: kinds.Kind) -> None:
    assert upgraded(kind, Reading("assumption", "able", {"weight": 10, "importance": 90})).fields["importance"] == 90


def test_old_canvas_is_shown_and_changed_by_the_new_version(
    canvas: Canvas, put: Put, cast: Cast, works: Client, kind: kinds.Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = put("We get the data", zone="able")
    monkeypatch.setattr(kinds, "find", lambda _name: kind)
    assert "Are we able? 1" in text_of(works.get(url("canvas", canvas)))
    assert rules.is_readable(kind, item.state)
    actions.change(canvas, "move", item.pk, {"zone": "worth"}, by=cast["member"])
    item.refresh_from_db()
    assert item.zone == "worth"
    assert item.changed_at <= clock.now()


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("from = 2", "from = 5", "version 3 needs an upgrade from each version before it"),
        ('zones = { able = "can_do" }', 'zones = { worth = "can_do" }', "upgrade: zone 'worth' is still in use"),
        ('{ belief = "assumption" }', '{ assumption = "belief" }', "upgrade: item 'assumption' is still in use"),
        ('{ weight = "importance" }', '{ evidence = "importance" }', "upgrade: field 'evidence' is still in use"),
    ],
)
def test_word_keeps_its_meaning_for_ever(was: str, becomes: str, says: str) -> None:
    assert was in NEW
    with pytest.raises(kinds.BadKind) as bad:
        kinds.read("example", NEW.replace(was, becomes))
    assert says in str(bad.value)
