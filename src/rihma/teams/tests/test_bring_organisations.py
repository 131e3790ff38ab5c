"""A list of organisations brought in by whoever runs a programme."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.actors.actions import name_organisation
from rihma.actors.models import Organisation
from rihma.programmes.models import Programme
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
LIST = """Nimi;Laji;Maakunta;Y-tunnus;Osa organisaatiota;Nimi ruotsiksi
Lumivirasto;Valtion virasto;Lappi;1234567-1;Pääesikunta;Snöverket
Pääesikunta;state_agency;whole_country;;;
Metsäpuro;;Kainuu;;;
=HYPERLINK("http://x");company;;;;
Uusi;avaruus;;;;
Toinen;company;;1234567-2;;
Lumivirasto;company;;;;
"""


@pytest.fixture
def owner(programme: Programme, cast: Cast, client_of: Callable[[Person | None], Client]) -> Client:
    return client_of(cast["owner"])


PAGE = "organisations:bring_in"


def look(owner: Client, file: bytes) -> dict[str, str]:
    """What the page would send after a first look."""
    seen = owner.post(reverse(PAGE), {"upload": SimpleUploadedFile("list.csv", file)})
    again = seen.context["again"]
    return {"text": again["text"].value(), "seen": again["seen"].value(), "bring": "1"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_list_adds_the_new_and_fills_the_known_after_a_look(owner: Client, encoding: str) -> None:
    known = name_organisation("Metsäpuro ry", kind="association")
    before = Organisation.objects.count()
    sent = look(owner, LIST.encode(encoding))
    assert Organisation.objects.count() == before
    owner.post(reverse(PAGE), sent)
    made = Organisation.objects.select_related("parent").get(name="Lumivirasto")
    assert (made.kind, made.region, made.business_id, str(made.parent), made.names["sv"]) == (
        "state_agency",
        "lappi",
        "1234567-1",
        "Pääesikunta",
        "Snöverket",
    )
    known.refresh_from_db()
    assert (known.name, known.region, Organisation.objects.count()) == ("Metsäpuro ry", "kainuu", before + 2)


def test_rows_that_cannot_be_brought_in_say_why(owner: Client) -> None:
    name_organisation("Metsäpuro ry", kind="association")
    plan = owner.post(reverse(PAGE), {"upload": SimpleUploadedFile("list.csv", LIST.encode())}).context["plan"]
    assert [(fault.line, fault.message) for fault in plan.faults] == [
        (5, '“=HYPERLINK("http://x")” begins like a formula of a spreadsheet.'),
        (6, "“avaruus” is no kind of organisation that is known here."),
        (7, "This is no Finnish business id. It has seven digits, a dash and one digit more; look for a slip."),
        (8, "Row 2 is about the same organisation."),
    ]


def test_list_that_somebody_overtook_is_shown_anew(owner: Client) -> None:
    sent = look(owner, b"name,kind\nLumivirasto,state_agency\n")
    name_organisation("Lumivirasto", kind="state_agency")
    late = owner.post(reverse(PAGE), sent)
    assert "meanwhile" in late.text
    assert Organisation.objects.filter(name="Lumivirasto").count() == 1


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (b"", "empty"),
        (b"PK\x03\x04", "cannot be read"),
        (b"kind;region\ncompany;lappi\n", "must name the columns"),
        (b"name\n" + b"x\n" * 1_001, "more than 1,000 rows"),
    ],
)
def test_file_that_is_no_list_is_refused_in_words(owner: Client, file: bytes, words: str) -> None:
    answer = owner.post(reverse(PAGE), {"upload": SimpleUploadedFile("list.csv", file)})
    assert (answer.status_code, words in answer.text) == (422, True)


def test_name_like_one_that_is_known_is_asked_about(owner: Client) -> None:
    sent = SimpleUploadedFile("list.csv", b"name;kind\nSaarnila;municipality\n")
    plan = owner.post(reverse(PAGE), {"upload": sent}).context["plan"]
    assert [row.like for row in plan.new] == [["Saarnilan kaupunki"]]
