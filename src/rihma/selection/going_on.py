"""From the idea stage of a call to its full one: whoever gives up makes room for the next."""

from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.selection import moving
from rihma.teams.models import Team


def give_place_back(application: Application, *, by: Person) -> None:
    """A full application was withdrawn: the next idea on the reserve list goes on, as long as there is time for it."""
    idea = application.continues
    if idea is not None and idea.team.state == Team.State.CONTINUED:
        moving.give_place(idea.team, by=by)
