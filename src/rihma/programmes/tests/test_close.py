from dataclasses import replace

import pytest
from django.urls import reverse
from pytest_django import Settings

from rihma.base.refused import Refused
from rihma.history.models import Event
from rihma.programmes import actions
from rihma.programmes.file import Section
from rihma.programmes.file.section import sections
from rihma.programmes.models import Programme
from rihma.programmes.tests.conftest import ClientOf
from tests.conftest import Cast

UNFINISHED = replace(Section(), unfinished=lambda _programme: ["An experiment has no decision"])


def test_closed_programme_stays_to_be_read(programme: Programme, cast: Cast) -> None:
    closed = actions.close(programme, by=cast["owner"])
    assert closed.state == Programme.State.CLOSED
    assert list(Programme.objects.visible_to(None)) == [closed]
    assert Event.objects.filter(scope=programme.pk, verb="closed").count() == 1


def test_closed_programme_opens_again(programme: Programme, cast: Cast) -> None:
    actions.close(programme, by=cast["owner"])
    assert actions.reopen(programme, by=cast["owner"]).state == Programme.State.PUBLISHED


def test_draft_is_neither_closed_nor_reopened(draft: Programme, cast: Cast) -> None:
    for action in (actions.close, actions.reopen):
        with pytest.raises(Refused) as refused:
            action(draft, by=cast["owner"])
        assert refused.value.code == "state"


def test_what_an_area_wants_settled_keeps_it_open(programme: Programme, cast: Cast, settings: Settings) -> None:
    settings.PROGRAMME_FILE_SECTIONS = [f"{__name__}.UNFINISHED"]
    sections.cache_clear()
    try:
        with pytest.raises(Refused, match="First settle these: An experiment has no decision"):
            actions.close(programme, by=cast["owner"])
    finally:
        sections.cache_clear()


def test_page_closes_and_opens_again(programme: Programme, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["facilitator"])
    for deed, state in (("close", "closed"), ("reopen", "published")):
        client.post(reverse(f"programmes:{deed}", args=[programme.slug]))
        programme.refresh_from_db()
        assert programme.state == state


@pytest.mark.parametrize("deed", ["close", "reopen"])
def test_those_who_do_not_run_it_cannot_close(deed: str, programme: Programme, cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast["mentor"]).post(reverse(f"programmes:{deed}", args=[programme.slug]))
    assert answer.status_code == 404
