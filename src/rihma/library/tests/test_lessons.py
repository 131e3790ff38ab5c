import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rihma.library import actions
from rihma.library.models import Lesson
from tests.conftest import Cast


@pytest.fixture
def published(lesson: Lesson, cast: Cast) -> Lesson:
    return actions.publish(lesson, by=cast["convener"])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("verdict=met", True),
        ("verdict=not_met", False),
        ("decision=stop", True),
        ("decision=scale", False),
        ("theme=not-an-id", True),
        ("theme=6b1e1c1e-0000-4000-8000-000000000000", False),
        ("page=99&verdict=nonsense", True),
    ],
)
def test_list_is_narrowed_by_what_came_out_and_what_was_decided(
    published: Lesson, client: Client, query: str, *, found: bool
) -> None:
    page = client.get(f"{reverse('library:lessons')}?{query}")
    assert ("People read the beginning" in page.text) is found


def test_lesson_is_open_data(published: Lesson, client: Client) -> None:
    one = client.get(reverse("library:json", args=[published.slug])).json()
    assert one["headline"]["sv"] == "Människor läser början"
    assert one["facts"]["threshold"] == "60"
    assert client.get("/api/v1/lessons").json() == [json.loads(json.dumps(one))]


def test_feed_tells_new_lessons(published: Lesson, client: Client) -> None:
    feed = client.get("/fi/lessons/lessons.atom").text
    assert "Ihmiset lukevat alun" in feed


def test_list_costs_a_fixed_number_of_queries(published: Lesson, client: Client) -> None:
    address = reverse("library:lessons")
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) <= 5
