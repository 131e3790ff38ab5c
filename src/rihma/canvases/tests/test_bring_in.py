"""Pasted rows, lists and files, as the page takes them in."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rihma.actors.actions import name_organisation
from rihma.actors.models import Organisation
from rihma.canvases import actions, kinds
from rihma.canvases.bringing_in import reading
from rihma.canvases.models import Canvas, Item
from rihma.canvases.tests.conftest import ClientOf, Put, text_of, url
from rihma.teams.models import Team
from tests.conftest import Cast
from tests.hostile import TEXTS
from tests.test_hostile_texts import born_in

type Bring = Callable[..., Any]


@pytest.fixture
def bring(canvas: Canvas, works: Client) -> Bring:
    def bring(text: str = "", *, on: Canvas = canvas, **more: object) -> Any:
        sent = {"text": text, "zone": "wanted", "lang": "en", "token": "t1", **more}
        return works.post(url("bring_in", on), sent)

    return bring


def texts(canvas: Canvas) -> list[str]:
    return [item.text for item in sorted(canvas.items.live(), key=lambda item: (item.zone, item.order))]


def kept(page: Any) -> str:
    """What stands in the text field of the page."""
    found = re.search(r"<textarea[^>]*>\r?\n?(.*?)</textarea>", page.content.decode(), re.DOTALL)
    return unescape(found[1]) if found else ""


def test_short_list_is_added_at_once_in_its_order_by_who_pasted_it(canvas: Canvas, cast: Cast, bring: Bring) -> None:
    answer = bring("• First\n• Second\n\n  ◦ Third")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, url("canvas", canvas).split("?")[0])
    assert texts(canvas) == ["First", "Second", "Third"]
    assert {item.by for item in canvas.items.all()} == {cast["member"]}


def test_page_sent_twice_adds_once(canvas: Canvas, bring: Bring) -> None:
    bring("One\nOne")
    bring("One\nOne")
    assert texts(canvas) == ["One", "One"]


def test_page_sent_again_with_another_word_loses_nothing(canvas: Canvas, bring: Bring) -> None:
    bring("One")
    bring("One more")
    assert texts(canvas) == ["One", "One more"]


def test_more_than_twenty_rows_are_looked_at_first(canvas: Canvas, bring: Bring) -> None:
    text = "\n".join(f"Thought {n}" for n in range(21))
    page = bring(text)
    assert "21 items can be added" in text_of(page)
    assert canvas.items.count() == 0
    assert kept(page) == text
    bring(text, add="1", form="lines", was_form="lines", columns="0")
    assert len(texts(canvas)) == 21


def test_row_that_is_refused_says_why_and_stays_when_the_others_are_added(canvas: Canvas, bring: Bring) -> None:
    long = "x" * 4001
    page = bring(f"Good\n{long}\nFine")
    assert "1 row cannot be added as it is" in text_of(page)
    assert "The text is 1 character too long (at most 4000)." in text_of(page)
    assert canvas.items.count() == 0

    page = bring(f"Good\n{long}\nFine", add="1", form="lines", was_form="lines", columns="0")
    assert texts(canvas) == ["Good", "Fine"]
    assert "2 items were added." in text_of(page)
    assert kept(page) == long


def test_rows_of_a_spreadsheet_are_read_by_their_heads_in_any_language(canvas: Canvas, bring: Bring) -> None:
    table = (
        'Teksti\tAlue\tTärkeys\n"Two\nlines"\tPystytäänkö tähän?\tkaikki on tämän varassa\nSecond\tIs it wanted?\t75\n'
    )
    page = bring(table)
    assert "2 items can be added" in text_of(page)
    columns = re.findall(r'<option value="([^"]*)" selected>', page.content.decode())
    assert [one for one in columns if one in ("text", "zone", "field:importance")] == [
        "text",
        "zone",
        "field:importance",
    ]
    chosen = {"column_0": "text", "column_1": "zone", "column_2": "field:importance"}
    bring(table, add="1", form="tab", was_form="tab", columns="3", headed="on", **chosen)
    found = {item.text: (item.zone, item.fields["importance"]) for item in canvas.items.all()}
    assert found == {"Two\nlines": ("able", 100), "Second": ("wanted", 75)}


def test_column_is_what_the_person_says(canvas: Canvas, bring: Bring) -> None:
    table = "7\tKept as text\n8\tAnother"
    bring(table, add="1", form="tab", was_form="tab", columns="2", column_0="", column_1="text")
    assert texts(canvas) == ["Kept as text", "Another"]


def test_column_may_be_a_zone_with_an_item_in_each_cell(canvas: Canvas, bring: Bring) -> None:
    table = "Is it wanted?\tPystytäänkö tähän?\nYes it is\tSurely\n\tWith help"
    page = bring(table)
    assert "3 items can be added" in text_of(page)
    chosen = {"column_0": "zone:wanted", "column_1": "zone:able"}
    bring(table, add="1", form="tab", was_form="tab", columns="2", headed="on", **chosen)
    assert {(item.zone, item.text) for item in canvas.items.all()} == {
        ("wanted", "Yes it is"),
        ("able", "Surely"),
        ("able", "With help"),
    }


def test_cell_that_means_nothing_to_its_field_is_refused_with_its_row(canvas: Canvas, bring: Bring) -> None:
    table = "Text\tImportance\nGood\tmatters\nBad\tvery much so"
    page = bring(table)
    assert "Importance: Choose a value from 0 to 100." in text_of(page)
    chosen = {"column_0": "text", "column_1": "field:importance"}
    page = bring(table, add="1", form="tab", was_form="tab", columns="2", headed="on", **chosen)
    assert texts(canvas) == ["Good"]
    assert kept(page).splitlines() == ["Text\tImportance", "Bad\tvery much so"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "latin-1"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_file_is_read_however_it_was_written(canvas: Canvas, bring: Bring, encoding: str, sign: str) -> None:
    table = f'Teksti{sign}Alue\r\n"Ääni; ""öljy"", {sign} ja työ"{sign}able\r\nToinen{sign}wanted\r\n'
    page = bring(file=SimpleUploadedFile("a.csv", table.encode(encoding)))
    assert "2 items can be added" in text_of(page)
    form = {";": "semicolon", ",": "comma", "\t": "tab"}[sign]
    chosen = {"column_0": "text", "column_1": "zone"}
    bring(kept(page), add="1", form=form, was_form=form, columns="2", headed="on", **chosen)
    assert {item.text: item.zone for item in canvas.items.all()} == {
        f'Ääni; "öljy", {sign} ja työ': "able",
        "Toinen": "wanted",
    }


def test_our_own_spreadsheet_comes_back_as_it_went_out(
    canvas: Canvas, cast: Cast, team: Team, put: Put, bring: Bring, client_of: ClientOf
) -> None:
    item = put("=SUM(1)", importance=75)
    actions.change(canvas, "mark", item.pk, {"tag": "a b", "group": "Home", "people": 3}, by=cast["member"])
    put('Plain, with ; and "quotes"\nand lines', zone="able")
    before = told(canvas)
    file = client_of(cast["member"]).get(url("export", canvas, "csv")).content
    for one in canvas.items.all():
        actions.change(canvas, "remove", one.pk, by=cast["member"])
    page = bring(file=SimpleUploadedFile("a.csv", file))
    fields = dict(
        re.findall(r'name="(column_\d+)".*?<option value="([^"]*)" selected>', page.content.decode(), re.DOTALL)
    )
    width = re.search(r'name="columns" value="(\d+)"', page.content.decode())
    bring(kept(page), add="1", form="semicolon", was_form="semicolon", columns=width[1], headed="on", **fields)
    assert told(canvas) == before


def told(canvas: Canvas) -> list[object]:
    return [(one.zone, one.text, one.lang, one.fields, one.marks) for one in canvas.items.live().order_by("text")]


def test_actor_is_the_same_one_and_a_new_one_needs_a_word_on_what_it_is(cast: Cast, team: Team, bring: Bring) -> None:
    ecosystem = actions.open_canvas(team, "ecosystem_map", by=cast["owner"])
    known = name_organisation("Metsäpuro ry", kind="association")
    page = bring("metsäpuro\nUusi virasto", on=ecosystem, zone="core")
    assert "Nobody has named this actor before. Choose what it is." in text_of(page)
    assert not Organisation.objects.filter(name="Uusi virasto").exists()

    answer = bring("metsäpuro\nUusi virasto", on=ecosystem, zone="core", actor_kind="state_agency")
    assert answer.status_code == 302
    new = Organisation.objects.get(name="Uusi virasto")
    assert {item.text: item.fields["actor"] for item in ecosystem.items.all()} == {
        "Metsäpuro ry": str(known.pk),
        "Uusi virasto": str(new.pk),
    }


def test_field_that_names_an_actor_finds_who_stands_there(cast: Cast, team: Team, bring: Bring) -> None:
    pie = actions.open_canvas(team, "value_pie", by=cast["owner"])
    bring("Kaupunki", on=pie, zone="actors", actor_kind="municipality")
    table = "Text\tActor\tZone\nRoom\tkaupunki\tgains\nTime\tNobody here\tgains"
    page = bring(table, on=pie, zone="gains", item_kind="share")
    assert ("1 item can be added" in text_of(page), "Actor: Choose an actor." in text_of(page)) == (True, True)


def test_zone_that_takes_few_refuses_the_rest_of_them(cast: Cast, team: Team, bring: Bring) -> None:
    rules = actions.open_canvas(team, "ground_rules", by=cast["owner"])
    zone = next(zone for zone in kinds.find("ground_rules").zones if zone.most == 4)
    page = bring("\n".join("abcde"), on=rules, zone=zone.key)
    assert "1 row cannot be added as it is" in text_of(page)
    assert "takes at most 4 items" in text_of(page)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "There is nothing to bring in yet."),
        (" \n\t\n", "There is nothing to bring in yet."),
        ("\n".join("abcdefghijklmnopqrstuvwxyz"[:25] for _ in range(501)), "There are 501 rows; at most 500"),
        ("x" * 1_000_001, "That is more than 1 MB."),
        ("{", "This is not data that was taken out of a canvas"),
        ("{" * 50_000, "This is not data that was taken out of a canvas"),
    ],
)
def test_what_cannot_be_taken_is_said_in_words_and_kept(canvas: Canvas, bring: Bring, text: str, words: str) -> None:
    page = bring(text, add="1")
    assert page.status_code == 200
    assert words in text_of(page)
    assert kept(page).replace("\r", "") == text
    assert canvas.operations.count() == 0


@pytest.mark.req("S14")
@pytest.mark.long("postgresql")
def test_no_text_breaks_the_page_or_becomes_part_of_it(canvas: Canvas, bring: Bring) -> None:
    for text in (
        "\n".join(TEXTS),
        "\t".join(TEXTS),
        "Text\tImportance\n" + "\n".join(f"{one}\t{one}" for one in TEXTS),
    ):
        page = bring(text)
        assert (page.status_code, born_in(page.content.decode())) == (200, [])
    for form in ("lines", "tab", "semicolon", "comma", "data", "none"):
        for text in (*TEXTS, "\x00\x07\ud7ff", '"', '"a', ';"', "\r", "\u2028"):
            assert bring(text, add="1", form=form, was_form=form, columns="99", column_0="text").status_code in (
                200,
                302,
            )


@pytest.mark.parametrize("more", [{"zone": "nowhere"}, {"lang": "xx"}, {"columns": "x"}, {"column_0": "field:no"}])
def test_forged_choice_is_refused_or_means_nothing(canvas: Canvas, bring: Bring, more: dict[str, str]) -> None:
    assert bring("One\tTwo", form="tab", was_form="tab", **{"columns": "2", **more}).status_code == 200
    assert canvas.operations.count() == 0


def test_frozen_canvas_takes_nothing_and_keeps_the_words(canvas: Canvas, cast: Cast, bring: Bring) -> None:
    actions.freeze(canvas, by=cast["owner"])
    page = bring("Too late")
    assert "frozen" in text_of(page)
    assert (kept(page), canvas.items.count()) == ("Too late", 0)


def test_only_who_works_on_a_canvas_brings_anything_in(canvas: Canvas, cast: Cast, client_of: ClientOf) -> None:
    for who in ("mentor", "outsider"):
        assert client_of(cast[who]).post(url("bring_in", canvas), {"text": "x"}).status_code == 404
    assert client_of(None).get(url("bring_in", canvas)).status_code == 302
    assert Item.objects.count() == 0


@pytest.mark.parametrize(
    ("pasted", "read"),
    [
        ("1. One\n2. Two\n   a) Deeper", ["One", "Two", "Deeper"]),
        ("24. joulukuuta\n6. joulukuuta", ["24. joulukuuta", "6. joulukuuta"]),
        ("1. joulukuuta", ["1. joulukuuta"]),
        ("•\tWord\no\tWord\n§\tWord", ["Word", "Word", "Word"]),
        ("- dash\n-5 degrees\n– long\n* star\n[x] done", ["dash", "-5 degrees", "long", "star", "done"]),
        ("1.5 million\n2.5 million", ["1.5 million", "2.5 million"]),
        ("1.\tWord\n2.\tTwo", ["Word", "Two"]),
    ],
)
def test_signs_of_a_list_go_and_words_stay(pasted: str, read: list[str]) -> None:
    form = reading.form_of(pasted, from_file=False)
    assert [row[0] for row in reading.rows(pasted, form)] == read


def test_quotation_marks_of_people_stay_and_those_of_spreadsheets_go() -> None:
    pasted = '"quoted" word\tb\n"two\nlines"\t"say ""so"""\n"open\tend'
    assert reading.rows(pasted, "tab") == [
        ['"quoted" word', "b"],
        ["two\nlines", 'say "so"'],
        ['"open', "end"],
    ]
