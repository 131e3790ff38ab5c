"""What other areas' pages show of teams."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from rihma.base.written import Written
from rihma.programmes.models import Programme
from rihma.teams.models import Team
from rihma.teams.queries import places_of

ADMITTED = Written(
    lambda programme: Team.objects.admitted().filter(programme=programme).select_related("theme").order_by("name")
)


def people(request: HttpRequest, team: Team) -> str:
    """Who is in, beside the application they write."""
    places = places_of(team)
    own = next((place for place in places if place.person_id == request.user.pk), None)
    return render_to_string("teams/people.html", {"team": team, "places": places, "own": own}, request)


def partners(request: HttpRequest, programme: Programme) -> str:
    """Teams that look for people and want it shown."""
    teams = Team.objects.looking().filter(programme=programme).select_related(None)
    return render_to_string("teams/partners.html", {"teams": teams}, request)


def programme_teams(request: HttpRequest, programme: Programme) -> str:
    """The teams of the programme, as the public sees them."""
    teams = ADMITTED(programme.pk)
    return render_to_string("teams/programme_teams.html", {"teams": teams}, request)


def eligibility(request: HttpRequest, programme: Programme) -> str:
    """What the programme asks of a team, in words."""
    asked = [rule.said for rule in programme.requirements if rule.key != "convener"]
    return render_to_string("teams/eligibility.html", {"asked": asked}, request)
