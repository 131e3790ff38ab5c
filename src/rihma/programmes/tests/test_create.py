from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.history.models import Event
from rihma.programmes import actions
from rihma.programmes.models import Programme, Role
from rihma.programmes.tests.conftest import ClientOf
from rihma.programmes.types import Fields
from tests.conftest import Cast

FILLED = {"title_fi": "Kevät", "slug": "spring-2028", "starts": "2028-01-28", "ends": "2028-06-09"}


def test_creator_owns_the_draft(draft: Programme, cast: Cast) -> None:
    assert draft.state == Programme.State.DRAFT
    assert [role.person for role in draft.roles.filter(role=Role.Kind.OWNER)] == [cast["owner"]]


def test_creation_is_recorded_once(draft: Programme, cast: Cast) -> None:
    told = Event.objects.filter(scope=draft.pk, verb="created")
    assert [event.by for event in told] == [cast["owner"]]


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"slug": "draft"}, "slug_taken", "slug"),
        ({"slug": "create"}, "slug_reserved", "slug"),
        ({"ends": date(2027, 1, 28)}, "dates", "ends"),
    ],
)
def test_impossible_programme_is_refused(draft: Programme, cast: Cast, changes: Fields, code: str, field: str) -> None:
    fields: Fields = {
        "slug": "other",
        "title": Words(fi="Toinen"),
        "starts": date(2027, 1, 29),
        "ends": date(2027, 6, 11),
    }
    fields.update(changes)
    with pytest.raises(Refused) as refused:
        actions.create(by=cast["owner"], **fields)
    assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.req("R15")
@pytest.mark.django_db(transaction=True)
def test_address_taken_twenty_times_at_once_is_taken_once(cast: Cast) -> None:
    def create(_: int) -> str:
        try:
            first, last = date(2027, 1, 29), date(2027, 6, 11)
            spring = actions.create(slug="spring", title=Words(fi="Kevät"), starts=first, ends=last, by=cast["owner"])
            return str(spring.pk)
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = Counter(pool.map(create, range(20)))
    assert answers == {str(Programme.objects.get().pk): 1, "slug_taken": 19}


@pytest.mark.parametrize("role", ["facilitator", "mentor", "outsider"])
def test_only_staff_and_owners_may_create(role: str, draft: Programme, cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast[role]).post(reverse("programmes:create"), FILLED)
    assert answer.status_code == 404
    with pytest.raises(Refused, match="somebody who owns one already"):
        actions.create(slug="other", title=draft.title, starts=draft.starts, ends=draft.ends, by=cast[role])
    assert Programme.objects.count() == 1


def test_owner_of_an_earlier_round_may_create(draft: Programme, cast: Cast, client_of: ClientOf) -> None:
    actions.appoint(draft, cast["facilitator"], Role.Kind.OWNER, by=cast["owner"])
    answer = client_of(cast["facilitator"]).post(reverse("programmes:create"), FILLED)
    assert answer.headers["Location"] == reverse("programmes:edit", args=["spring-2028"])


def test_page_keeps_what_was_typed(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast["owner"]).post(reverse("programmes:create"), {**FILLED, "slug": "Spring 2028"})
    assert answer.context["form"].errors == {
        "slug": ["Use small letters a–z, numbers and - only, such as spring-2027."]
    }
    assert answer.context["form"]["title"].value() == ["Kevät", None, None]


def test_stranger_is_led_to_sign_in(client_of: ClientOf, db: None) -> None:
    answer = client_of(None).get("/en/programmes/create/")
    assert answer.headers["Location"] == f"{reverse('account_login')}?next=/en/programmes/create/"
