"""A workshop with few seats and many people who may answer, for servers that run beside the tests."""

import json
import sys
from datetime import time, timedelta

from rihma.accounts.actions import get_or_invite, issue_api_token
from rihma.accounts.models import Person
from rihma.accounts.scopes import EVERYTHING
from rihma.base import clock
from rihma.base.words import Words
from rihma.programmes import actions as programmes
from rihma.site import cast as invented
from rihma.teams import actions as teams
from rihma.teams.models import Team
from rihma.workshops import actions as workshops
from rihma.workshops.models import Workshop

SEATS = 5
PEOPLE = 30


def main() -> None:
    """Prints the workshop's id and a token of each person as JSON."""
    people = [get_or_invite(f"person{number}@crowd.example", name="Crowd") for number in range(PEOPLE)]
    workshop = crowded(invented.enter()["owner"], people)
    tokens = [issue_api_token(person, name="crowd", scopes=[EVERYTHING]) for person in people]
    sys.stdout.write(json.dumps({"workshop": str(workshop.pk), "tokens": tokens}))


def crowded(owner: Person, people: list[Person]) -> Workshop:
    today = clock.now().date()
    title = Words(fi="Ohjelma", sv="Program", en="Programme")
    programme = programmes.create(
        slug="crowd",
        title=title,
        purpose=title,
        description=title,
        starts=today,
        ends=today + timedelta(days=90),
        by=owner,
    )
    programmes.publish(programme, by=owner)
    team = teams.form(programme, by=people[0])
    for person in people[1:]:
        teams.join(teams.invite(team, person.email, by=people[0]), by=person)
    teams.settle(team, Team.State.ADMITTED, by=owner)
    return workshops.plan(
        programme,
        title=title,
        date=today + timedelta(days=14),
        starts=time(9),
        ends=time(12),
        mode=Workshop.Mode.ROOM,
        seats=SEATS,
        venue="Pajasali",
        by=owner,
    )
