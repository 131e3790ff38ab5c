"""The parts of a page say in words what they show in signs and colours."""

import re
from datetime import UTC, datetime

import pytest
from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.test import Client, RequestFactory, override_settings
from django.utils import translation

from rihma.base import clock, icons, parts
from rihma.base.words import Words


def drawn(source: str, **context: object) -> str:
    request = RequestFactory().get("/en/list/", {"theme": "forest", "page": "3"})
    return Template("{% load rihma %}" + source).render(RequestContext(request, {"request": request, **context}))


def said(source: str, **context: object) -> str:
    """Only the words, as a screen reader meets them."""
    return " ".join(re.sub(r"<[^>]*>", " ", drawn(source, **context)).split())


@pytest.mark.parametrize("kind", parts.STATUSES)
def test_every_status_is_drawn_with_a_word_and_a_sign(kind: str) -> None:
    badge = drawn("{% status kind %}", kind=kind)
    assert str(parts.STATUSES[kind].word) in badge
    assert "<svg" in badge or 'class="sign' in badge


def test_status_without_a_word_is_refused() -> None:
    with pytest.raises(LookupError):
        drawn('{% status "unheard-of" %}')
    assert said('{% status "unheard-of" "Own word" %}') == "Own word"


def test_icon_that_is_not_listed_is_an_error() -> None:
    with pytest.raises(LookupError):
        icons.icon("no-such-icon")
    assert 'aria-hidden="true"' in icons.icon("calendar")
    assert 'role="img" aria-label="Close &lt;"' in icons.icon("x", "Close <")


def test_checklist_says_each_state_and_what_is_missing() -> None:
    checks = [
        parts.Check("Authority", "met", "never shown"),
        parts.Check("Three organisations", "not_yet", "One more."),
        parts.Check("Bounded", "unclear", "Say when."),
    ]
    words = "Authority Met Three organisations Not yet One more. Bounded Unclear Say when."
    assert said("{% checklist checks %}", checks=checks) == words


def test_thread_says_the_state_of_every_stage_and_marks_the_current() -> None:
    nodes = [parts.Node("Call", "done"), parts.Node("Team", "now"), parts.Node("Lesson")]
    assert said('{% thread nodes label="Stages" %}', nodes=nodes) == "Call done Team now Lesson ahead"
    small = drawn('{% thread nodes label="Stages" small=True %}', nodes=nodes)
    assert small.count('aria-current="step"') == 1
    assert '<span class="here" aria-hidden="true">Team</span>' in small


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (11, "Teams 11 / 5–7 4 over"),
        (7, "Teams 7 / 5–7 Full"),
        (6, "Teams 6 / 5–7"),
        (2, "Teams 2 / 5–7 3 more needed"),
    ],
)
def test_meter_says_what_is_over_or_missing(count: int, words: str) -> None:
    assert said('{% meter count 7 label="Teams" least=5 %}', count=count) == words


def test_pages_keep_the_filters_of_the_list() -> None:
    page = Paginator(range(100), 10).page(3)
    assert 'href="?theme=forest&amp;page=4"' in drawn("{% pages page %}", page=page)
    assert said("{% pages page %}", page=Paginator(range(5), 10).page(1)) == ""


def test_last_crumb_is_here_and_has_no_link() -> None:
    trail = drawn('{% crumbs "Programmes" "/en/programmes/" "Spring" %}')
    assert trail.count("<a ") == 1
    assert '<span aria-current="page">Spring</span>' in trail


def test_ruler_says_the_result_in_words() -> None:
    assert "Observed 42 %; the threshold was at least 40 %" in drawn('{% ruler 42 40 36 48 unit="%" %}')
    assert "the threshold was at most 40" in drawn("{% ruler 42 40 at_least=False %}")


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Aino Virtanen", "AV"), ("Åsa", "Å"), ("Anna-Liisa von Essen", "AE"), ("", "?"), ("李 小龙", "李小")],
)
def test_initials_are_made_of_any_name(name: str, letters: str) -> None:
    assert said("{% initials name %}", name=name) == letters


def test_words_in_another_language_than_the_readers_say_so() -> None:
    assert drawn("{% words title %}", title=Words(fi="Metsä & me")) == '<span lang="fi">Metsä &amp; me</span>'
    assert drawn("{% words title %}", title=Words(fi="Metsä", en="Forest <3")) == "Forest &lt;3"


def test_dates_are_said_in_the_language_of_the_reader() -> None:
    at = datetime(2023, 1, 13, 21, 59, 59, tzinfo=UTC)
    with translation.override("fi"), clock.at(datetime(2023, 1, 10, 12, 0, tzinfo=UTC)):
        assert said("{{ at|moment }}", at=at) == "13.1.2023 klo 23.59.59 Suomen aikaa"
        assert said("{{ at|day }} {{ at|clock_time }}", at=at) == "perjantaina 13.1.2023 23.59"
        assert said("{{ at|ago }}, {{ at|until }}", at=at) == "3 päivän päästä, 3 päivää jäljellä"
        assert said("{{ at|day_hours:at }}", at=at) == "perjantaina 13.1.2023 klo 23.59–23.59"
    assert drawn("{{ at|moment:'Europe/Stockholm' }}", at=at) == "13 January 2023, 22:59:59 Swedish time"
    assert said("{{ nothing|day }}{{ nothing|moment }}{{ nothing|number }}") == ""


@override_settings(DEMO=True)
def test_gallery_shows_every_part_in_every_language(client: Client) -> None:
    for language in ("fi", "sv", "en"):
        assert client.get("/gallery/", headers={"accept-language": language}).status_code == 200


@override_settings(DEMO=False, DEBUG=False)
def test_gallery_is_not_shown_to_real_people(client: Client) -> None:
    assert client.get("/gallery/").status_code == 404
