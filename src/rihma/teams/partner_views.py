"""A team names an organisation, and somebody who acts for it says yes or no."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base.forms import posted
from rihma.teams import partners as actions
from rihma.teams.forms import PartnerForm
from rihma.teams.models import Partner, Team


@signed_in
@require_http_methods(["GET", "POST"])
def name_partner(request: PersonRequest, team_id: UUID) -> HttpResponse:
    found = get_object_or_404(Team.objects.worked_by(request.user).select_related("programme"), pk=team_id)
    form = PartnerForm(posted(request))
    if form.is_valid() and form.attempt(_name, found, form, request):
        email = form.cleaned_data["email"]
        messages.success(request, _("The question is on its way to %(email)s.") % {"email": email})
        return redirect(found)
    context = {"team": found, "programme": found.programme, "form": form}
    return render(request, "teams/name_partner.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def partner(request: PersonRequest, partner_id: UUID) -> HttpResponse:
    """To whoever was asked, and to everybody who acts for the organisation."""
    found = _own(request, partner_id)
    if request.method == "POST":
        actions.confirm_partner(found, by=request.user)
        messages.success(request, _("Your organisation takes part in the team."))
        return redirect(found)
    context = {"partner": found, "team": found.team, "programme": found.team.programme}
    return render(request, "teams/partner.html", context)


@signed_in
@require_POST
def decline_partner(request: PersonRequest, partner_id: UUID) -> HttpResponse:
    actions.decline_partner(_own(request, partner_id), by=request.user)
    messages.success(request, _("You said no. The team has been told."))
    return redirect("home")


@signed_in
@require_POST
def take_back_partner(request: PersonRequest, team_id: UUID, partner_id: UUID) -> HttpResponse:
    found = get_object_or_404(Team.objects.worked_by(request.user), pk=team_id)
    taken = get_object_or_404(found.partners.select_related("organisation"), pk=partner_id)
    actions.take_back_partner(taken, by=request.user)
    messages.success(request, _("%(organisation)s is no longer in the team.") % {"organisation": taken.organisation})
    return redirect(found)


def _own(request: PersonRequest, partner_id: UUID) -> Partner:
    own = Partner.objects.answered_by(request.user).exclude(state=Partner.State.LEFT)
    return get_object_or_404(own.select_related("team__programme", "organisation", "invited_by"), pk=partner_id)


def _name(found: Team, form: PartnerForm, request: PersonRequest) -> Partner:
    given = form.cleaned_data
    return actions.name_partner(found, form.name(), email=given["email"], name=given["name_of_person"], by=request.user)
