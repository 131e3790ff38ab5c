from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.applications import actions
from rihma.applications.models import Application, Receipt
from rihma.base.refused import Refused
from tests.conftest import Cast


def test_withdrawn_application_keeps_its_receipt(
    application: Application, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    receipt = actions.submit(application, by=cast["convener"])
    client = client_of(cast["convener"])
    client.post(reverse("applications:withdraw", args=[application.pk]))
    application.refresh_from_db()
    assert application.state == Application.State.WITHDRAWN
    assert Receipt.objects.get() == receipt
    assert client.get(reverse("applications:receipt", args=[application.pk])).status_code == 200


def test_withdrawn_application_cannot_be_submitted(application: Application, cast: Cast) -> None:
    actions.withdraw(application, by=cast["convener"])
    with pytest.raises(Refused, match="withdrawn"):
        actions.submit(application, by=cast["convener"])


def test_owner_cannot_withdraw_for_the_team(
    application: Application, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    actions.submit(application, by=cast["convener"])
    answer = client_of(cast["owner"]).post(reverse("applications:withdraw", args=[application.pk]))
    assert answer.status_code == 404
