"""A question whose SQL is written once answers as Django would, whoever asks and for whatever."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import pytest
from django.db.models import QuerySet

from rihma.accounts.models import Person
from rihma.base.written import LONGEST, Written
from rihma.programmes.models import Programme
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


def test_each_gets_the_answer_to_what_they_asked(cast: Cast) -> None:
    asked = []

    def by_id(pk: UUID) -> QuerySet[Person]:
        asked.append(pk)
        return Person.objects.filter(pk=pk)

    question = Written(by_id)
    assert [question(person.pk) for person in cast.values()] == [[person] for person in cast.values()]
    assert len(asked) == 1


def test_words_and_moments_may_be_asked_for(cast: Cast) -> None:
    def since(moment: datetime, language: str) -> QuerySet[Person]:
        return Person.objects.filter(joined__gte=moment, language=language).order_by("email")

    question, began = Written(since), cast["owner"].joined
    for moment in (began, began + timedelta(days=1), began - timedelta(microseconds=1)):
        for language in ("fi", "sv"):
            assert question(moment, language) == list(since(moment, language))


@pytest.mark.parametrize("length", [0, 1, 3, LONGEST + 1])
def test_lists_of_any_length_may_be_asked_for(cast: Cast, length: int) -> None:
    def others(person: UUID, people: list[UUID]) -> QuerySet[Person]:
        return Person.objects.filter(pk__in=people).exclude(pk=person).order_by("email")

    people = [person.pk for person in cast.values()] * length
    question, owner = Written(others), cast["owner"].pk
    assert question(owner, people[:length]) == list(others(owner, people[:length]))


def test_what_stands_beside_and_behind_comes_along(cast: Cast, programme: Programme) -> None:
    question = Written(
        lambda slug: Programme.objects.filter(slug=slug).prefetch_related("themes").select_related(None).annotate()
    )
    for _twice in range(2):
        found = question.first(programme.slug)
        assert found == programme
        assert list(found.themes.all()) == list(programme.themes.all())
    assert question.first("no-such-programme") is None


def test_rows_may_be_plain_values(cast: Cast) -> None:
    names = Written(lambda pk: Person.objects.filter(pk=pk).values_list("email", flat=True))
    assert [names(person.pk) for person in cast.values()] == [[person.email] for person in cast.values()]


def test_value_that_does_not_stand_as_it_is_is_refused_at_once(cast: Cast) -> None:
    question = Written(lambda moment: Person.objects.filter(joined__gte=moment - timedelta(days=1)))
    with pytest.raises(LookupError):
        question(cast["owner"].joined)


def test_two_values_of_one_kind_are_not_taken_for_each_other(cast: Cast) -> None:
    either = Written(lambda one, other: Person.objects.filter(pk=one) | Person.objects.filter(pk=other))
    owner, mentor, juror = (cast[role].pk for role in ("owner", "mentor", "juror"))
    ask = partial(map, lambda pair: {person.pk for person in either(*pair)})
    assert list(ask([(owner, mentor), (mentor, juror), (owner, owner)])) == [
        {owner, mentor},
        {mentor, juror},
        {owner},
    ]
