import json
import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rihma.base import clock
from rihma.base.words import Words
from rihma.programmes import actions
from rihma.programmes.models import Programme
from rihma.programmes.rules import stage_of
from rihma.programmes.tests.conftest import ClientOf
from tests.conftest import Cast


@pytest.mark.parametrize(
    ("language", "title"), [("fi", "Kevään ohjelma"), ("sv", "Vårens program"), ("en", "Spring programme")]
)
def test_page_tells_of_the_programme_in_each_language(
    programme: Programme, client: Client, language: str, title: str
) -> None:
    page = client.get(f"/{language}/programmes/{programme.slug}/")
    assert f"<h1>{title}</h1>" in page.text


def test_text_of_another_language_is_marked(programme: Programme, cast: Cast, client: Client) -> None:
    actions.edit(programme, by=cast["owner"], description=Words(fi="Vain *suomeksi*"))
    page = client.get(f"/sv/programmes/{programme.slug}/")
    assert re.search(r'<div\s+class="prose"\s+lang="fi"\s*>\s*<p>Vain <em>suomeksi</em></p>', page.text)


def test_page_runs_nothing_that_a_text_holds(programme: Programme, cast: Cast, client: Client) -> None:
    bad = Words(en="<script>alert(1)</script>[x](javascript:alert(2))</script>")
    actions.edit(programme, by=cast["owner"], title=bad, purpose=bad, description=bad, organisers=[bad["en"]])
    page = client.get(programme.get_absolute_url())
    assert "<script>alert" not in page.text
    assert 'href="javascript' not in page.text


def test_search_engines_read_the_event(programme: Programme, client: Client) -> None:
    page = client.get(f"/fi/programmes/{programme.slug}/")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.text)
    assert found
    event = json.loads(found[1])
    assert (event["@type"], event["name"], event["startDate"]) == ("Event", "Kevään ohjelma", str(programme.starts))


def test_draft_is_found_only_by_those_who_run_it(draft: Programme, cast: Cast, client_of: ClientOf) -> None:
    address = reverse("programmes:programme", args=["draft"])
    codes = {
        role: client_of(cast[role]).get(address).status_code for role in ("owner", "facilitator", "mentor", "outsider")
    }
    assert codes == {"owner": 200, "facilitator": 200, "mentor": 404, "outsider": 404}
    assert client_of(None).get(address).status_code == 404


def test_draft_is_kept_from_search_engines(draft: Programme, cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast["owner"]).get(reverse("programmes:programme", args=["draft"]))
    assert '<meta name="robots" content="noindex">' in page.text
    assert "application/ld+json" not in page.text


def test_preview_hides_the_tools_of_those_who_run_it(draft: Programme, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["owner"])
    edit = reverse("programmes:edit", args=["draft"])
    assert edit in client.get(reverse("programmes:programme", args=["draft"])).text
    assert edit not in client.get(reverse("programmes:preview", args=["draft"])).text


def test_mentor_finds_no_preview(draft: Programme, cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast["mentor"]).get(reverse("programmes:preview", args=["draft"])).status_code == 404


@pytest.mark.parametrize(
    ("state", "today", "stage"),
    [
        ("draft", date(2027, 1, 1), "draft"),
        ("published", date(2027, 1, 28), "upcoming"),
        ("published", date(2027, 1, 29), "running"),
        ("published", date(2027, 6, 11), "running"),
        ("published", date(2027, 6, 12), "ended"),
        ("closed", date(2027, 1, 29), "closed"),
    ],
)
def test_stage_follows_the_calendar(state: str, today: date, stage: str) -> None:
    assert stage_of(state, date(2027, 1, 29), date(2027, 6, 11), today) == stage


def test_day_changes_by_the_clock_of_the_programme(draft: Programme, cast: Cast) -> None:
    draft = actions.publish(draft, although="For this test", by=cast["owner"])
    assert draft.stage(datetime(2027, 1, 28, 22, 0, tzinfo=UTC)) == "running"
    assert draft.stage(datetime(2027, 1, 28, 21, 59, tzinfo=UTC)) == "upcoming"


def test_list_shows_drafts_only_to_those_who_run_them(
    draft: Programme, programme: Programme, cast: Cast, client_of: ClientOf
) -> None:
    def listed(role: str | None) -> dict[str, list[str]]:
        answer = client_of(cast[role] if role else None).get(reverse("programmes:list"))
        return {group.name: [one.slug for one in group.programmes] for group in answer.context["groups"]}

    assert listed("owner") == {"running": ["spring"], "drafts": ["draft"]}
    assert listed("mentor") == listed(None) == {"running": ["spring"]}


def test_past_programmes_stand_apart(programme: Programme, client: Client) -> None:
    with clock.at(datetime(2200, 1, 1, tzinfo=UTC)):
        answer = client.get(reverse("programmes:list"))
    assert [group.name for group in answer.context["groups"]] == ["past"]


def test_list_asks_the_database_as_often_for_three_as_for_one(programme: Programme, cast: Cast, client: Client) -> None:
    client.get(reverse("programmes:list"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("programmes:list"))
    for slug in ("second", "third"):
        new = actions.create(
            slug=slug, title=programme.title, starts=programme.starts, ends=programme.ends, by=cast["owner"]
        )
        actions.publish(new, although="For this test", by=cast["owner"])
    with CaptureQueriesContext(connection) as three:
        client.get(reverse("programmes:list"))
    assert len(three) == len(one)
