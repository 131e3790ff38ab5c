"""Data that was taken out of a canvas comes back as the same canvas."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from rihma.actors.actions import name_organisation
from rihma.actors.models import Organisation
from rihma.base.ids import new_id
from rihma.canvases import actions, kinds
from rihma.canvases.kinds import Kind
from rihma.canvases.models import Canvas
from rihma.canvases.taking_out import told
from rihma.canvases.taking_out.data import to_json
from rihma.canvases.tests.conftest import Put, text_of, url
from rihma.canvases.tests.test_bring_in import kept
from rihma.canvases.tests.test_take_out import full
from rihma.canvases.types import Payload
from rihma.programmes.models import Programme
from rihma.teams import actions as teams
from rihma.teams.models import Member, Team
from tests.conftest import Cast

CANVASES = [pytest.param(kind, id=kind.key) for kind in kinds.every()]
# Who, when and under which number: those are of the canvas itself and not of what is on it.
OWN = ("id", "text_seq", "by", "by_id", "made_at", "changed_at")

type Restore = Callable[..., Any]


@pytest.fixture
def elsewhere(programme: Programme, cast: Cast) -> Team:
    """Another team, in which the member works, too."""
    team = teams.edit(teams.form(programme, by=cast["other_convener"]), name="Elsewhere", by=cast["other_convener"])
    teams.join(Member.objects.create(team=team, person=cast["member"]), by=cast["member"])
    return teams.settle(team, Team.State.ADMITTED, by=cast["owner"])


@pytest.fixture
def restore(works: Client) -> Restore:
    def restore(canvas: Canvas, data: str, **more: str) -> Any:
        first = kinds.find(canvas.kind).zones[0].key
        return works.post(url("bring_in", canvas), {"text": data, "zone": first, "lang": "en", "token": "t", **more})

    return restore


def told_of(canvas: Canvas) -> list[dict[str, Any]]:
    """Its items as data, without what is the canvas's own; links by the words they lead to."""
    items = json.loads(to_json(told.board_of(canvas)))["items"]
    texts = {item["id"]: item["text"] for item in items}
    return [comparable(item, texts) for item in items]


def comparable(item: dict[str, Any], texts: dict[str, str]) -> dict[str, Any]:
    marks = dict(item["marks"])
    if "links" in marks:
        marks["links"] = [{**link, "to": texts[link["to"]]} for link in marks["links"]]
    if "translations" in marks:
        said = marks["translations"].items()
        marks["translations"] = {
            lang: {"text": one["text"], "made": one["made"], "stale": one["of"] < item["text_seq"]}
            for lang, one in said
        }
    others = [{"text": other["text"], "lang": other["lang"]} for other in item["alternatives"]]
    return {**{key: item[key] for key in item if key not in OWN}, "marks": marks, "alternatives": others}


@pytest.mark.parametrize("kind", CANVASES)
def test_every_kind_comes_back_the_same(kind: Kind, team: Team, elsewhere: Team, cast: Cast, restore: Restore) -> None:
    canvas = full(kind, team, cast)
    other = actions.open_canvas(elsewhere, kind.key, by=cast["owner"])
    answer = restore(other, to_json(told.board_of(canvas)))
    if answer.status_code == 200:
        answer = restore(other, to_json(told.board_of(canvas)), add="1")
    assert answer.status_code == 302
    assert told_of(other) == told_of(canvas)
    assert {item.by for item in other.items.all()} == {cast["member"]}


def marked(canvas: Canvas, put: Put, cast: Cast) -> None:
    """Everything that can be said of an item, said."""
    item, other = put("First"), put("Second", zone="able", importance=75)

    def mark(said: Payload, base: int | None = None) -> None:
        actions.change(canvas, "mark", item.pk, said, base=base, by=cast["convener"])

    mark({"tag": "letters", "group": "At home", "people": 7})
    mark({"tag": "phone"})
    mark({"link": {"to": str(other.pk), "word": "leads to"}})
    mark({"translation": {"lang": "fi", "text": "Ensimmäinen", "made": "machine"}})
    actions.change(canvas, "set", item.pk, {"text": "Mine"}, base=1, by=cast["convener"])
    actions.change(canvas, "set", item.pk, {"text": "Yours"}, base=1, by=cast["member"])
    mark({"translation": {"lang": "sv", "text": "Din", "made": "human"}})
    origin = {"canvas": str(canvas.pk), "item": str(item.pk)}
    said: Payload = {"kind": "assumption", "zone": "wanted", "text": "Came", "lang": "sv", "came_from": origin}
    actions.change(canvas, "add", new_id(), said, by=cast["convener"])


def test_clashes_marks_links_and_translations_come_back(
    canvas: Canvas, elsewhere: Team, put: Put, cast: Cast, restore: Restore
) -> None:
    marked(canvas, put, cast)
    before = told_of(canvas)
    item = next(item for item in before if item["text"] == "Yours")
    assert item["alternatives"] == [{"text": "Mine", "lang": "en"}]
    assert {one["stale"] for one in item["marks"]["translations"].values()} == {True, False}

    other = actions.open_canvas(elsewhere, canvas.kind, by=cast["owner"])
    assert restore(other, to_json(told.board_of(canvas))).status_code == 302
    assert told_of(other) == before


def test_data_sent_twice_adds_once(canvas: Canvas, elsewhere: Team, put: Put, cast: Cast, restore: Restore) -> None:
    marked(canvas, put, cast)
    data = to_json(told.board_of(canvas))
    other = actions.open_canvas(elsewhere, canvas.kind, by=cast["owner"])
    restore(other, data)
    other.refresh_from_db()
    head = other.head
    restore(other, data, add="1")
    assert told_of(other) == told_of(canvas)
    other.refresh_from_db()
    assert other.head == head


def test_data_is_looked_at_before_it_joins_what_is_there(canvas: Canvas, put: Put, restore: Restore) -> None:
    put("Here already")
    data = to_json(told.board_of(canvas))
    page = restore(canvas, data)
    assert "1 item can be added" in text_of(page)
    assert canvas.items.count() == 1
    assert restore(canvas, data, add="1").status_code == 302
    assert [item.text for item in canvas.items.all()] == ["Here already"] * 2


def test_actor_unknown_here_is_named_by_its_name(cast: Cast, team: Team, restore: Restore) -> None:
    ecosystem = actions.open_canvas(team, "ecosystem_map", by=cast["owner"])
    here = name_organisation("Metsäpuro ry", kind="association")
    data = {
        "kind": "ecosystem_map",
        "actors": {
            "00000000-0000-4000-8000-000000000001": {"name": "metsäpuro", "kind": "company"},
            "00000000-0000-4000-8000-000000000002": {"name": "Uusi virasto", "kind": "state_agency"},
        },
        "items": [
            {
                "kind": "actor",
                "zone": "core",
                "text": "x",
                "fields": {"actor": f"00000000-0000-4000-8000-00000000000{n}"},
            }
            for n in (1, 2, 3)
        ],
    }
    page = restore(ecosystem, json.dumps(data), add="1")
    new = Organisation.objects.get(name="Uusi virasto")
    assert {item.text: item.fields["actor"] for item in ecosystem.items.all()} == {
        "Metsäpuro ry": str(here.pk),
        "Uusi virasto": str(new.pk),
    }
    assert "Nobody has named this actor before. Choose what it is." in text_of(page)
    assert [item["fields"] for item in json.loads(kept(page))["items"]] == [data["items"][2]["fields"]]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"kind": "value_pie", "items": []}, "This data is of another canvas (Value pie)."),
        ({"kind": "assumption_map", "items": []}, "There is nothing to bring in yet."),
        ({"kind": "assumption_map"}, "This is not data that was taken out of a canvas"),
        ({"kind": "assumption_map", "items": [{"text": 7}]}, "This item of the data cannot be read."),
        ({"kind": "assumption_map", "items": [None]}, "This item of the data cannot be read."),
        ({"kind": "assumption_map", "items": [{"kind": "assumption", "zone": "x", "text": "y"}]}, "no such zone"),
        ({"kind": "assumption_map", "items": [{"kind": "x", "zone": "able", "text": "y"}]}, "holds no such items"),
        ({"kind": "assumption_map", "items": [{"kind": "assumption", "zone": "able", "text": " "}]}, "text is missing"),
    ],
)
def test_data_that_does_not_fit_says_why(canvas: Canvas, restore: Restore, data: object, words: str) -> None:
    page = restore(canvas, json.dumps(data), add="1")
    assert page.status_code == 200
    assert words in text_of(page)
    assert canvas.operations.count() == 0


@pytest.mark.parametrize(
    "marks",
    [
        {"tags": ["x" * 41]},
        {"tags": [f"t{n}" for n in range(13)]},
        {"group": "two\nlines"},
        {"people": 10**9},
        {"people": -1},
        {"links": [{"to": "no id", "word": ""}]},
        {"links": [{"to": "x", "word": "w" * 100}] * 40},
        {"translations": {"xx": {"text": "t", "made": "alien"}}},
        {"came_from": {"canvas": "no id"}},
        {"came_from": {}},
        {"unheard": {"of": []}},
    ],
)
def test_mark_that_does_not_fit_costs_at_most_its_item(canvas: Canvas, restore: Restore, marks: object) -> None:
    item = {"kind": "assumption", "zone": "able", "text": "Fine", "id": "x", "marks": marks}
    good = {"kind": "assumption", "zone": "able", "text": "Good"}
    page = restore(canvas, json.dumps({"kind": canvas.kind, "items": [item, good]}), add="1")
    assert page.status_code in (200, 302)
    assert "Good" in [item.text for item in canvas.items.all()]


def test_data_goes_out_and_in_by_the_api(
    canvas: Canvas, elsewhere: Team, put: Put, cast: Cast, restore: Restore, call: Callable[..., Any]
) -> None:
    marked(canvas, put, cast)
    other = actions.open_canvas(elsewhere, canvas.kind, by=cast["owner"])
    data = call(cast["member"], "/export?form=json").json()
    data["items"].append({"kind": "assumption", "zone": "nowhere", "text": "Lost?"})
    assert call(cast["mentor"], "/import", data).status_code == 404
    assert call(cast["outsider"], "/export").status_code == 404

    for _twice in range(2):
        answer = call(cast["member"], "/import", data, on=other)
        assert answer.json() == {
            "added": 3,
            "refused": [{"item": 3, "text": "Lost?", "message": "This canvas has no such zone."}],
        }
    assert told_of(other) == told_of(canvas)


def test_api_refuses_what_is_no_data_and_knows_no_other_form(
    canvas: Canvas, cast: Cast, call: Callable[..., Any]
) -> None:
    assert call(cast["member"], "/import", {"kind": "value_pie", "items": []}).status_code == 409
    assert call(cast["member"], "/import", {}).status_code == 409
    assert call(cast["member"], "/export?form=exe").status_code == 404
    assert call(cast["member"], "/export?form=pdf").content[:4] == b"%PDF"
    assert reverse("api:import_items", args=[canvas.pk]) == f"/api/v1/canvases/{canvas.pk}/import"
