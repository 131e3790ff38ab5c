import json
import re
from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.base import dates
from rihma.base.words import Words
from rihma.calls.models import Call
from rihma.calls.queries import answerable
from rihma.programmes.models import Programme
from tests.conftest import Cast


@pytest.fixture
def later(call: Call) -> Call:
    """The same call, opening two days before it closes."""
    Call.objects.filter(pk=call.pk).update(opens_on=call.closes_on - timedelta(days=2), opens_at=time(9))
    return Call.objects.select_related("programme").get(pk=call.pk)


@pytest.mark.parametrize(("language", "opens"), [("fi", "Avautuu"), ("sv", "Öppnar"), ("en", "Opens")])
def test_call_that_opens_later_says_when_on_every_page(later: Call, client: Client, language: str, opens: str) -> None:
    assert later.opens
    told = f"{opens} {dates.moment(later.opens, later.programme.zone, language)}"
    programme = f"/{language}/programmes/{later.programme.slug}/"
    for page in (f"{programme}call/", programme, f"/{language}/programmes/", f"/{language}/"):
        answer = client.get(page)
        assert told in answer.text, page
        assert reverse("applications:start", args=[later.programme.slug]) not in answer.text
    assert told in client.get(f"/{language}/programmes/calls.atom").text


def test_call_that_opens_later_is_among_the_open_ones_from_then_on(later: Call) -> None:
    assert later.opens
    before, after = answerable(later.opens - timedelta(seconds=1)), answerable(later.opens)
    assert (before.open, before.ahead, after.open, after.ahead) == ([], [later], [later], [])


def test_structured_data_says_from_when_the_offer_stands(later: Call, client: Client) -> None:
    assert later.opens
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', client.get(later.get_absolute_url()).text)
    assert found
    assert json.loads(found[1])["offers"]["validFrom"] == later.opens.isoformat()


def test_preview_of_a_draft_says_when_its_call_will_open(
    later: Call, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    Programme.objects.filter(pk=later.programme_id).update(state=Programme.State.DRAFT)
    owner, page = client_of(cast["owner"]), reverse("programmes:preview", args=[later.programme.slug])
    assert later.opens
    assert f"Opens {dates.moment(later.opens, later.programme.zone, 'en')}" in owner.get(page).text
    Call.objects.update(opens_on=None, opens_at=None)
    assert "Opens when the programme is published" in owner.get(page).text


@pytest.mark.parametrize(
    ("language", "title", "rule"),
    [
        ("fi", "Kevään ohjelma", "valtionhallinnossa"),
        ("sv", "Vårens program", "statsförvaltningen"),
        ("en", "Spring programme", "state administration"),
    ],
)
def test_call_tells_its_rules_in_each_language(
    call: Call, client: Client, language: str, title: str, rule: str
) -> None:
    page = client.get(f"/{language}/programmes/{call.programme.slug}/call/")
    assert title in page.text
    assert rule in page.text


def test_missing_translation_is_shown_in_another_language_and_marked(call: Call, client: Client) -> None:
    call.programme.title = Words(fi="Vain suomeksi")
    call.programme.save()
    page = client.get(f"/sv/programmes/{call.programme.slug}/call/")
    assert '<span lang="fi">Vain suomeksi</span>' in page.text


def test_structured_data_cannot_end_its_script(call: Call, client: Client) -> None:
    call.programme.title = Words(en="</script><script>alert(1)</script>")
    call.programme.save()
    page = client.get(call.get_absolute_url()).text
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    assert json.loads(found[1])["name"] == "</script><script>alert(1)</script>"


def test_draft_is_seen_by_those_who_run_it_alone(
    call: Call, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    call.programme.state = Programme.State.DRAFT
    call.programme.save()
    address = call.get_absolute_url()
    found = {role: client_of(cast[role]).get(address).status_code for role in ("owner", "facilitator", "outsider")}
    assert found == {"owner": 200, "facilitator": 200, "outsider": 404}
    assert client_of(None).get(address).status_code == 404


def test_feed_lists_open_calls(call: Call, client: Client) -> None:
    feed = client.get(reverse("calls:feed"))
    assert feed.headers["Content-Type"].startswith("application/atom+xml")
    assert "Spring programme" in feed.text
