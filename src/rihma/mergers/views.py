from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base.forms import posted
from rihma.calls.models import Call
from rihma.mergers import actions
from rihma.mergers.forms import DeclineForm, ProposeForm
from rihma.mergers.models import Merger
from rihma.mergers.queries import agreed_sides, convener_of, sides_of


@signed_in
@require_http_methods(["GET", "POST"])
def mergers(request: PersonRequest, slug: str) -> HttpResponse:
    """Those who run the programme see what was proposed, and propose."""
    call = get_object_or_404(Call.objects.run_by(request.user), programme__slug=slug)
    form = ProposeForm(call, posted(request))
    if form.is_valid() and form.attempt(actions.propose, call, by=request.user, **form.cleaned_data):
        messages.success(request, _("Both conveners get a mail with your proposal."))
        return redirect("mergers:mergers", slug)
    context = {"call": call, "programme": call.programme, "form": form, "mergers": call.mergers.whole()}
    return render(request, "mergers/mergers.html", context)


@signed_in
@require_safe
def merger(request: PersonRequest, merger_id: UUID) -> HttpResponse:
    found = get_object_or_404(Merger.objects.whole().answered_by(request.user), pk=merger_id)
    return render(request, "mergers/merger.html", {**_page(request, found), "form": DeclineForm(None)})


@signed_in
@require_POST
def agree(request: PersonRequest, merger_id: UUID) -> HttpResponse:
    found = get_object_or_404(Merger.objects.whole().answered_by(request.user), pk=merger_id)
    found = actions.agree(found, by=request.user)
    if found.is_open:
        messages.success(request, _("You agreed. The teams become one once the other convener agrees too."))
        return redirect(found)
    messages.success(request, _("The teams are one now. Everybody in them gets a mail."))
    return redirect("applications:application", found.stays_id)


@signed_in
@require_POST
def decline(request: PersonRequest, merger_id: UUID) -> HttpResponse:
    found = get_object_or_404(Merger.objects.whole().answered_by(request.user), pk=merger_id)
    form = DeclineForm(posted(request))
    if form.is_valid() and form.attempt(actions.decline, found, by=request.user, **form.cleaned_data):
        messages.success(request, _("You said no. Both applications go on as they were."))
        return redirect(found)
    return render(request, "mergers/merger.html", {**_page(request, found), "form": form}, status=422)


@signed_in
@require_POST
def take_back(request: PersonRequest, merger_id: UUID) -> HttpResponse:
    found = get_object_or_404(Merger.objects.whole().proposed_by(request.user), pk=merger_id)
    actions.take_back(found, by=request.user)
    messages.success(request, _("The proposal is taken back. Both conveners get a mail."))
    return redirect("mergers:mergers", found.call.programme.slug)


def _page(request: PersonRequest, found: Merger) -> dict[str, object]:
    """Of the other team only what the proposal is about: its name, its phenomenon and who convenes it."""
    mine = sides_of(found, request.user)
    teams = [(side, getattr(found, side)) for side in ("stays", "goes")]
    return {
        "merger": found,
        "programme": found.call.programme,
        "agreed": set(mine) <= agreed_sides(found),
        "teams": [(side, application.team, convener_of(application.team), side in mine) for side, application in teams],
    }
