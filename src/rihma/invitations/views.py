"""Those who run a programme invite; the invited answer (`answer_views`)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base.forms import posted
from rihma.base.refused import Refused
from rihma.calls.models import Call
from rihma.calls.queries import stage_of
from rihma.calls.rules import Stage
from rihma.calls.tabs import tabs
from rihma.invitations import actions
from rihma.invitations.forms import InviteForm
from rihma.invitations.models import Invitation
from rihma.invitations.queries import counted, invitations_to, known_among


@signed_in
@require_http_methods(["GET", "POST"])
def invitations(request: PersonRequest, slug: str) -> HttpResponse:
    """First who would be invited, row by row; then, by a second press, that."""
    call = get_object_or_404(Call.objects.run_by(request.user), programme__slug=slug)
    data = posted(request)
    form = InviteForm(data, request.FILES or None, initial={"language": request.LANGUAGE_CODE})
    if data is None or not form.is_valid():
        return _page(request, call, form)
    try:
        listed = form.listed
        if "send" in data:
            made = actions.invite(call, listed.people, words=form.cleaned_data["words"], by=request.user)
            return _sent(request, slug, len(made))
        again = InviteForm(initial=form.again())
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return _page(request, call, form)
    known = known_among(call, listed.people)
    new = [one for one in listed.people if one.email not in known]
    shown = {"listed": listed, "known": sorted(known), "new": new, "words": form.cleaned_data["words"]}
    return _page(request, call, again, **shown)


@signed_in
@require_POST
def remind(request: PersonRequest, invitation_id: UUID) -> HttpResponse:
    found = _handled(request, invitation_id)
    actions.remind(found, by=request.user)
    messages.success(request, _("The invitation is sent again."))
    return redirect("invitations:invitations", found.call.programme.slug)


@signed_in
@require_POST
def revoke(request: PersonRequest, invitation_id: UUID) -> HttpResponse:
    found = _handled(request, invitation_id)
    actions.revoke(found, by=request.user)
    messages.success(request, _("The invitation is taken back. Its link opens nothing any more."))
    return redirect("invitations:invitations", found.call.programme.slug)


def _handled(request: PersonRequest, invitation_id: UUID) -> Invitation:
    return get_object_or_404(Invitation.objects.handled_by(request.user).whole(), pk=invitation_id)


def _sent(request: PersonRequest, slug: str, count: int) -> HttpResponse:
    words = ngettext("%(n)s invitation is on its way.", "%(n)s invitations are on their way.", count)
    messages.success(request, words % {"n": count})
    return redirect("invitations:invitations", slug)


def _page(request: PersonRequest, call: Call, form: InviteForm, **shown: object) -> HttpResponse:
    stage, sent = stage_of(call), invitations_to(call)
    context = {
        "call": call,
        "programme": call.programme,
        "stage": stage,
        "tabs": tabs(call, "applications:set_access"),
        "invitations": sent,
        "counts": counted(sent),
        "can_invite": call.is_for_invited and call.programme.is_public and stage is not Stage.OVER,
        "form": form,
        **shown,
    }
    return render(request, "invitations/invitations.html", context, status=422 if form.errors else 200)
