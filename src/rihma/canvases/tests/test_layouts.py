"""Each layout drawn, with what is special to it. Words of people go through the same forms everywhere."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from rihma.actors.actions import name_organisation
from rihma.actors.models import Organisation
from rihma.base.ids import new_id
from rihma.base.refused import Refused
from rihma.canvases import actions, kinds, shown
from rihma.canvases.arranged import arranged
from rihma.canvases.models import Canvas, Item
from rihma.canvases.tests.conftest import text_of, url
from rihma.teams.models import Team
from tests.conftest import Cast

# What is drawn is the same whatever the database, so the fast run draws it once.
pytestmark = pytest.mark.long("postgresql")

type Open = Callable[[str], Canvas]
type Place = Callable[..., UUID]


@pytest.fixture
def opened(team: Team, cast: Cast) -> Open:
    return lambda kind: actions.open_canvas(team, kind, by=cast["owner"])


@pytest.fixture
def place(cast: Cast) -> Place:
    def place(canvas: Canvas, zone: str, kind: str = "note", text: str = "Something", **fields: object) -> UUID:
        pk = new_id()
        said = {"kind": kind, "zone": zone, "text": text, "lang": "en", "fields": fields}
        actions.change(canvas, "add", pk, said, by=cast["convener"])  # type: ignore[arg-type]  # any fields
        return pk

    return place


@pytest.fixture
def agency() -> Organisation:
    return name_organisation("Uudistusvirasto", kind="state_agency")


@pytest.fixture
def company() -> Organisation:
    return name_organisation("Lähiruoka Oy", kind="company")


@pytest.mark.parametrize("view", ["list", "drawn"])
@pytest.mark.parametrize("name", kinds.names())
def test_canvas_of_every_kind_is_drawn_with_everything_that_can_stand_on_it(
    opened: Open, place: Place, works: Client, agency: Organisation, name: str, view: str
) -> None:
    canvas, kind = opened(name), kinds.find(name)
    texts = []
    for zone in kind.zones:
        for key in zone.admits:
            fields = {
                field.key: str(agency.pk) if isinstance(field, kinds.ActorField) else field.options[0].key
                for field in kind.item(key).fields
                if field.needed and isinstance(field, kinds.ActorField | kinds.Choice)
            }
            texts.append(f"Words in {zone.key} as {key}")
            place(canvas, zone.key, key, texts[-1], **fields)
    page = works.get(url("canvas", canvas, view=view))

    text = text_of(page)
    assert [one for one in texts if one not in text and "as actor" not in one] == []
    assert ("Uudistusvirasto" in text) == kind.has_actors
    assert "style=" not in page.content.decode()


@pytest.mark.parametrize("name", kinds.names())
def test_every_zone_can_be_added_to_from_the_drawing(opened: Open, works: Client, name: str) -> None:
    canvas, kind = opened(name), kinds.find(name)
    page = works.get(url("canvas", canvas, view="drawn")).content.decode()
    parts = kind.drawing.parts if kind.layout == "pie" else ()
    waiting = {*parts, *(["gives"] if kind.layout == "matrix" else [])}
    for zone in kind.zones:
        if kind.layout != "plane" and zone.key not in waiting:
            assert f"fixed_zone={zone.key}&amp;item_kind={zone.admits[0]}" in page


def test_actor_is_one_thing_on_many_canvases(opened: Open, place: Place, works: Client, agency: Organisation) -> None:
    for name, zone in (("ecosystem_map", "core"), ("value_pie", "actors")):
        place(opened(name), zone, "actor", "Old name", actor=str(agency.pk))
    agency.name = "Uudistusvirasto ja kumppanit"
    agency.save()
    for canvas in Canvas.objects.all():
        assert "Uudistusvirasto ja kumppanit" in text_of(works.get(url("canvas", canvas)))


def test_name_that_is_known_finds_its_actor_and_a_new_one_needs_a_word(
    opened: Open, works: Client, agency: Organisation
) -> None:
    canvas = opened("ecosystem_map")
    form = {"client_id": "a", "fixed_zone": "core", "zone": "core", "lang": "fi", "item_kind": "actor"}
    works.post(url("add", canvas), form | {"actor": "uudistusvirasto"})
    item = Item.objects.get()
    assert (item.text, item.fields) == ("Uudistusvirasto", {"actor": str(agency.pk)})

    page = works.post(url("add", canvas), form | {"client_id": "b", "actor": "Kylän nuoret"})
    assert "Nobody has named this actor before. Choose what it is." in text_of(page)
    works.post(url("add", canvas), form | {"client_id": "c", "actor": "Kylän nuoret", "actor_kind": "citizens"})
    assert Organisation.objects.get(name="Kylän nuoret").sector == "citizens"
    assert Item.objects.count() == 2


def test_actor_can_be_changed_for_another(opened: Open, place: Place, works: Client, agency: Organisation) -> None:
    canvas = opened("ecosystem_map")
    pk = place(canvas, "core", "actor", "Uudistusvirasto", actor=str(agency.pk))
    item = Item.objects.get(pk=pk)
    form = {"client_id": "x", "base": item.text_seq, "lang": "en", "initial-lang": "en"}
    form |= {"actor": "Maakuntaliitto", "initial-actor": "Uudistusvirasto", "actor_kind": "region"}
    works.post(url("set", canvas, pk), form)
    item.refresh_from_db()
    assert item.text == "Maakuntaliitto"
    assert item.fields["actor"] == str(Organisation.objects.get(name="Maakuntaliitto").pk)


def test_actors_stand_on_their_ring_in_their_sector(
    opened: Open, place: Place, agency: Organisation, company: Organisation
) -> None:
    canvas = opened("ecosystem_map")
    place(canvas, "core", "actor", "A", actor=str(agency.pk))
    place(canvas, "touched", "actor", "B", actor=str(company.pk))
    drawn = arranged(shown.board_of(canvas))
    inner, outer = (dot.at for dot in drawn.dots)
    # the first sector begins at the top and goes right; the fourth one lies below, to the right
    assert inner.x > 540 > inner.y
    assert outer.x > 540
    assert outer.y > 540
    assert [rim.count for rim in drawn.rims] == [1, 0, 0, 1, 0, 0, 0, 0]


def test_square_of_the_matrix_holds_what_one_gives_the_other(
    opened: Open, place: Place, works: Client, agency: Organisation, company: Organisation
) -> None:
    canvas = opened("motivation_map")
    for actor in (agency, company):
        place(canvas, "actors", "actor", actor.name, actor=str(actor.pk))
    page = works.get(url("canvas", canvas, view="drawn")).content.decode()
    assert f"giver={agency.pk}&amp;taker={company.pk}" in page

    form = works.get(f"{url('add', canvas)}&fixed_zone=gives&giver={agency.pk}&taker={company.pk}").content.decode()
    assert f'<option value="{company.pk}" selected>' in form
    said = {"client_id": "x", "fixed_zone": "gives", "zone": "gives", "lang": "en", "text": "Permits"}
    works.post(url("add", canvas), said | {"giver": str(agency.pk), "taker": str(company.pk)})
    drawn = arranged(shown.board_of(canvas))
    assert [[len(square.items) for square in row.squares] for row in drawn.rows] == [[0, 1], [0, 0]]

    item = Item.objects.get(text="Permits")
    works.post(url("move", canvas, item.pk), {"client_id": "y", "taker": str(agency.pk)})
    drawn = arranged(shown.board_of(canvas))
    assert [[len(square.items) for square in row.squares] for row in drawn.rows] == [[1, 0], [0, 0]]


def test_what_loses_its_actor_stays_in_sight(
    opened: Open, place: Place, works: Client, cast: Cast, agency: Organisation
) -> None:
    canvas = opened("value_pie")
    actor = place(canvas, "actors", "actor", "A", actor=str(agency.pk))
    place(canvas, "gains", "share", "A good name", actor=str(agency.pk))
    actions.change(canvas, "remove", actor, by=cast["member"])
    text = text_of(works.get(url("canvas", canvas, view="drawn")))
    assert "Without a place in the drawing" in text
    assert "A good name" in text


def test_slice_warns_of_an_actor_on_whom_much_hangs_and_who_gets_nothing(
    opened: Open, place: Place, works: Client, agency: Organisation
) -> None:
    canvas = opened("value_pie")
    place(canvas, "actors", "actor", "A", actor=str(agency.pk), dependence="high")
    warning = "Much hangs on this actor, but they get nothing."
    assert warning in text_of(works.get(url("canvas", canvas, view="drawn")))
    place(canvas, "gains", "share", "A good name", actor=str(agency.pk))
    assert warning not in text_of(works.get(url("canvas", canvas, view="drawn")))


def test_assumption_stands_on_its_arrow(opened: Open, place: Place) -> None:
    canvas = opened("impact_chain")
    place(canvas, "assumptions", "assumption", "They read it", arrow="change")
    drawn = arranged(shown.board_of(canvas))
    assert [len(link.bridge) for link in drawn.links] == [0, 0, 0, 1, 0, 0]


def test_zone_says_how_many_do_it_good(opened: Open, place: Place, works: Client) -> None:
    canvas = opened("phenomenon_map")
    assert "One will do." in text_of(works.get(url("canvas", canvas)))
    for text in "ab":
        place(canvas, "phenomenon", text=text)
    assert "One would do here: choose it together." in text_of(works.get(url("canvas", canvas)))
    place(canvas, "phenomenon", text="c")
    page = works.get(url("canvas", canvas)).content.decode()
    assert "Full: change or remove one before you add another." in page
    assert "fixed_zone=phenomenon" not in page


def test_full_zone_takes_no_more_and_the_page_keeps_the_words(
    opened: Open, place: Place, works: Client, cast: Cast
) -> None:
    canvas = opened("phenomenon_map")
    for text in "abc":
        place(canvas, "phenomenon", text=text)
    form = {"client_id": "x", "fixed_zone": "phenomenon", "zone": "phenomenon", "text": "One too many", "lang": "en"}
    page = works.post(url("add", canvas), form)
    assert "takes at most 3 items" in text_of(page)
    assert "One too many" in page.content.decode()

    other = place(canvas, "seen", text="Elsewhere")
    works.post(url("move", canvas, other), {"client_id": "y", "zone": "phenomenon"})
    assert Item.objects.get(pk=other).zone == "seen"


@pytest.mark.parametrize(
    ("zone", "kind", "fields", "field"),
    [
        ("core", "hologram", {}, None),
        ("core", "note", {}, "zone"),
        ("core", "actor", {}, "actor"),
        ("core", "actor", {"actor": "Uudistusvirasto"}, "actor"),
        ("core", "actor", {"actor": None}, "actor"),
        ("invite", "invitation", {"by_day": "tomorrow"}, "by_day"),
        ("invite", "invitation", {"by_day": 7}, "by_day"),
        ("invite", "invitation", {"inviter": "x" * 201}, "inviter"),
        ("invite", "invitation", {"inviter": "two\nlines"}, "inviter"),
        ("invite", "invitation", {"mood": "good"}, None),
    ],
)
def test_what_a_zone_or_a_field_does_not_take_is_refused(
    opened: Open, place: Place, zone: str, kind: str, fields: dict[str, object], field: str | None
) -> None:
    canvas = opened("ecosystem_map")
    with pytest.raises(Refused) as refused:
        place(canvas, zone, kind, **fields)
    assert (refused.value.code, refused.value.field) == ("invalid", field)
    assert not Item.objects.exists()


def test_full_zone_is_refused_in_words() -> None:
    zone = kinds.find("motivation_map").zone("actors")
    from_rules = pytest.raises(Refused)
    with from_rules as refused:
        shown.rules.check_zone_room(zone, 7)
    assert refused.value.code == "full"
    assert str(refused.value) == "“Actors” takes at most 7 items. Remove something there first."
    shown.rules.check_zone_room(zone, 6)


def test_experiment_is_offered_of_what_can_turn_out_wrong_and_of_nothing_else(
    opened: Open, place: Place, works: Client
) -> None:
    canvas = opened("impact_chain")
    note = place(canvas, "need", text="Letters stay unopened")
    assumption = place(canvas, "assumptions", "assumption", "They read it", arrow="change")
    offered = ["Make an experiment of this" in text_of(works.get(url("item", canvas, pk))) for pk in (note, assumption)]
    assert offered == [False, True]
