"""What other areas' pages show of decisions."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from rihma.accounts.access import person_of
from rihma.applications.models import Application
from rihma.calls.models import Call
from rihma.programmes.models import Programme
from rihma.selection.models import Decision
from rihma.selection.queries import announcement_of
from rihma.teams.models import Team


def decision_on_application(request: HttpRequest, application: Application) -> str:
    """To those who run the programme the decision and its form; to the team only what has been announced."""
    runs = Call.objects.run_by(person_of(request)).filter(pk=application.call_id).exists()
    decision = Decision.objects.filter(application=application).select_related("by").first()
    announced = announcement_of(application.call)
    if not runs and not announced:
        return ""
    context = {"application": application, "decision": decision, "announced": announced, "runs": runs}
    return render_to_string("selection/decision.html", context, request)


def decision_on_team(request: HttpRequest, team: Team) -> str:
    """On the page of a team that is not in the programme: why, once it has been announced."""
    if team.state not in (Team.State.RESERVE, Team.State.DECLINED):
        return ""
    decision = Decision.objects.filter(application__team=team).select_related("by", "application").first()
    if decision is None:
        return ""
    context = {"application": decision.application, "decision": decision, "announced": True, "runs": False}
    return render_to_string("selection/decision.html", context, request)


def programme_tools(request: HttpRequest, programme: Programme) -> str:
    """For those who run the programme."""
    return render_to_string("selection/programme_tools.html", {"programme": programme}, request)
