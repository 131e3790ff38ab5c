"""What other areas' pages show of applications."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from rihma.accounts.access import person_of
from rihma.applications import challenges
from rihma.applications.models import Application
from rihma.calls.models import Call, Question
from rihma.challenges.queries import public_of
from rihma.programmes.models import Programme
from rihma.teams.models import Team


def application_of_team(request: HttpRequest, team: Team) -> str:
    """Whoever has just joined a team that applies comes to its page, and is there to write."""
    if team.state != Team.State.FORMING:
        return ""
    found = Application.objects.written_by(person_of(request)).filter(team=team).first()
    return render_to_string("applications/of_team.html", {"application": found}, request) if found else ""


def told_by_teams(request: HttpRequest, programme: Programme) -> str:
    """The way to what teams answered, once there are teams and something that others read."""
    read = Question.objects.filter(call__programme=programme)
    shared = any({"teams", "public"} & set(readers) for readers in read.values_list("readers", flat=True))
    if not shared or not Team.objects.admitted().filter(programme=programme).exists():
        return ""
    return render_to_string("applications/told_link.html", {"programme": programme}, request)


def challenges_answered(request: HttpRequest, call: Call) -> str:
    """To those who run the programme: how many applications take up which challenge."""
    if not call.programme.is_run_by(person_of(request)):
        return ""
    counts, found = challenges.counts(call), public_of(call.pk)
    counted = [(one, counts[str(one.pk)]) for one in found]
    asks = bool(challenges.questions_of(call))
    context = {"programme": call.programme, "counted": counted, "asks": asks}
    return render_to_string("applications/challenge_counts.html", context, request) if found or asks else ""
