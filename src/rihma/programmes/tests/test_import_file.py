from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.history.models import Event
from rihma.programmes import actions, file
from rihma.programmes.models import Programme
from rihma.programmes.tests.conftest import ClientOf
from tests.conftest import Cast


def test_file_becomes_a_draft_with_all_that_it_says(text: str, cast: Cast) -> None:
    made = actions.import_file(text.encode(), by=cast["owner"])
    assert made.state == Programme.State.DRAFT
    assert made.title == Words(fi="Syksyn ohjelma", sv="Höstens program", en="Autumn programme")
    assert (made.starts, made.ends, made.room_seats) == (date(2027, 8, 27), date(2027, 12, 10), 24)
    assert made.organisers == ["Uudistusvirasto", "Yhteistyöministeriö"]
    assert made.eligibility["state_administration_min"] == 1
    assert [str(theme) for theme in made.themes.all()] == ["Ylivelka", "Kulttuuri"]
    assert [(phase.starts, phase.ends) for phase in made.phases.all()] == [
        (date(2027, 5, 3), date(2027, 6, 11)),
        (date(2027, 10, 1), date(2027, 11, 30)),
    ]


def test_people_of_the_file_get_their_roles(text: str, cast: Cast) -> None:
    made = actions.import_file(text.encode(), by=cast["owner"])
    assert [(role.person.email, role.role) for role in made.roles.current()] == [
        ("aino@virasto.example", "owner"),
        ("new.mentor@konkari.example", "mentor"),
    ]
    new = Person.objects.get(email="new.mentor@konkari.example")
    assert (new.name, new.language) == ("Nea Mentori", "sv")


def test_importer_runs_what_they_import(text: str, cast: Cast) -> None:
    elsewhere = text.replace("aino@virasto.example", "somebody.else@virasto.example")
    made = actions.import_file(elsewhere.encode(), by=cast["owner"])
    assert list(Programme.objects.run_by(cast["owner"])) == [made]


def test_history_keeps_the_import_without_its_words(text: str, cast: Cast) -> None:
    made = actions.import_file(text.encode(), by=cast["owner"])
    told = Event.objects.get(scope=made.pk, verb="imported")
    assert (told.by, list(told.data)) == (cast["owner"], ["digest"])


def test_stranger_may_not_import(text: str, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.import_file(text.encode(), by=cast["outsider"])
    assert refused.value.code == "may_not_create"
    assert Programme.objects.count() == 0


def test_mistake_late_in_the_file_leaves_nothing_behind(text: str, cast: Cast) -> None:
    people = Person.objects.count()
    with pytest.raises(file.BadFile):
        actions.import_file((text + '[[role]]\nemail = "nobody"\nrole = "owner"\n').encode(), by=cast["owner"])
    assert (Programme.objects.count(), Person.objects.count(), Event.objects.count()) == (0, people, 0)


def test_page_takes_a_file_and_leads_to_the_draft(text: str, cast: Cast, client_of: ClientOf) -> None:
    upload = SimpleUploadedFile("autumn.toml", text.encode())
    answer = client_of(cast["owner"]).post(reverse("programmes:import_file"), {"upload": upload, "text": ""})
    assert answer.headers["Location"] == reverse("programmes:programme", args=["autumn"])


def test_page_keeps_the_text_beside_its_mistakes(text: str, cast: Cast, client_of: ClientOf) -> None:
    wrong = text.replace("room_seats", "seats").replace("\n", "\r\n")
    answer = client_of(cast["owner"]).post(reverse("programmes:import_file"), {"text": wrong})
    assert answer.context["form"]["text"].value() == wrong
    assert [(one.problem.line, one.line) for one in answer.context["problems"]] == [(19, "seats = 24")]


def test_page_cannot_be_made_to_run_what_a_file_holds(text: str, cast: Cast, client_of: ClientOf) -> None:
    wrong = text.replace("room_seats = 24", '"<script>alert(1)</script>" = 1')
    answer = client_of(cast["owner"]).post(reverse("programmes:import_file"), {"text": wrong})
    assert "<script>alert" not in answer.text


def test_ten_megabytes_of_text_are_answered(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast["owner"]).post(reverse("programmes:import_file"), {"text": "x" * 10_000_000})
    assert [str(one.problem)[:29] for one in answer.context["problems"]] == ["The file is bigger than 1 MB."]


def test_those_who_may_not_create_find_no_import_page(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast["facilitator"]).get(reverse("programmes:import_file")).status_code == 404
