"""The list of applications is searched by words in any form; whoever is tied to an application finds nothing of it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from rihma.accounts.models import Person
from rihma.applications import actions as applications
from rihma.applications import erasing, searching
from rihma.applications.models import Application, Wordlist
from rihma.base import clock
from rihma.calls.models import Call
from rihma.programmes import actions as programmes
from rihma.programmes.models import Role
from rihma.reviews import actions as reviews
from tests.conftest import Cast

type ClientOf = Callable[[Person | None], Client]


@pytest.fixture
def sent(call: Call, cast: Cast) -> list[Application]:
    """In Finnish, in Swedish, and one of something else."""
    told = [
        ("member", "Velkaneuvojat", "fi", "Kuinka kaupunkisuunnittelussa kuullaan nuoria kunnissa?"),
        ("other_convener", "Skärgården", "sv", "Hur kommunernas försök når välfärdsområdena."),
        ("convener", "Avoimet rekisterit", "fi", "Rekisterien avaaminen."),
    ]
    found = []
    for role, name, language, problem in told:
        draft = applications.start(call, by=cast[role])
        draft.team.language = language
        draft.team.save()
        draft = applications.save(draft, version=0, answers={"problem": problem}, by=cast[role], name=name)
        applications.submit(draft, by=cast[role])
        found.append(Application.objects.get(pk=draft.pk))
    assert searching.gather_due(clock.now()) == len(told)
    return found


def teams(client: Client, call: Call, words: str) -> list[str]:
    page = client.get(reverse("selection:applications", args=[call.programme.slug]), {"q": words})
    return [row.team for row in page.context["rows"]]


FOUND = {
    "kunta": ["Velkaneuvojat"],
    "kuntien": ["Velkaneuvojat"],
    "KUNNISSA nuori": ["Velkaneuvojat"],
    "suunnittelu": ["Velkaneuvojat"],
    "kaupunki": ["Velkaneuvojat"],
    "kommun": ["Skärgården"],
    "försök": ["Skärgården"],
    "välfärdsområde": ["Skärgården"],
    "rekisteri": ["Avoimet rekisterit"],
    "kunta rekisteri": [],
    "skärg": ["Skärgården"],
    "%": [],
}


def test_list_finds_words_in_any_form_and_at_either_end_of_longer_ones(
    sent: list[Application], cast: Cast, client_of: ClientOf
) -> None:
    owner = client_of(cast["owner"])
    assert {words: teams(owner, sent[0].call, words) for words in FOUND} == FOUND


def test_whoever_is_tied_to_an_application_finds_nothing_of_it(
    sent: list[Application], cast: Cast, client_of: ClientOf
) -> None:
    call = sent[0].call
    programmes.appoint(call.programme, cast["facilitator"], Role.Kind.JUROR, by=cast["owner"])
    owner, facilitator = client_of(cast["owner"]), client_of(cast["facilitator"])
    assert teams(facilitator, call, "kunta") == ["Velkaneuvojat"]
    reviews.declare(reviews.assign(sent[0], cast["facilitator"], by=cast["owner"]), by=cast["facilitator"])
    assert [teams(facilitator, call, words) for words in ("kunta", "velka", "kommun")] == [[], [], ["Skärgården"]]
    assert teams(owner, call, "kunta") == ["Velkaneuvojat"]


def test_sending_waits_for_no_words_and_sending_anew_gathers_them_anew(
    sent: list[Application], cast: Cast, client_of: ClientOf, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    draft = Application.objects.get(pk=sent[0].pk)
    draft = applications.save(draft, version=draft.version, answers={"problem": "Meri."}, by=cast["member"])
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        applications.submit(draft, by=cast["member"])
    owner = client_of(cast["owner"])
    assert teams(owner, draft.call, "kunta") == ["Velkaneuvojat"]
    assert DBTaskResult.objects.filter(task_path=searching.gather.module_path).count() >= 1
    assert searching.gather.call() == 1
    assert [teams(owner, draft.call, words) for words in ("kunta", "meret")] == [[], ["Velkaneuvojat"]]


def test_words_go_with_what_was_written(sent: list[Application]) -> None:
    erasing.forget_content(sent[0])
    assert not Wordlist.objects.filter(application=sent[0]).exists()
