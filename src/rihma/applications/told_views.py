"""What the teams of a programme answered, for other teams and for everybody: as the form told them when they did."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from rihma.accounts.access import person_of, public
from rihma.applications.answers import is_empty
from rihma.applications.answers.reading import Answered, Forms, Role, visible_answers
from rihma.applications.models import Application
from rihma.base.access import same_for_strangers
from rihma.calls.models import Call
from rihma.teams.models import Team


@public
@same_for_strangers
@require_safe
def told(request: HttpRequest, slug: str) -> HttpResponse:
    """Only of teams that are in the programme: who was not chosen is nobody else's matter."""
    person = person_of(request)
    call = get_object_or_404(Call.objects.visible_to(person), programme__slug=slug)
    admitted = Team.objects.admitted().filter(programme=call.programme_id)
    role: Role = "teams" if admitted.with_member(person).exists() else "public"
    context = {"call": call, "programme": call.programme, "role": role, "teams": _answers(call, role)}
    return render(request, "applications/told.html", context)


def _answers(call: Call, role: Role) -> list[tuple[Team, list[Answered]]]:
    forms = Forms(call)
    sent = Application.objects.filter(call=call, state=Application.State.SUBMITTED, team__in=Team.objects.admitted())
    found = list(sent.select_related("team", "receipt").order_by("team__name", "pk"))
    forms.know(found)
    read = [(one.team, [a for a in visible_answers(one, role, forms) if not is_empty(a.value)]) for one in found]
    return [(team, answers) for team, answers in read if answers]
