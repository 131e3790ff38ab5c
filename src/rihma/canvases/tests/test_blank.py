"""Blank canvases to print, and the page that lists them."""

import re
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from rihma.canvases import kinds, lettering
from rihma.canvases.pictures import paper, sheet
from rihma.canvases.tests.conftest import ClientOf, text_of

CANVASES = [pytest.param(kind, id=kind.key) for kind in kinds.every()]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("kind", CANVASES)
def test_blank_sheet_says_every_zone_in_the_language_of_the_reader(kind: kinds.Kind, language: str) -> None:
    with translation.override(language):
        drawn = ET.fromstring(sheet.blank(kind))  # noqa: S314  # drawn by us a moment ago
        assert drawn.attrib["lang"] == language
        assert drawn.findtext(f"{SVG}title") == str(kind.name)
        assert all(str(zone.question) in (drawn.findtext(f"{SVG}desc") or "") for zone in kind.zones)
        letters = "".join(drawn.itertext()).replace("-", "").replace(" ", "")
        assert str(kind.name).replace(" ", "") in letters


@pytest.mark.parametrize("kind", CANVASES)
def test_nothing_on_a_sheet_stands_outside_the_paper(kind: kinds.Kind) -> None:
    drawn = ET.fromstring(sheet.blank(kind))  # noqa: S314  # drawn by us a moment ago
    for line in drawn.iter(f"{SVG}tspan"):
        assert 0 <= float(line.attrib["x"]) <= sheet.WIDTH
        assert 0 <= float(line.attrib["y"]) <= sheet.HEIGHT


@pytest.mark.parametrize("size", ["A4", "A3"])
def test_pdf_is_tagged_and_has_the_words_beside_the_drawing(client: Client, size: str) -> None:
    with translation.override("fi"):
        address = reverse("canvases:blank", args=["assumption_map", "pdf"])
    response = client.get(f"{address}?paper={size}")

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="assumption_map-fi-{size}.pdf"'
    assert response.content.startswith(b"%PDF-")
    # what PDF/UA asks for and a plain PDF lacks
    assert b"/StructTreeRoot" in response.content
    assert b"pdfuaid" in response.content


def test_same_sheet_is_made_once() -> None:
    kind = kinds.every()[0]
    assert paper.pdf(kind, "A4") is paper.pdf(kind, "A4")


@pytest.mark.parametrize(
    "address", ["no_such/blank.svg", "assumption_map/blank.exe", "assumption_map/blank.pdf?paper=A0"]
)
def test_sheet_that_does_not_exist_is_not_found(client: Client, address: str) -> None:
    assert client.get(f"/en/canvases/kinds/{address}").status_code == 404


def test_anybody_finds_what_each_canvas_is_for(client_of: ClientOf) -> None:
    page = client_of(None).get("/fi/canvases/kinds/")
    text = text_of(page)
    places = [text.index(kind.purpose["fi"]) for kind in kinds.every()]
    assert places == sorted(places)
    assert len(re.findall(r'blank\.pdf\?paper=A3"', page.content.decode())) == len(kinds.every())


def test_lines_are_broken_by_width_and_long_words_too() -> None:
    assert lettering.lines("kuka tekee mitä", 60, 12) == ["kuka tekee", "mitä"]
    broken = lettering.lines("yhteiskehittämisvalmennusohjelma", 80, 12)
    assert len(broken) > 1
    assert "".join(part.rstrip("-") for part in broken) == "yhteiskehittämisvalmennusohjelma"
    assert all(lettering.width(part, 12) <= 80 for part in broken)
    assert lettering.lines("yksi kaksi kolme neljä", 40, 12, most=2)[-1].endswith("…")
    assert lettering.lines("", 40, 12) == []
