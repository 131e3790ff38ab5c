"""What other areas' pages show of how a team stands."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from rihma.base import clock
from rihma.insights.queries import stages_of
from rihma.programmes.models import Programme
from rihma.teams.models import Team
from rihma.teams.queries import places_of


def stages_of_team(request: HttpRequest, team: Team) -> str:
    """The thread of a team that is in the programme."""
    if team.state != Team.State.ADMITTED:
        return ""
    places_of(team)
    stages = stages_of([team], clock.now())[team.pk]
    return render_to_string("insights/stages.html", {"stages": stages}, request)


def programme_tools(request: HttpRequest, programme: Programme) -> str:
    """For those who run the programme."""
    return render_to_string("insights/programme_tools.html", {"programme": programme}, request)
