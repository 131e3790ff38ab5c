"""Companies of the business register brought in from its open data."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.actors import actions
from rihma.actors.models import Organisation
from rihma.actors.municipalities import named, region_of
from rihma.actors.queries import called
from rihma.programmes.models import Programme
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
PAGE = "organisations:bring_in"


@pytest.fixture
def owner(programme: Programme, cast: Cast, client_of: Callable[[Person | None], Client]) -> Client:
    return client_of(cast["owner"])


def company(business_id: str, *names: str, form: str = "Osakeyhtiö", city: str = "KAJAANI", **more: Any) -> Any:
    """As the register gives one. A name may say its type and its last day: `Vanha Oy|1|2019-03-31`."""
    usual = {"type": "1", "endDate": "", "version": 1}
    told = [usual | dict(zip(("name", "type", "endDate"), name.split("|"), strict=False)) for name in names]
    office = {"city": city, "languageCode": "1", "municipalityCode": "000"}
    return {
        "businessId": {"value": business_id, "source": "3"},
        "names": told,
        "companyForms": [{"type": "16", "descriptions": [{"languageCode": "1", "description": form}]}],
        "addresses": [
            {"type": 2, "postOffices": [{**office, "city": "TURKU"}]},
            {
                "type": 1,
                "street": "Katu",
                "postOffices": [{**office, "city": "Elsewhere", "languageCode": "2"}, office],
            },
        ],
        "registeredEntries": [{"type": "1", "register": "1"}],
        "status": "2",
        **more,
    }


def sent(owner: Client, *companies: Any) -> Any:
    file = json.dumps({"totalResults": len(companies), "companies": companies}).encode()
    return owner.post(reverse(PAGE), {"upload": SimpleUploadedFile("companies.json", file)})


def brought(owner: Client, *companies: Any) -> None:
    again = sent(owner, *companies).context["again"]
    owner.post(reverse(PAGE), {"text": again["text"].value(), "seen": again["seen"].value(), "bring": "1"})


def test_new_company_comes_with_its_names_and_the_region_of_its_municipality(owner: Client) -> None:
    names = "Lumipolku Oy", "Snöstigen Ab|2", "Hankipolku Oy|1|2019-03-31", "Polun kauppa|3"
    brought(owner, company("1234567-1", *names))
    made = Organisation.objects.get(business_id="1234567-1")
    assert (made.name, made.kind, made.municipality, made.region) == ("Lumipolku Oy", "company", "Kajaani", "kainuu")
    assert made.names.to_dict() == {"fi": "Lumipolku Oy", "sv": "Snöstigen Ab"}
    assert called("Snöstigen") == called("Hankipolku") == made
    assert called("Polun kauppa") is None
    assert (made.name_on(date(2019, 1, 1)), made.name_on(date(2020, 1, 1))) == ("Hankipolku Oy", str(made))


@pytest.mark.parametrize(
    ("form", "name", "kind"),
    [
        ("Aatteellinen yhdistys", "Lumipolku ry", "association"),
        ("Säätiö", "Lumipolun säätiö sr", "foundation"),
        ("Osuuskunta", "Lumipolku osk", "company"),
        ("Kunta", "Lumipolun kunta", "municipality"),
        ("Kuntayhtymä", "Lumipolun kuntayhtymä", "region"),
        ("Muu julkisoikeudellinen oikeushenkilö", "Lumipolun yliopisto", "university"),
    ],
)
def test_company_form_says_the_kind(owner: Client, form: str, name: str, kind: str) -> None:
    plan = sent(owner, company("1234567-1", name, form=form)).context["plan"]
    assert [row.kind for row in plan.new] == [kind]


def test_known_one_ends_and_keeps_its_name_and_one_that_had_ended_is_left_out(owner: Client, cast: Cast) -> None:
    known = actions.add("Hankivirta", kind="company", business_id="1234567-1", by=cast["owner"])
    companies = (
        company("1234567-1", "Hankijoki Oy", endDate="2025-05-31"),
        company("0112038-9", "Mennyt Oy", endDate="2001-01-01"),
    )
    page = sent(owner, *companies)
    assert "Has ended; 31 May 2025 was its last day" in page.text
    assert "Mennyt Oy" in page.text
    before = Organisation.objects.count()
    brought(owner, *companies)
    known.refresh_from_db()
    assert (known.name, known.ended_on, Organisation.objects.count()) == ("Hankivirta", date(2025, 5, 31), before)
    assert called("Hankijoki") == known


def test_name_of_one_with_another_business_id_is_refused(owner: Client, cast: Cast) -> None:
    actions.add("Hankivirta", kind="company", business_id="1234567-1", by=cast["owner"])
    plan = sent(owner, company("0112038-9", "Hankivirta Oy")).context["plan"]
    assert [one.message for one in plan.faults] == ["Hankivirta is known here with another business id."]


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (b'{"companies": [', "no whole JSON"),
        (b"[" * 100_000, "no whole JSON"),
        (b'{"error": "too many"}', "No list of companies"),
        (b'[{"name": "x"}]', "No list of companies"),
        (b'{"companies": []}', "empty"),
        (b'{"companies": [' + b'{"businessId": 1},' * 1_000 + b'{"businessId": 1}]}', "more than 1,000"),
        (b"[" + b" " * 10_000_000, "larger than 10 MB"),
    ],
    ids=["cut", "deep", "other", "list", "empty", "long", "huge"],
)
def test_json_that_is_no_list_of_companies_is_refused_in_words(owner: Client, file: bytes, words: str) -> None:
    answer = owner.post(reverse(PAGE), {"upload": SimpleUploadedFile("companies.json", file)})
    assert (answer.status_code, words in answer.text) == (422, True)


@pytest.mark.parametrize("value", [None, 3, "text", [None, 3], {"value": []}, [{"name": {"deep": 1}}]])
def test_company_of_any_shape_is_named_as_a_fault_and_breaks_nothing(owner: Client, value: Any) -> None:
    whole = company("1234567-1", "Lumipolku Oy")
    for name in whole:
        answer = sent(owner, {**whole, name: value})
        assert answer.status_code == 200


def test_municipality_says_its_region_in_any_writing() -> None:
    assert (named("MÄNTTÄ-VILPPULA"), region_of("mänttä-vilppula"), region_of("Atlantis")) == (
        "Mänttä-Vilppula",
        "pirkanmaa",
        "",
    )
