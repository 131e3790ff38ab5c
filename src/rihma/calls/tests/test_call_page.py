import json
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.base.words import Words
from rihma.calls.models import Call
from rihma.programmes.models import Programme
from tests.conftest import Cast


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
