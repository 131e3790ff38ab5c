from django.test import Client
from django.urls import reverse

from rihma.library import actions
from rihma.library.models import Lesson
from tests.conftest import Cast


def test_withdrawn_lesson_says_when_and_why_at_its_own_address(lesson: Lesson, cast: Cast, client: Client) -> None:
    lesson = actions.publish(lesson, by=cast["convener"])
    actions.withdraw(lesson, "A number was wrong.", by=cast["convener"])
    page = client.get(reverse("library:lesson", args=[lesson.slug]))
    assert page.status_code == 410
    assert "A number was wrong." in page.text
    assert "People read the beginning" not in page.content.decode().split("<main")[1]
    assert client.get(reverse("library:json", args=[lesson.slug])).status_code == 404


def test_withdrawn_lesson_keeps_its_address_when_it_is_published_again(lesson: Lesson, cast: Cast) -> None:
    first = actions.publish(lesson, by=cast["convener"]).slug
    actions.withdraw(lesson, "A number was wrong.", by=cast["convener"])
    assert actions.publish(lesson, by=cast["convener"]).slug == first
