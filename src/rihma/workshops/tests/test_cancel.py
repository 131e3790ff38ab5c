from collections.abc import Callable
from datetime import timedelta

import pytest

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.refused import Refused
from rihma.notices.models import Message
from rihma.teams.models import Team
from rihma.workshops import actions
from rihma.workshops.models import Workshop
from rihma.workshops.tests.conftest import ClientOf
from tests.conftest import Cast


def test_cancelled_workshop_tells_those_concerned_and_why(
    workshop: Workshop, team: Team, cast: Cast, client_of: ClientOf
) -> None:
    actions.answer(workshop, "in_room", by=cast["convener"])
    actions.answer(workshop, "not_coming", by=cast["mentor"])
    client_of(cast["owner"]).post(f"/en/workshops/{workshop.pk}/cancel/", {"because": "The room is flooded."})
    workshop.refresh_from_db()
    mails = Message.objects.filter(kind="workshops/notices/cancelled")
    assert (workshop.state, workshop.sequence) == ("cancelled", 1)
    assert {str(mail.to) for mail in mails} == {cast["convener"].name, cast["member"].name}
    assert {"The room is flooded." in mail.body for mail in mails} == {True}


def test_cancelling_twice_is_refused_and_tells_once(workshop: Workshop, team: Team, cast: Cast) -> None:
    actions.cancel(workshop, by=cast["owner"])
    with pytest.raises(Refused, match="cancelled already"):
        actions.cancel(workshop, by=cast["owner"])
    assert Message.objects.filter(kind="workshops/notices/cancelled").count() == 2


def test_workshop_that_is_over_is_not_cancelled(workshop: Workshop, cast: Cast) -> None:
    with clock.at(workshop.finishes), pytest.raises(Refused, match="over"):
        actions.cancel(workshop, by=cast["owner"])


DEEDS: dict[str, Callable[[Workshop, Person], object]] = {
    "edit": lambda workshop, person: actions.edit(workshop, seats=3, by=person),
    "move": lambda workshop, person: actions.move(workshop, date=workshop.date + timedelta(days=1), by=person),
    "answer": lambda workshop, person: actions.answer(workshop, "remote", by=person),
    "ask": lambda workshop, person: actions.ask(workshop, by=person),
}


@pytest.mark.parametrize("verb", DEEDS)
def test_nothing_more_happens_to_a_cancelled_workshop(workshop: Workshop, team: Team, cast: Cast, verb: str) -> None:
    actions.cancel(workshop, by=cast["owner"])
    with pytest.raises(Refused, match="cancelled"):
        DEEDS[verb](workshop, cast["owner"])


def test_page_of_a_cancelled_workshop_stays_and_says_why(
    workshop: Workshop, team: Team, cast: Cast, client_of: ClientOf
) -> None:
    actions.cancel(workshop, because="The room is flooded.", by=cast["owner"])
    text = client_of(None).get(workshop.get_absolute_url()).content.decode()
    assert "The room is flooded." in text
    assert 'name="answer"' not in text
