"""R14 with real threads on a real database: no fast path past the lock."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from rihma.accounts.models import Person
from rihma.notices.models import Message
from rihma.programmes.models import Programme
from rihma.teams.models import Team
from rihma.workshops import actions
from rihma.workshops.models import Rsvp, Workshop
from rihma.workshops.queries import place_in_queue
from rihma.workshops.tests.conftest import crowd
from tests.conftest import Cast

PEOPLE = 40
ROUNDS = 5


def at_once(deeds: list[Callable[[], object]]) -> None:
    """Each in a thread of its own, all let go together."""
    together = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> None:
        try:
            together.wait()
            deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        for done in [threads.submit(run, deed) for deed in deeds]:
            done.result()


def answering(workshop: Workshop, person: Person, answer: str) -> Callable[[], object]:
    return lambda: actions.answer(workshop, answer, by=person)


@pytest.fixture
def people(transactional_db: None, team: Team, cast: Cast) -> list[Person]:
    return crowd(team, PEOPLE, by=cast["convener"])


@pytest.mark.req("R14")
def test_last_seat_is_given_once_and_the_others_wait_in_order(
    people: list[Person], workshop: Workshop, programme: Programme, cast: Cast
) -> None:
    actions.edit(workshop, seats=1, by=cast["owner"])
    for _round in range(ROUNDS):
        workshop.rsvps.all().delete()
        Message.objects.all().delete()
        at_once([answering(workshop, person, "in_room") for person in people])
        answers = list(workshop.rsvps.order_by("arrival"))
        assert [answer.arrival for answer in answers] == list(range(1, PEOPLE + 1))
        assert [answer.state for answer in answers] == ["confirmed"] + ["waiting"] * (PEOPLE - 1)
        assert [place_in_queue(answer) for answer in answers] == list(range(PEOPLE))
        first, second, *_rest = answers
        actions.answer(workshop, "not_coming", by=first.person)
        assert workshop.rsvps.seated().get() == second
        assert [mail.to for mail in Message.objects.filter(kind="workshops/notices/seat")] == [second.person]


@pytest.mark.req("R15")
def test_the_same_answer_twenty_times_at_once_is_one_answer(
    people: list[Person], workshop: Workshop, cast: Cast
) -> None:
    at_once([answering(workshop, people[0], "in_room")] * 20)
    assert Rsvp.objects.values_list("person", "answer", "state", "arrival").get() == (
        people[0].pk,
        "in_room",
        "confirmed",
        1,
    )


@pytest.mark.req("R14")
def test_seats_freed_at_once_each_go_to_somebody_else(people: list[Person], workshop: Workshop, cast: Cast) -> None:
    actions.edit(workshop, seats=5, by=cast["owner"])
    for person in people[:10]:
        actions.answer(workshop, "in_room", by=person)
    at_once([answering(workshop, person, "not_coming") for person in people[:5]])
    assert {rsvp.person for rsvp in workshop.rsvps.seated()} == set(people[5:10])
    assert Message.objects.filter(kind="workshops/notices/seat").count() == 5
