"""R14 at the scale of real life: two servers on one database, and everybody answers in the same moment."""

import http.client
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from rihma.site.tests.conftest import House, Serving
from rihma.site.tests.crowded import PEOPLE, SEATS

MAKE = "import django; django.setup(); from rihma.site.tests import crowded; crowded.main()"

pytestmark = pytest.mark.django_db


def ask(serving: Serving, token: str, method: str, path: str, body: str = "") -> Any:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    line = serving.line()
    try:
        line.request(method, path, body, headers)
        response = line.getresponse()
        told = response.read()
    finally:
        line.close()
    assert response.status == http.client.OK, told
    return json.loads(told)


@pytest.mark.req("R14")
def test_two_servers_give_the_last_seats_once_and_keep_one_queue(house: House) -> None:
    made = house.run(sys.executable, "-c", MAKE)
    assert made.returncode == 0, made.stderr
    told = json.loads(made.stdout)
    tokens, path = told["tokens"], f"/api/v1/workshops/{told['workshop']}"
    together = Barrier(PEOPLE)

    def answer(serving: Serving, token: str, what: str) -> Any:
        return ask(serving, token, "POST", f"{path}/answer", json.dumps({"answer": what}))

    def answer_together(serving: Serving, token: str) -> Any:
        together.wait()
        return answer(serving, token, "in_room")

    with house.serving() as one, house.serving() as other, ThreadPoolExecutor(PEOPLE) as people:
        servers = [one, other] * (PEOPLE // 2)
        heard = list(people.map(answer_together, servers, tokens))
        kept = [ask(one, token, "GET", path)["my_answer"] for token in tokens]
        assert heard == kept
        assert [each["place"] for each in kept if each["state"] == "confirmed"] == [0] * SEATS
        assert sorted(each["place"] for each in kept if each["state"] == "waiting") == list(
            range(1, PEOPLE - SEATS + 1)
        )
        leaves = next(token for token, each in zip(tokens, kept, strict=True) if each["state"] == "confirmed")
        answer(other, leaves, "not_coming")
        after = [ask(one, token, "GET", path)["my_answer"]["place"] for token in tokens if token != leaves]
        before = [each["place"] for token, each in zip(tokens, kept, strict=True) if token != leaves]
        assert after == [max(place - 1, 0) for place in before]
