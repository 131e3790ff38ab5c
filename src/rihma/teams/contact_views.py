"""Letters between a team that looks for partners and those who would join, on pages that show no address."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base import clock
from rihma.base.forms import posted
from rihma.teams import contacts as actions
from rihma.teams.board_forms import AnswerForm, OfferForm, ReportForm
from rihma.teams.models import ANSWERED, PLACES, Contact, Team


@signed_in
@require_http_methods(["GET", "POST"])
def offer(request: PersonRequest, team_id: UUID) -> HttpResponse:
    """Somebody writes to a team that looks for people in public. The exchange itself stays when the card is gone."""
    known = Contact.objects.filter(team=team_id, person=request.user).first()
    if known and request.method != "POST":
        return redirect(known)
    others = Team.objects.exclude(pk__in=PLACES(request.user.pk))
    found = get_object_or_404(others.filter(pk__in=_open_to(request, team_id)).select_related("programme"), pk=team_id)
    form = OfferForm(posted(request))
    if form.is_valid() and form.attempt(actions.offer, found, form.cleaned_data["words"], by=request.user):
        messages.success(request, _("Your words are sent. The answer comes here, and a mail tells you of it."))
        return redirect(form.result)
    return render(request, "teams/offer.html", {"team": found, "programme": found.programme, "form": form})


@signed_in
@require_safe
def contacts(request: PersonRequest, team_id: UUID) -> HttpResponse:
    """All that was written to the team, for those who answer in its name."""
    team = get_object_or_404(
        Team.objects.filter(pk__in=ANSWERED(request.user.pk)).select_related("programme"), pk=team_id
    )
    context = {"team": team, "programme": team.programme, "contacts": team.contacts.select_related("person")}
    return render(request, "teams/contacts.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def contact(request: PersonRequest, contact_id: UUID) -> HttpResponse:
    found = _read(request, contact_id)
    own = found.person_id == request.user.pk
    takes_part = own or _takes_part(request, found)
    form = AnswerForm(posted(request))
    if takes_part and form.is_valid():
        act = (actions.offer, found.team) if own else (actions.answer, found)
        if form.attempt(*act, form.cleaned_data["words"], by=request.user):
            messages.success(request, _("Sent."))
            return redirect(found)
    context = {
        "contact": found,
        "team": found.team,
        "programme": found.team.programme,
        "form": form,
        "own": own,
        "takes_part": takes_part,
        "letters": found.letters.select_related("by"),
        "addresses": [one for one in found.shown_by.all() if one.pk != request.user.pk] if takes_part else [],
        "shows": found.shown_by.filter(pk=request.user.pk).exists(),
        "may_go_on": _is_own_stop(found, own=own),
        "runs": found.reported_at is not None and found.team.programme.is_run_by(request.user),
    }
    return render(request, "teams/contact.html", context)


@signed_in
@require_POST
def show_address(request: PersonRequest, contact_id: UUID) -> HttpResponse:
    found = _between(request, contact_id)
    if "hide" in request.POST:
        actions.hide_address(found, by=request.user)
        messages.success(request, _("Your address is no longer shown here."))
    else:
        actions.show_address(found, by=request.user)
        messages.success(request, _("They can see your address on this page now."))
    return redirect(found)


@signed_in
@require_POST
def stop(request: PersonRequest, contact_id: UUID) -> HttpResponse:
    found = _between(request, contact_id)
    if "go_on" in request.POST:
        actions.go_on(found, by=request.user)
        messages.success(request, _("You can write to each other again."))
    else:
        actions.stop(found, by=request.user)
        messages.success(request, _("The exchange is ended. They cannot write to you in it any more."))
    return redirect(found)


@signed_in
@require_http_methods(["GET", "POST"])
def report(request: PersonRequest, contact_id: UUID) -> HttpResponse:
    found = _between(request, contact_id)
    form = ReportForm(posted(request))
    if form.is_valid() and form.attempt(actions.report, found, form.cleaned_data["because"], by=request.user):
        messages.success(request, _("Those who run the programme have been told."))
        return redirect(found)
    context = {"contact": found, "team": found.team, "programme": found.team.programme, "form": form}
    return render(request, "teams/report.html", context)


@signed_in
@require_POST
def bar(request: PersonRequest, contact_id: UUID) -> HttpResponse:
    found = get_object_or_404(Contact.objects.reported_to(request.user), pk=contact_id)
    if "let_in" in request.POST:
        actions.unbar(found, by=request.user)
        messages.success(request, _("This person may write to teams of the programme again."))
    else:
        actions.bar(found, by=request.user)
        messages.success(request, _("This person may not write to teams of the programme any more."))
    return redirect(found)


def _open_to(request: PersonRequest, team_id: UUID) -> list[UUID]:
    """The team, while its card hangs, and also later for those who have written to it."""
    team = Team.objects.looking().filter(pk=team_id).first()
    if team and team.is_looking(clock.now().astimezone(team.programme.zone).date()):
        return [team.pk]
    return list(Contact.objects.filter(team=team_id, person=request.user).values_list("team", flat=True))


def _read(request: PersonRequest, contact_id: UUID) -> Contact:
    found = Contact.objects.read_by(request.user).select_related("team__programme", "person", "stopped_by")
    return get_object_or_404(found, pk=contact_id)


def _between(request: PersonRequest, contact_id: UUID) -> Contact:
    found = Contact.objects.between(request.user).select_related("team__programme", "person")
    return get_object_or_404(found, pk=contact_id)


def _takes_part(request: PersonRequest, found: Contact) -> bool:
    return Contact.objects.answered_by(request.user).filter(pk=found.pk).exists()


def _is_own_stop(found: Contact, *, own: bool) -> bool:
    """Ended by this reader's own side, which alone can take that back."""
    return found.stopped_at is not None and (found.stopped_by_id == found.person_id) == own
