from collections.abc import Callable
from datetime import date

import pytest
from ninja import NinjaAPI
from ninja.testing import TestClient

from rihma.accounts.models import Person
from rihma.experiments import actions, api
from rihma.experiments.models import Experiment
from tests.conftest import Cast

type Api = Callable[[Person], "Asked"]


class Asked:
    """The router as this person calls it."""

    def __init__(self, client: TestClient, person: Person) -> None:
        self.client = client
        self.person = person

    def get(self, path: str) -> tuple[int, dict[str, object]]:
        answer = self.client.get(path, user=self.person)
        return answer.status_code, answer.json()

    def post(self, path: str, **body: object) -> tuple[int, dict[str, object]]:
        answer = self.client.post(path, json=body, user=self.person)
        return answer.status_code, answer.json()
