"""An actor is named where there is no network, and is the one that everybody knows once there is."""

import pytest
from playwright.sync_api import Page, expect

from rihma.actors.models import Organisation
from rihma.base.ids import new_id
from rihma.base.refused import Refused
from rihma.canvases import actions
from rihma.canvases.models import Canvas
from rihma.canvases.tests.stage import BACK_MS, Stage, chromium, hand, house, is_live, online, row, serving, stage
from rihma.teams.models import Team
from tests.conftest import Cast

__all__ = ["chromium", "hand", "house", "serving", "stage"]

NEW = {"name": "Saarnilan kaupunki", "of_kind": "municipality"}


@pytest.fixture
def ecosystem(team: Team, cast: Cast) -> Canvas:
    return actions.open_canvas(team, "ecosystem_map", by=cast["owner"])


def named(canvas: Canvas, actor: dict[str, str], cast: Cast, kind: str = "actor") -> str:
    said = {"kind": kind, "zone": "core", "lang": "en", "actor": actor}
    pk = new_id()
    actions.change(canvas, "add", pk, said, by=cast["convener"])  # type: ignore[arg-type]  # as it comes over the wire
    item = canvas.items.get(pk=pk)
    return f"{item.text} {item.fields['actor']}"


@pytest.mark.django_db
def test_actor_is_whoever_bears_the_name_in_whatever_spelling(ecosystem: Canvas, cast: Cast) -> None:
    first = named(ecosystem, NEW, cast)
    city = Organisation.objects.get(name="Saarnilan kaupunki")
    assert first == f"Saarnilan kaupunki {city.pk}"
    assert city.kind == "municipality"
    again = named(ecosystem, {"name": "saarnilan  KAUPUNKI", "of_kind": "company"}, cast)
    assert again == first
    row_of_it = ecosystem.operations.order_by("-seq")[0]
    assert "actor" not in row_of_it.payload
    city.refresh_from_db()
    assert city.kind == "municipality"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("actor", "kind", "why"),
    [
        ({"name": "Nobody yet"}, "actor", "Nobody has named this actor before"),
        ({"name": "Nobody yet", "of_kind": "planet"}, "actor", "Nobody has named this actor before"),
        ({"name": " . ", "of_kind": "company"}, "actor", "Write the organisation's name"),
        ({"name": "x" * 201, "of_kind": "company"}, "actor", "at most 200 characters"),
        (NEW, "note", "is no actor"),
    ],
)
def test_name_that_says_too_little_is_refused_in_words(
    ecosystem: Canvas, cast: Cast, actor: dict[str, str], kind: str, why: str
) -> None:
    before = Organisation.objects.count()
    with pytest.raises(Refused, match=why) as refused:
        named(ecosystem, actor, cast, kind)
    assert refused.value.code == "invalid"
    assert (Organisation.objects.count(), ecosystem.items.count()) == (before, 0)


def opened(stage: Stage, who: int, canvas: str, view: str) -> Page:
    page = stage.browser(who).new_page()
    page.goto(f"{stage.base}/en/canvases/{canvas}/?view={view}")
    is_live(page)
    return page


@pytest.mark.browser
@pytest.mark.django_db
@pytest.mark.parametrize("view", ["list", "drawn"])
def test_actor_named_without_a_network_stands_there_at_once_and_comes_to_others_with_its_sector(
    stage: Stage, view: str
) -> None:
    canvas = stage.hand.do("beside", canvas=stage.live.id, kind="ecosystem_map")
    one, other = opened(stage, 0, canvas, view), opened(stage, 1, canvas, "list")
    one.context.set_offline(True)
    expect(one.locator("canvas-page[data-live]")).to_have_count(0)
    one.locator('[data-write][href*="fixed_zone=core&item_kind=actor"], #open-add-core-actor').click()
    name = one.get_by_label("Who, or which body?")
    expect(name).to_be_focused()
    name.fill("Saarnilan kaupunki")
    one.get_by_label("What is it?").select_option("municipality")
    name.press("Enter")
    expect(row(one, "Saarnilan kaupunki")).to_have_count(1)
    expect(name).to_have_count(0)
    online(one)
    expect(row(other, "Saarnilan kaupunki")).to_contain_text("Municipality or region", timeout=BACK_MS)
    log = stage.hand.do("log", canvas=canvas)
    assert [line["verb"] for line in log] == ["add"]
