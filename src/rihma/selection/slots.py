"""What other areas' pages show of decisions."""

from typing import Protocol

from django.http import HttpRequest
from django.template.loader import render_to_string

from rihma.accounts.access import person_of
from rihma.applications.models import Application
from rihma.selection.models import Announcement, Decision
from rihma.selection.queries import decided_on
from rihma.teams.models import Member, Team
from rihma.teams.queries import confirmed, places_of


class Round(Protocol):
    """A programme: its pages leave the slots, and here only its address matters."""

    slug: str


def decision_on_application(request: HttpRequest, application: Application) -> str:
    """To those who run the programme the decision and its form; to the team only what has been announced."""
    if application.is_draft:
        return ""
    runs = application.call.programme.is_run_by(person_of(request))
    decision, announced = decided_on(application)
    if not runs and not announced:
        return ""
    if decision:
        decision.application = application
    context = {"application": application, "decision": decision, "announced": announced, "runs": runs}
    return render_to_string("selection/decision.html", context, request)


def decision_on_team(request: HttpRequest, team: Team) -> str:
    """On the page of a team that is not in the programme: why, once it has been announced."""
    if team.state not in (Team.State.RESERVE, Team.State.DECLINED, Team.State.CONTINUED):
        return ""
    found = Decision.objects.filter(application__team=team).select_related("by", "application__intake__call")
    decision = found.first()
    if decision is None:
        return ""
    context = {"application": decision.application, "decision": decision, "announced": True, "runs": False}
    return render_to_string("selection/decision.html", context, request)


def leaving(request: HttpRequest, team: Team) -> str:
    """To the convener and those who run the programme: how the team leaves, which gives its place to the next."""
    person = person_of(request)
    if person is None or team.state not in (Team.State.ADMITTED, Team.State.RESERVE):
        return ""
    convenes = any(
        place.person_id == person.pk and place.role == Member.Role.CONVENER for place in confirmed(places_of(team))
    )
    if not convenes and not team.programme.is_run_by(person):
        return ""
    return render_to_string("selection/leaving.html", {"team": team}, request)


def chosen_of_call(request: HttpRequest, programme: Round) -> str:
    """On the call's page, once it is announced: where the chosen teams are listed."""
    if not Announcement.objects.filter(intake__call__programme__slug=programme.slug).exists():
        return ""
    return render_to_string("selection/chosen_link.html", {"programme": programme}, request)


def programme_tools(request: HttpRequest, programme: Round) -> str:
    """For those who run the programme."""
    return render_to_string("selection/programme_tools.html", {"programme": programme}, request)
