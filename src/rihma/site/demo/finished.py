"""The round of 2023, told from its call to its lessons. Eleven teams came where five to seven were asked."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.base import clock
from rihma.experiments import actions as experiments
from rihma.experiments.models import Experiment
from rihma.notices.delivery import deliver_due
from rihma.programmes import actions as programmes
from rihma.programmes.models import Programme
from rihma.selection import actions as selection
from rihma.selection.models import Decision
from rihma.site.demo import story
from rihma.site.demo.story import Told, moment
from rihma.teams import actions as teams
from rihma.teams.models import Member, Team
from rihma.workshops import actions as workshops
from rihma.workshops.models import Workshop

# how many of a team wish for the room
IN_ROOM = 2
BECAUSE = (
    "Kaikilla yhdellätoista on aito asia ja valtionhallinnon toimija mukana. Saliin tulee kaksi tai kolme ihmistä "
    "tiimistä, muut osallistuvat etänä."
)


def tell(
    file: bytes,
    listed: Sequence[Mapping[str, Any]],
    filled: Sequence[Mapping[str, Any]],
    cast: Mapping[str, Person],
) -> Programme:
    """The whole round, from November 2022 to June 2023."""
    owner = cast["owner"]
    with clock.at(moment(date(2022, 11, 14))):
        programme = programmes.import_file(file, by=owner)
    with clock.at(moment(date(2022, 12, 1))):
        programmes.publish(programme, by=owner)
    told = [story.gather(data, cast) for data in listed]
    for place, one in enumerate(told):
        story.apply(one, programme.call, moment(date(2022, 12, 15) + timedelta(days=2 * place)))
    accept(programme, moment(date(2023, 1, 17)), owner, because=BECAUSE)
    give_mentors(programme, cast, moment(date(2023, 1, 20)))
    for workshop in programme.workshops.select_related("programme"):
        answer(workshop, moment(workshop.date - timedelta(days=7)))
    for one in told:
        live(one, programme)
    story.fill_canvases(programme, filled, moment(date(2023, 3, 1), 10))
    with clock.at(moment(date(2023, 6, 30))):
        programmes.close(programme, by=owner)
        # Told long ago: a newcomer's mailbox holds what happens from now on.
        deliver_due(clock.now())
    return programme


def accept(programme: Programme, at: Any, by: Person, *, because: str = "") -> None:
    """Take in everybody who submitted."""
    with clock.at(at):
        for application in Application.objects.filter(call=programme.call, state="submitted"):
            selection.decide(application, Decision.Outcome.ACCEPTED, by=by)
        selection.announce(programme.call.last_intake, because=because, by=by)


def give_mentors(programme: Programme, cast: Mapping[str, Person], at: Any) -> None:
    with clock.at(at):
        for team in Team.objects.admitted().filter(programme=programme)[:3]:
            teams.give_mentor(team, cast["mentor"], by=cast["facilitator"])


def answer(workshop: Workshop, at: Any, *, silent: Sequence[Person] = ()) -> None:
    """The first two of each team wish for the room; the others join remotely, or stay away when that cannot be."""
    elsewhere = "not_coming" if workshop.mode == Workshop.Mode.ROOM else "remote"
    with clock.at(at):
        for team in Team.objects.admitted().filter(programme=workshop.programme_id):
            members = team.members.filter(state=Member.State.CONFIRMED).select_related("person")
            for place, member in enumerate(members):
                if member.person not in silent:
                    workshops.answer(workshop, "in_room" if place < IN_ROOM else elsewhere, by=member.person)
            clock.step(timedelta(minutes=7))


def live(told: Told, programme: Programme) -> None:
    """One team's spring: canvas, experiment, decision, lesson."""
    team = Team.objects.get(programme=programme, name=told.data["name"])
    items = story.work_on_canvas(team, told.data["assumptions"], moment(date(2023, 2, 16), 13))
    fields = story.plan(told, programme, date(2023, 4, 3), date(2023, 5, 3))
    experiment = story.draft(told, team, items[0], moment(date(2023, 3, 23), 15), fields)
    told_why_not = told.data["experiment"].get("cancelled")
    if told_why_not:
        with clock.at(moment(date(2023, 4, 1))):
            experiments.cancel(experiment, told_why_not, by=told.convener)
        return
    story.run(experiment, told.convener, moment(date(2023, 3, 30)), moment(date(2023, 4, 3), 9))
    story.finish(_fresh(experiment), told, moment(date(2023, 5, 3), 14))
    story.decide(_fresh(experiment), told, moment(date(2023, 5, 20)))
    story.publish(_fresh(experiment), told, moment(date(2023, 6, 12)))


def _fresh(experiment: Experiment) -> Experiment:
    return Experiment.objects.select_related("team__programme").get(pk=experiment.pk)
