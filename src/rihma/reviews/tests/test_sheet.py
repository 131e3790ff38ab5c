import csv
import io
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.base.refused import Refused
from rihma.reviews import actions, sheets
from rihma.reviews.models import Assignment, Review
from rihma.reviews.piles import piles_of
from rihma.reviews.tests.conftest import Judge
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
type ClientOf = Callable[[Person | None], Client]
type Table = list[list[object]]


def taken(person: Person) -> Table:
    (pile,) = piles_of(person)
    return [list(row) for row in csv.reader(io.StringIO(sheets.to_csv(pile).removeprefix("\ufeff")), delimiter=";")]


def filled(table: Table, *answers: tuple[object, str]) -> Table:
    """The first rows with these scores and reasons."""
    for row, (score, reason) in zip(table[1:], answers, strict=False):
        row[sheets.SCORE], row[sheets.REASON] = score, reason
    return table


def as_csv(table: Table, encoding: str = "utf-8-sig", sign: str = ";") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=sign).writerows(table)
    return text.getvalue().encode(encoding)


def test_workbook_goes_out_and_comes_in_again(reading: list[Application], cast: Cast, client_of: ClientOf) -> None:
    client, slug = client_of(cast["juror"]), reading[0].call.programme.slug
    file = client.get(reverse("reviews:take_out", args=[slug, "xlsx"])).content
    table = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python()
    assert [row[2] for row in table[1:]] == ["Debt advisers"] * 3 + ["Archipelago"] * 3
    assert table[1][3] == "1. Need. What is looked at in Need.\n5: Many live it."
    plan = sheets.plan(cast["juror"], sheets.read(file))
    assert (plan.changed, plan.faults) == ([], [])


@pytest.mark.parametrize(("encoding", "sign"), [("utf-8-sig", ";"), ("utf-8", ","), ("cp1252", ";"), ("utf-16", "\t")])
def test_what_spreadsheets_write_is_read(
    reading: list[Application], cast: Cast, client_of: ClientOf, encoding: str, sign: str
) -> None:
    client = client_of(cast["juror"])
    table = filled(taken(cast["juror"]), (4, "Hyvä: tämä on tärkeä"), (2, ""), ("", "Kokonaisuus löytyy"))
    upload = SimpleUploadedFile("reviews.csv", as_csv(table, encoding, sign))
    shown = client.post(reverse("reviews:bring_in"), {"upload": upload})
    assert Review.objects.count() == 0
    again = shown.context["again"]
    sent = {"text": again.initial["text"], "seen": again.initial["seen"], "bring": 1}
    assert client.post(reverse("reviews:bring_in"), sent).status_code == 302
    review = Review.objects.get()
    assert (list(review.scores.values()), review.state) == ([4, 2], Review.State.DRAFT)
    assert (next(iter(review.reasons.values())), review.overall) == ("Hyvä: tämä on tärkeä", "Kokonaisuus löytyy")


def test_mistakes_are_told_row_by_row_and_the_rest_is_offered(reading: list[Application], cast: Cast) -> None:
    table = filled(taken(cast["juror"]), (9, ""), (3, "Fine."))
    table.append(["somebody else's", "1", "", "", 5, ""])
    table.append([table[1][0], "7", "", "", 5, ""])
    plan = sheets.plan(cast["juror"], sheets.read(as_csv(table)))
    assert [(fault.line, fault.message) for fault in plan.faults] == [
        (2, "The score “9” is not a whole number from 1 to 5."),
        (8, "This row belongs to nothing that you have to read now."),
        (9, "There is no criterion “7”."),
    ]
    assert [list(one.scores.values()) for one in plan.changed] == [[3]]


def test_formulas_stay_words_out_and_in(reading: list[Application], cast: Cast) -> None:
    assignment = Assignment.objects.get(application=reading[0], person=cast["juror"])
    evil = '=HYPERLINK("https://evil.example")'
    actions.save(assignment, version=0, scores={}, reasons={}, overall=evil, by=cast["juror"])
    (pile,) = piles_of(cast["juror"])
    assert f"'{evil[:10]}" in sheets.to_csv(pile)
    with zipfile.ZipFile(io.BytesIO(sheets.to_xlsx(pile))) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")
    plan = sheets.plan(cast["juror"], sheets.read(sheets.to_csv(pile).encode()))
    assert plan.changed == []


def test_conflict_that_came_meanwhile_makes_its_rows_unknown(reading: list[Application], cast: Cast) -> None:
    table = filled(taken(cast["juror"]), (4, ""))
    actions.declare(Assignment.objects.get(application=reading[0], person=cast["juror"]), by=cast["juror"])
    plan = sheets.plan(cast["juror"], sheets.read(as_csv(table)))
    assert (plan.changed, {fault.line for fault in plan.faults}) == ([], {2, 3, 4})
    assert "Debt" not in str(plan.faults)


def test_draft_saved_meanwhile_is_not_written_over(reading: list[Application], cast: Cast, client_of: ClientOf) -> None:
    client, address = client_of(cast["juror"]), reverse("reviews:bring_in")
    table = filled(taken(cast["juror"]), (4, ""))
    again = client.post(address, {"upload": SimpleUploadedFile("a.csv", as_csv(table))}).context["again"].initial
    assignment = Assignment.objects.get(application=reading[0], person=cast["juror"])
    actions.save(assignment, version=0, scores={}, reasons={}, overall="Newer.", by=cast["juror"])
    answer = client.post(address, {**again, "bring": 1})
    assert "Somebody else changed this meanwhile" in answer.content.decode()
    assert Review.objects.get().scores == {}


def test_sent_review_is_changed_by_no_file(reading: list[Application], judge: Judge, cast: Cast) -> None:
    table = filled(taken(cast["juror"]), (1, ""))
    judge(reading[0], cast["juror"], 5, 5)
    plan = sheets.plan(cast["juror"], sheets.read(as_csv(table)))
    assert (plan.changed, plan.faults[0].line) == ([], 2)


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (sheets.LONGEST_UNPACKED + 1))
    return file.getvalue()


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 no archive", "unreadable"),
        (b"x" * (sheets.LONGEST_FILE + 1), "large"),
        (b"id;criterion\r\n" + b"a;b\r\n" * (sheets.MOST_ROWS + 1), "long"),
        (b"\xff\xfe\x00\xd8\x00\x00", "unreadable"),
        (b'id;criterion\r\n"' + b"x" * 200_000, "cells"),
    ],
)
def test_what_is_no_sheet_is_refused_with_what_to_do(file: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        sheets.read(file)
    assert refused.value.code == code


def test_file_that_unpacks_to_far_more_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        sheets.read(bomb())
    assert refused.value.code == "unreadable"
