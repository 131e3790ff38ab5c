"""Pages on which those who run a programme decide that a rule is not asked of one team."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base.forms import posted
from rihma.teams import shortfalls
from rihma.teams.forms import ExceptionForm
from rihma.teams.models import Shortfall, Team
from rihma.teams.queries import checked


@signed_in
@require_http_methods(["GET", "POST"])
def except_rule(request: PersonRequest, team_id: UUID, rule: str) -> HttpResponse:
    found = _run(request, team_id)
    asked = [one for one in checked(found) if one.rule == rule]
    if not asked:
        raise Http404
    form = ExceptionForm(posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(shortfalls.grant_exception, found, rule, form.cleaned_data["reason"], by=request.user)
    ):
        messages.success(request, _("The exception is granted, and the convener is told."))
        return redirect(found)
    context = {"team": found, "programme": found.programme, "checked": asked, "form": form}
    return render(request, "teams/except_rule.html", context)


@signed_in
@require_POST
def take_back_exception(request: PersonRequest, team_id: UUID, rule: str) -> HttpResponse:
    found = _run(request, team_id)
    get_object_or_404(found.shortfalls.filter(state=Shortfall.State.EXCEPTED), rule=rule)
    shortfalls.take_back_exception(found, rule, by=request.user)
    messages.success(request, _("The rule is asked of the team again."))
    return redirect(found)


def _run(request: PersonRequest, team_id: UUID) -> Team:
    return get_object_or_404(Team.objects.run_by(request.user).select_related("programme"), pk=team_id)
