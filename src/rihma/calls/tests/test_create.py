from collections.abc import Callable
from datetime import date, time

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.base.refused import Refused
from rihma.calls import actions
from rihma.calls.models import Call
from rihma.programmes.models import Programme
from tests.conftest import Cast

FILLED = {"closes_on": "2027-03-01", "closes_at": "16:15", "teams_min": "5", "teams_max": "7", "why_fi": "Koska"}


def test_owner_writes_the_call_of_a_programme_made_in_pages(
    programme: Programme, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    client_of(cast["owner"]).post(reverse("calls:create", args=[programme.slug]), FILLED)
    call = Call.objects.get(programme=programme)
    assert (call.closes_on, call.closes_at, call.teams_max) == (date(2027, 3, 1), time(16, 15), 7)


def test_call_is_written_with_its_opening(
    programme: Programme, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    owner, page = client_of(cast["owner"]), reverse("calls:create", args=[programme.slug])
    refused = owner.post(page, {**FILLED, "opens_on": "2027-03-02", "opens_at": "09:00"})
    assert refused.context["form"].errors.keys() == {"opens_on"}
    owner.post(page, {**FILLED, "opens_on": "2027-02-01", "opens_at": "09:00"})
    call = Call.objects.get(programme=programme)
    assert (call.opens_on, call.opens_at) == (date(2027, 2, 1), time(9))


def test_second_call_is_refused(call: Call, cast: Cast) -> None:
    with pytest.raises(Refused, match="its call already"):
        actions.create(call.programme, by=cast["owner"], closes_on=call.closes_on, closes_at=call.closes_at)


def test_outsider_finds_no_page_for_a_new_call(
    programme: Programme, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    answer = client_of(cast["outsider"]).post(reverse("calls:create", args=[programme.slug]), FILLED)
    assert answer.status_code == 404
    assert not Call.objects.exists()
