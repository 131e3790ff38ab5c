"""Links by which guests come to a canvas: who works on it makes, shows and ends them."""

from datetime import timedelta
from uuid import UUID

import segno
from django.conf import settings
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base import clock
from rihma.base.forms import posted
from rihma.canvases import actions
from rihma.canvases.doers import key_of
from rihma.canvases.models import Canvas
from rihma.guests import rules
from rihma.guests.forms import LinkForm
from rihma.guests.models import Link
from rihma.guests.secrets import code_of, digest_of, secret_of

# A workshop and the days after it, in which people add what came to mind.
USUAL_LIFE = timedelta(days=7)


@signed_in
def guests(request: PersonRequest, canvas_id: UUID) -> HttpResponse:
    canvas = _canvas(request, canvas_id)
    ends_at = (clock.now() + USUAL_LIFE).astimezone(canvas.programme.zone).replace(second=0, microsecond=0)
    form = LinkForm(posted(request), initial={"ends_at": ends_at})
    if form.is_valid() and form.attempt(actions.let_guests_in, canvas, by=request.user, **form.cleaned_data):
        return redirect("canvases:guest_link", canvas.pk, form.result.pk)
    links = Link.objects.filter(key=key_of(canvas.pk)).select_related("by").annotate(count=Count("guests"))
    now = clock.now()
    shown = [(link, rules.state_of(link, now)) for link in links]
    context = {"programme": canvas.programme, "canvas": canvas, "form": form, "links": shown}
    return render(request, "canvases/guests.html", context)


@signed_in
def guest_link(request: PersonRequest, canvas_id: UUID, link_id: UUID) -> HttpResponse:
    """The link as a wall shows it: a QR code, and a code that can be read aloud."""
    canvas, link = _link(request, canvas_id, link_id)
    door = settings.BASE_URL + _in_any_language(reverse("guests:come", args=[link.pk]))
    # After the server's key was changed, what is worked out from it no longer opens.
    can_show = link.digest == digest_of(secret_of(link.pk))
    address = f"{door}#{secret_of(link.pk)}"
    context = {
        "programme": canvas.programme,
        "canvas": canvas,
        "link": link,
        "state": rules.state_of(link, clock.now()),
        "count": link.guests.count(),
        "qr": _qr(address) if can_show else "",
        "address": address,
        "code": rules.spoken(code_of(link.pk)) if can_show else "",
        "join": settings.BASE_URL.partition("://")[2] + _in_any_language(reverse("guests:join")).rstrip("/"),
    }
    return render(request, "canvases/guest_link.html", context)


@signed_in
@require_POST
def close_guest_link(request: PersonRequest, canvas_id: UUID, link_id: UUID) -> HttpResponse:
    canvas, link = _link(request, canvas_id, link_id)
    actions.close_guest_link(canvas, link, by=request.user)
    return redirect("canvases:guest_link", canvas.pk, link.pk)


@signed_in
@require_POST
def revoke_guest_link(request: PersonRequest, canvas_id: UUID, link_id: UUID) -> HttpResponse:
    canvas, link = _link(request, canvas_id, link_id)
    actions.revoke_guest_link(canvas, link, by=request.user)
    return redirect("canvases:guests", canvas.pk)


def _in_any_language(path: str) -> str:
    """Without the part that says the language: each guest gets the page in their own."""
    return "/" + path.lstrip("/").partition("/")[2]


def _qr(address: str) -> str:
    return SafeString(segno.make(address, error="m").svg_inline(scale=1, border=2, omitsize=True))


def _canvas(request: PersonRequest, canvas_id: UUID) -> Canvas:
    return get_object_or_404(Canvas.objects.worked_by(request.user).select_related("team", "programme"), pk=canvas_id)


def _link(request: PersonRequest, canvas_id: UUID, link_id: UUID) -> tuple[Canvas, Link]:
    canvas = _canvas(request, canvas_id)
    return canvas, get_object_or_404(Link, key=key_of(canvas.pk), pk=link_id)
