from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.applications import actions as applications
from rihma.base.words import Words
from rihma.calls.models import Call, Criterion, Question
from rihma.programmes.models import Programme
from tests.conftest import Cast
from tests.remembered import remembered

type ClientOf = Callable[[Person | None], Client]
WHY = Words(fi="Kysymys oli epäselvä.", sv="Frågan var oklar.")


@pytest.fixture
def ahead(call: Call) -> Call:
    """The same call before anybody sees it."""
    Programme.objects.filter(pk=call.programme_id).update(state=Programme.State.DRAFT)
    return Call.objects.select_related("programme").get(pk=call.pk)


@pytest.fixture
@remembered
def answered(call: Call, cast: Cast) -> Call:
    """The same call after the first application was sent."""
    draft = applications.start(call, by=cast["convener"])
    draft = applications.save(draft, version=0, answers={"problem": "Debt."}, by=cast["convener"], name="Advisers")
    applications.submit(draft, by=cast["convener"])
    return call


@pytest.fixture
def question(call: Call) -> Question:
    return call.questions.get()


@pytest.fixture
def criterion(call: Call) -> Criterion:
    return Criterion.objects.create(
        call=call, number=1, title=Words(fi="Aito", sv="Äkta"), description=Words(fi="Arjesta"), weight=2
    )


def address(name: str, call: Call, *more: object) -> str:
    return reverse(f"calls:{name}", args=[call.programme.slug, *more])
