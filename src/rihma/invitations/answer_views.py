"""The invited read and answer, signed in or by the link that came by mail."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rihma.accounts.access import person_of, public, signed_in
from rihma.accounts.http import PersonRequest
from rihma.base import clock
from rihma.invitations import actions
from rihma.invitations.models import Invitation
from rihma.invitations.secrets import digest_of


@signed_in
@require_safe
def invitation(request: PersonRequest, invitation_id: UUID) -> HttpResponse:
    found = _own(request, invitation_id)
    actions.show(found)
    return _page(request, found, own=True)


@signed_in
@require_POST
def accept(request: PersonRequest, invitation_id: UUID) -> HttpResponse:
    found = actions.accept(_own(request, invitation_id), by=request.user)
    messages.success(request, _("You have accepted the invitation. You can start your application."))
    return redirect(found)


@signed_in
@require_POST
def decline(request: PersonRequest, invitation_id: UUID) -> HttpResponse:
    found = actions.decline(_own(request, invitation_id), by=request.user)
    messages.success(request, _("You have declined the invitation. If you think again, you can still accept it."))
    return redirect(found)


@public
@require_http_methods(["GET", "POST"])
def by_link(request: HttpRequest, invitation_id: UUID, secret: str) -> HttpResponse:
    """Whoever holds the link reads and may say no; a yes is a matter of the one whose address it came to."""
    found = Invitation.objects.whole().filter(pk=invitation_id, digest=digest_of(secret)).first()
    if found is None:
        raise Http404
    revoked = found.state == Invitation.State.REVOKED
    if person_of(request) == found.person and not revoked:
        return redirect(found)
    if request.method == "POST":
        actions.decline(found, by=found.person)
        messages.success(request, _("You have declined the invitation. If you think again, you can still accept it."))
        return redirect("invitations:by_link", found.pk, secret)
    if not revoked:
        actions.show(found)
    return _page(request, found, own=False)


def _own(request: PersonRequest, invitation_id: UUID) -> Invitation:
    return get_object_or_404(Invitation.objects.sent_to(request.user).whole(), pk=invitation_id)


def _page(request: HttpRequest, found: Invitation, *, own: bool) -> HttpResponse:
    now = clock.now()
    context = {
        "invitation": found,
        "call": found.call,
        "programme": found.call.programme,
        "is_open": found.call.is_open(now),
        "is_over": bool(found.call.late_by(now)),
        "own": own,
    }
    answer = render(request, "invitations/invitation.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer
