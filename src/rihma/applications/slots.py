"""What other areas' pages show of applications."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from rihma.calls.models import Question
from rihma.programmes.models import Programme
from rihma.teams.models import Team


def told_by_teams(request: HttpRequest, programme: Programme) -> str:
    """The way to what teams answered, once there are teams and something that others read."""
    read = Question.objects.filter(call__programme=programme)
    shared = any({"teams", "public"} & set(readers) for readers in read.values_list("readers", flat=True))
    if not shared or not Team.objects.admitted().filter(programme=programme).exists():
        return ""
    return render_to_string("applications/told_link.html", {"programme": programme}, request)
