from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.applications import actions, copying
from rihma.applications.arrival_forms import CodeForm
from rihma.base import clock
from rihma.calls.models import Call
from rihma.invitations.queries import invitation_to


@signed_in
@require_http_methods(["GET", "POST"])
def start(request: PersonRequest, slug: str) -> HttpResponse:
    """Signing in on the way comes back here by GET: the button is shown again, nothing starts by a link alone."""
    call = get_object_or_404(Call.objects.visible_to(request.user), programme__slug=slug)
    if request.method != "POST":
        now = clock.now()
        context = {
            "form": CodeForm(),
            "call": call,
            "programme": call.programme,
            "is_open": (is_open := call.takes_new(now)),
            "ideas_over": call.is_open(now) and not is_open,
            "is_ahead": call.is_ahead(now),
            "is_invited": not call.is_for_invited or invitation_to(call, request.user) is not None,
            "earlier": copying.earlier(request.user, call).first(),
        }
        return render(request, "applications/start.html", context)
    return redirect(actions.start(call, by=request.user))
