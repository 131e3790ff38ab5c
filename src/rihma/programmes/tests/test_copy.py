from datetime import date

import pytest
from django.urls import reverse

from rihma.base.refused import Refused
from rihma.history.models import Event
from rihma.programmes import actions
from rihma.programmes.forms.deeds import next_slug
from rihma.programmes.models import Programme
from rihma.programmes.tests.conftest import ClientOf
from tests.conftest import Cast


@pytest.fixture
def autumn(text: str, cast: Cast) -> Programme:
    """Begins on a Friday."""
    return actions.import_file(text.encode(), by=cast["owner"])


@pytest.mark.parametrize(
    ("wanted", "begins"),
    [
        (date(2028, 8, 25), date(2028, 8, 25)),
        (date(2028, 8, 24), date(2028, 8, 25)),
        (date(2028, 8, 28), date(2028, 8, 25)),
        (date(2028, 8, 29), date(2028, 9, 1)),
        (date(2026, 8, 27), date(2026, 8, 28)),
    ],
)
def test_copy_begins_on_the_same_weekday(autumn: Programme, cast: Cast, wanted: date, begins: date) -> None:
    new = actions.copy(autumn, "next", wanted, by=cast["owner"])
    assert new.starts == begins
    assert new.starts.weekday() == autumn.starts.weekday()


def test_every_date_moves_by_as_many_weeks(autumn: Programme, cast: Cast) -> None:
    new = actions.copy(autumn, "next", date(2028, 8, 25), by=cast["owner"])
    moved = {(phase.starts - old.starts).days for phase, old in zip(new.phases.all(), autumn.phases.all(), strict=True)}
    assert moved == {(new.ends - autumn.ends).days} == {52 * 7}


def test_copy_keeps_texts_themes_and_roles(autumn: Programme, cast: Cast) -> None:
    new = actions.copy(autumn, "next", date(2028, 8, 25), by=cast["owner"])
    assert (new.title, new.description, new.organisers) == (autumn.title, autumn.description, autumn.organisers)
    assert [theme.title for theme in new.themes.all()] == [theme.title for theme in autumn.themes.all()]
    assert [(r.person, r.role) for r in new.roles.current()] == [(r.person, r.role) for r in autumn.roles.current()]


def test_copy_of_a_public_programme_is_a_draft(autumn: Programme, cast: Cast) -> None:
    actions.publish(autumn, although="For this test", by=cast["owner"])
    new = actions.copy(autumn, "next", date(2028, 8, 25), by=cast["owner"])
    assert (new.state, new.copied_from, new.published_although) == (Programme.State.DRAFT, autumn, "")


def test_history_of_the_copy_says_how_far_it_moved(autumn: Programme, cast: Cast) -> None:
    new = actions.copy(autumn, "next", date(2028, 8, 25), by=cast["owner"])
    assert Event.objects.get(scope=new.pk, verb="copied").data == {"of": str(autumn.pk), "weeks": 52}


def test_taken_address_is_refused(autumn: Programme, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.copy(autumn, "autumn", date(2028, 8, 25), by=cast["owner"])
    assert (refused.value.code, refused.value.field) == ("slug_taken", "slug")
    assert Programme.objects.count() == 1


@pytest.mark.parametrize(
    ("slug", "following"), [("school-2", "school-3"), ("spring", "spring-2027"), ("2026", "2026-2027")]
)
def test_next_address_is_proposed(slug: str, following: str) -> None:
    assert next_slug(slug, date(2027, 1, 1)) == following


def test_page_proposes_an_address_that_is_free(autumn: Programme, cast: Cast, client_of: ClientOf) -> None:
    actions.copy(autumn, "autumn-2028", date(2028, 8, 25), by=cast["owner"])
    answer = client_of(cast["owner"]).get(reverse("programmes:copy", args=[autumn.slug]))
    assert answer.context["form"]["slug"].value() == "autumn-2029"


def test_page_makes_the_copy_and_says_how_dates_moved(autumn: Programme, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["owner"])
    answer = client.post(
        reverse("programmes:copy", args=[autumn.slug]), {"slug": "next", "starts": "2028-08-24"}, follow=True
    )
    told = [str(message) for message in answer.context["messages"]]
    assert told == ["Every date moved by 52 weeks. The copy begins on Friday 25 August 2028."]


def test_page_keeps_what_was_typed_when_the_address_is_taken(
    autumn: Programme, cast: Cast, client_of: ClientOf
) -> None:
    answer = client_of(cast["owner"]).post(
        reverse("programmes:copy", args=[autumn.slug]), {"slug": "autumn", "starts": "2028-08-24"}
    )
    form = answer.context["form"]
    assert form["starts"].value() == "2028-08-24"
    assert form.errors == {"slug": ["Another programme has this address. Choose another."]}


@pytest.mark.parametrize("role", ["mentor", "outsider"])
def test_those_who_do_not_run_it_cannot_copy(role: str, autumn: Programme, cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast[role]).get(reverse("programmes:copy", args=[autumn.slug])).status_code == 404
