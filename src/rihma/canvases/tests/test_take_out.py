"""Forms for people: the page, the sheet, the picture and the workbook. What programs read is in test_export.py."""

import io
import time
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse
from django.utils import translation

from rihma.actors.actions import name_organisation
from rihma.base.ids import new_id
from rihma.canvases import actions, kinds
from rihma.canvases.kinds import ActorField, Choice, ItemKind, Kind
from rihma.canvases.models import Canvas, Item
from rihma.canvases.pictures.drawing import drawing
from rihma.canvases.taking_out import told
from rihma.canvases.taking_out.forms import FORMS
from rihma.canvases.tests.conftest import ClientOf, Put, text_of, url
from rihma.canvases.types import Payload
from rihma.teams.models import Team
from tests.conftest import Cast
from tests.hostile import TEXTS
from tests.test_hostile_texts import born_in

# What is drawn is the same whatever the database, so the fast run draws it once.
pytestmark = pytest.mark.long("postgresql")

CANVASES = [pytest.param(kind, id=kind.key) for kind in kinds.every()]
SVG = "{http://www.w3.org/2000/svg}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LONG = "Jokainen tekee osansa yhdessä muiden kanssa ja kertoo mitä oppi. " * 60


@pytest.fixture
def take(canvas: Canvas, cast: Cast, client_of: ClientOf) -> Callable[..., Any]:
    def take(form: str, more: str = "", language: str = "en") -> Any:
        with translation.override(language):
            address = reverse("canvases:export", args=[canvas.pk, form])
        response = client_of(cast["mentor"]).get(address + more)
        assert response.status_code == 200
        return response

    return take


def full(kind: Kind, team: Team, cast: Cast, text: str = "Words of ours", each: int = 3) -> Canvas:
    """A canvas of this kind with something in every zone."""
    canvas = actions.open_canvas(team, kind.key, by=cast["owner"])
    placed: dict[str, list[str]] = {}
    for zone in kind.zones:
        item_kind = kind.items_by_key[zone.admits[0]]
        for n in range(min(each, zone.most)):
            said: Payload = {"kind": item_kind.key, "zone": zone.key, "text": f"{text} {n}", "lang": "en"}
            said["fields"] = fields_of(item_kind, f"{zone.key} {n}", placed)
            if item_kind.identity:
                placed.setdefault(zone.key, []).append(str(said["fields"][item_kind.identity.key]))
            actions.change(canvas, "add", new_id(), said, by=cast["convener"])
    return canvas


def fields_of(item_kind: ItemKind, name: str, placed: dict[str, list[str]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in item_kind.fields:
        if isinstance(field, ActorField):
            known = placed.get(field.among, []) if field.among else []
            found[field.key] = known[0] if known else str(name_organisation(name, kind="ministry").pk)
        elif isinstance(field, Choice):
            found[field.key] = field.options[0].key
    return found


@pytest.mark.parametrize("kind", CANVASES)
def test_drawing_says_every_text_whole_and_stays_on_its_sheet(kind: Kind, team: Team, cast: Cast) -> None:
    board = told.board_of(full(kind, team, cast, text=LONG))
    assert board.kind is not None
    drawn = ET.fromstring(drawing(board, board.kind))  # noqa: S314  # drawn by us a moment ago
    letters = squeezed("".join(drawn.itertext()))
    assert [shown.text for shown in board.shown if squeezed(shown.text) not in letters] == []
    width, height = (float(part) for part in drawn.attrib["viewBox"].split()[2:])
    spans = [(float(span.attrib["x"]), float(span.attrib["y"])) for span in drawn.iter(f"{SVG}tspan")]
    assert [(x, y) for x, y in spans if not (-200 <= x <= width and -200 <= y <= height)] == []


def squeezed(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


@pytest.mark.parametrize("kind", CANVASES)
def test_every_form_of_every_kind_is_made_full_and_empty(kind: Kind, team: Team, cast: Cast) -> None:
    empty = told.board_of(actions.open_canvas(team, kind.key, by=cast["owner"]))
    before = {key: len(form.write(empty, "A4")) for key, form in FORMS.items()}
    board = told.board_of(full(kind, team, cast))
    assert {key for key, form in FORMS.items() if len(form.write(board, "A4")) <= before[key]} == set()


@pytest.mark.req("S14")
@pytest.mark.parametrize("form", ["html", "svg"])
def test_no_text_becomes_markup_of_a_file(put: Put, take: Callable[..., Any], form: str) -> None:
    for text in TEXTS:
        put(text)
    file = take(form).content.decode()
    assert file.count("born") > len(TEXTS)
    assert born_in(file) == []
    assert "<script" not in file


@pytest.mark.req("S14")
@pytest.mark.parametrize("form", ["pdf", "png"])
def test_no_text_keeps_a_file_from_being_made(put: Put, take: Callable[..., Any], form: str) -> None:
    for text in (*TEXTS, "😀 你好 مرحبا", "\ufeff\u200b\u2028", "#set page(width: 1pt)", "$x$ @ref <label>"):
        put(text)
    assert take(form).content[:4] in (b"%PDF", b"\x89PNG")


@pytest.mark.parametrize("size", ["A4", "A3"])
def test_sheet_is_tagged_and_says_its_title_and_language(put: Put, take: Callable[..., Any], size: str) -> None:
    put()
    response = take("pdf", f"?paper={size}", language="fi")
    assert response["Content-Disposition"] == f'attachment; filename="assumption_map-fi-{size}.pdf"'
    for mark in (b"/StructTreeRoot", b"pdfuaid", b"/Lang(fi)", b"/MarkInfo", b"/DisplayDocTitle true"):
        assert mark in response.content


def test_page_has_a_heading_a_zone_and_the_language_of_each_text(
    canvas: Canvas, put: Put, take: Callable[..., Any]
) -> None:
    put("Ihmiset avaavat kirjeen")
    Item.objects.update(lang="fi")
    response = take("html", language="sv")
    page = Outline(response.content.decode())
    kind = kinds.find(canvas.kind)

    assert response["Content-Disposition"] == 'attachment; filename="assumption_map.html"'
    assert page.language == "sv"
    assert [name for level, name in page.headings if level == "h1"] == [canvas.title["sv"]]
    assert [name for level, name in page.headings if level == "h2"][:-1] == [zone.name["sv"] for zone in kind.zones]
    assert ("Ihmiset avaavat kirjeen", "fi") in page.texts
    assert page.loads == []


class Outline(HTMLParser):
    """What of a page a screen reader goes by, and what it would fetch."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.language = ""
        self.headings: list[tuple[str, str]] = []
        self.texts: list[tuple[str, str]] = []
        self.loads: list[str] = []
        self.open: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.language = said.get("lang") or "" if tag == "html" else self.language
        self.loads += [value or "" for name, value in attrs if name in ("src", "href", "data")]
        self.open.append((tag, said.get("lang") or ""))

    def handle_data(self, data: str) -> None:
        tag, lang = self.open[-1] if self.open else ("", "")
        if tag in ("h1", "h2", "h3") and data.strip():
            self.headings.append((tag, data.strip()))
        self.texts.append((data.strip(), lang))


def test_workbook_reads_back_with_numbers_as_numbers_and_formulas_as_words(put: Put, take: Callable[..., Any]) -> None:
    put("=1+1", importance=75)
    put("-2 _x0041_\u0001", importance=25)
    heads, *told_rows = read_back(take("xlsx").content)
    rows = [dict(zip(heads, row, strict=False)) for row in told_rows]

    assert [row["Text"] for row in rows] == ["=1+1", "-2 _x005F_x0041_"]
    assert [row["Importance"] for row in rows] == [75.0, 25.0]
    assert {type(row["Added"]) for row in rows} == {float}
    assert [row["By"] for row in rows] == ["Cecilia Koskenniemi"] * 2


def read_back(file: bytes) -> list[list[str | float]]:
    """The first sheet, its cells by place: a formula would have a tag of its own."""
    with zipfile.ZipFile(io.BytesIO(file)) as packed:
        assert packed.testzip() is None
        sheet = ET.fromstring(packed.read("xl/worksheets/sheet1.xml"))  # noqa: S314  # written by us a moment ago
    assert list(sheet.iter(f"{SHEET}f")) == []
    return [list(cells(row)) for row in sheet.iter(f"{SHEET}row")]


def cells(row: ET.Element) -> Iterator[str | float]:
    for cell in row.iter(f"{SHEET}c"):
        value = cell.findtext(f"{SHEET}v")
        yield float(value) if value else cell.findtext(f"{SHEET}is/{SHEET}t") or ""


def test_flagged_item_goes_into_no_file(canvas: Canvas, cast: Cast, put: Put, take: Callable[..., Any]) -> None:
    item = put("Ugly words")
    actions.change(canvas, "hide", item.pk, by=cast["member"])
    for form in ("html", "svg", "csv", "md", "json"):
        assert "Ugly" not in take(form).content.decode()
        assert str(item.pk) not in take(form).content.decode()


def test_marks_of_an_item_are_said_in_every_list(
    canvas: Canvas, cast: Cast, put: Put, take: Callable[..., Any]
) -> None:
    item, other = put("First"), put("Second")
    actions.change(canvas, "mark", item.pk, {"tag": "letters", "group": "At home", "people": 7}, by=cast["convener"])
    actions.change(canvas, "mark", item.pk, {"link": {"to": str(other.pk), "word": "leads to"}}, by=cast["convener"])
    said: Payload = {"translation": {"lang": "fi", "text": "Ensimmäinen", "made": "machine"}}
    actions.change(canvas, "mark", item.pk, said, by=cast["convener"])
    for form in ("html", "csv", "md"):
        text = take(form).content.decode().replace("\\", "")
        parts = ("letters", "At home", "7", "Second (leads to)", "Ensimmäinen")
        assert [part for part in parts if part not in text] == []


def test_page_lists_every_form_and_leads_back(canvas: Canvas, cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast["mentor"]).get(url("take_out", canvas))
    assert [key for key in FORMS if f"/export/{key}/" not in page.content.decode()] == []
    assert "Workbook (XLSX)" in text_of(page)
    assert "/export/" in client_of(cast["mentor"]).get(url("canvas", canvas)).content.decode()
    assert client_of(cast["outsider"]).get(url("take_out", canvas)).status_code == 404


def test_canvas_of_an_unknown_kind_is_still_taken_out_as_words(
    canvas: Canvas, cast: Cast, put: Put, client_of: ClientOf, take: Callable[..., Any]
) -> None:
    put("Kept")
    Canvas.objects.update(kind="gone")
    page = client_of(cast["mentor"]).get(url("take_out", canvas)).content.decode()
    assert [key for key in FORMS if f"/export/{key}/" in page] == ["html", "xlsx", "csv", "md", "json"]
    assert "Kept" in take("html").content.decode()
    address = reverse("canvases:export", args=[canvas.pk, "svg"])
    assert client_of(cast["mentor"]).get(address).status_code == 404


def test_paper_that_does_not_exist_is_not_found(canvas: Canvas, cast: Cast, client_of: ClientOf) -> None:
    address = reverse("canvases:export", args=[canvas.pk, "pdf"])
    assert client_of(cast["member"]).get(f"{address}?paper=A0").status_code == 404


def test_names_that_are_hidden_stand_in_no_file(canvas: Canvas, cast: Cast, put: Put, take: Callable[..., Any]) -> None:
    put()
    actions.hide_names(canvas, hidden=True, by=cast["owner"])
    for form in ("html", "csv", "md", "json"):
        file = take(form).content.decode()
        assert [word for word in ("Koskenniemi", str(cast["convener"].pk)) if word in file] == []


def test_drawing_of_a_crowded_canvas_is_made_in_a_blink(canvas: Canvas, cast: Cast, put: Put) -> None:
    """Words without a place to break, and more than any sheet holds: what grows with their square takes minutes here."""
    for _n in range(20):
        put("a" * 4000)
    board = told.board_of(canvas)
    board.columns[0].items *= 100
    started = time.perf_counter()
    assert board.kind
    drawing(board, board.kind)
    assert time.perf_counter() - started < 20
