import csv
import io
import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.canvases import actions
from rihma.canvases.models import Canvas
from rihma.canvases.tests.conftest import Put
from tests.conftest import Cast

type ClientOf = Callable[[Person | None], Client]


@pytest.fixture
def export(canvas: Canvas, cast: Cast, client_of: ClientOf) -> Callable[[str], str]:
    def export(form: str) -> str:
        response = client_of(cast["mentor"]).get(reverse("canvases:export", args=[canvas.pk, form]))
        assert response.status_code == 200
        assert response["Content-Disposition"] == f'attachment; filename="{canvas.kind}.{form}"'
        return response.content.decode()

    return export


def test_spreadsheet_has_a_row_an_item_and_opens_by_itself(put: Put, export: Callable[[str], str]) -> None:
    put('Ää; "lainaus"', importance=75)
    text = export("csv")

    assert text.startswith("\ufeffid;Zone;What;Text;")
    heads, row = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
    told = dict(zip(heads, row, strict=True))
    assert (told["Text"], told["Zone"], told["Importance"]) == ('Ää; "lainaus"', "Is it wanted?", "75")
    assert (told["By"], told["Shown"]) == ("Cecilia Koskenniemi", "yes")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_spreadsheet_takes_no_text_for_a_formula(put: Put, export: Callable[[str], str], text: str) -> None:
    put(text)
    rows = list(csv.reader(io.StringIO(export("csv").removeprefix("\ufeff")), delimiter=";"))
    assert rows[1][3] == f"'{text}"


def test_document_says_the_words_of_people_as_words(
    canvas: Canvas, cast: Cast, put: Put, export: Callable[[str], str]
) -> None:
    item = put("# no *heading*\n<b>x</b> [a](javascript:b)")
    actions.change(canvas, "set", item.pk, {"text": "mine"}, base=1, by=cast["member"])
    actions.change(canvas, "set", item.pk, {"text": "yours"}, base=1, by=cast["convener"])
    put("[a](javascript:b) *x*", zone="able")
    text = export("md")

    assert "# Assumption map" in text
    assert "- yours (Importance: matters, Evidence: some signs)\n  - or: mine" in text
    assert r"- \[a\]\(javascript:b\) \*x\*" in text


def test_data_can_be_read_by_programs(canvas: Canvas, put: Put, export: Callable[[str], str]) -> None:
    put("</script><b>")
    data = json.loads(export("json"))

    assert (data["kind"], data["head"], data["licence"]) == ("assumption_map", 1, "CC BY 4.0")
    assert [(item["text"], item["readable"]) for item in data["items"]] == [("</script><b>", True)]


def test_export_says_which_rows_it_could_not_read(canvas: Canvas, put: Put, export: Callable[[str], str]) -> None:
    put("odd")
    canvas.items.update(zone="nowhere")
    rows = list(csv.reader(io.StringIO(export("csv").removeprefix("\ufeff")), delimiter=";"))

    assert len(rows[0]) == len(rows[1])
    assert rows[1][-1] == "no, unreadable"
    assert json.loads(export("json"))["items"][0]["readable"] is False
    assert "Items that cannot be shown" in export("md")


def test_form_of_export_that_does_not_exist_is_not_found(canvas: Canvas, cast: Cast, client_of: ClientOf) -> None:
    address = reverse("canvases:export", args=[canvas.pk, "exe"])
    assert client_of(cast["member"]).get(address).status_code == 404
    assert client_of(cast["outsider"]).get(reverse("canvases:export", args=[canvas.pk, "csv"])).status_code == 404
