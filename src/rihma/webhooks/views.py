from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base.forms import posted
from rihma.base.parts import Option
from rihma.webhooks import actions, rules
from rihma.webhooks.forms import EndpointForm
from rihma.webhooks.home import Place, home
from rihma.webhooks.kinds import kinds
from rihma.webhooks.models import Delivery, Endpoint
from rihma.webhooks.said import why

LOG = 100


@signed_in
@require_safe
def endpoints(request: PersonRequest, slug: str) -> HttpResponse:
    place = _place(request, slug)
    context = {"place": place, "endpoints": Endpoint.objects.filter(scope=place.scope)}
    return render(request, "webhooks/endpoints.html", context)


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def add(request: PersonRequest, slug: str) -> HttpResponse:
    place = _place(request, slug)
    form = EndpointForm(posted(request))
    if form.is_valid() and form.attempt(
        actions.add,
        place.scope,
        address=form.cleaned_data["address"],
        types=form.cleaned_data["types"],
        by=request.user,
    ):
        made, secret = form.result
        if not secret:
            said = _("It is in the list already. Its secret was shown then: if nobody copied it, make a new one.")
            messages.info(request, said)
            return redirect(made)
        return _show_secret(request, place, made, secret)
    return render(request, "webhooks/add.html", {"form": form, "place": place})


@signed_in
@require_safe
def endpoint(request: PersonRequest, endpoint_id: UUID) -> HttpResponse:
    found = _endpoint(request, endpoint_id)
    show = request.GET.get("show", "all")
    logged = found.deliveries.select_related("occurrence").order_by("-occurrence__at", "-pk")
    not_taken = logged.exclude(state=rules.State.DELIVERED)
    listed = list((not_taken if show == "open" else logged)[:LOG])
    known = kinds()
    context = {
        "endpoint": found,
        "place": home().place(found.scope),
        "told": [known.get(kind, kind) for kind in found.types],
        "rows": [
            {"delivery": one, "what": known.get(one.occurrence.type, one.occurrence.type), "why": why(one)}
            for one in listed
        ],
        "options": [
            Option(_("All"), "?show=all", active=show != "open", count=logged.count()),
            Option(_("Not taken"), "?show=open", active=show == "open", count=not_taken.count()),
        ],
    }
    return render(request, "webhooks/endpoint.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, endpoint_id: UUID) -> HttpResponse:
    found = _endpoint(request, endpoint_id)

    def newest() -> dict[str, object]:
        return _endpoint(request, endpoint_id).facts

    form = EndpointForm.filled(found.facts, posted(request))
    if form.is_valid() and form.attempt_seen(actions.edit, found, newest=newest, by=request.user, **form.cleaned_data):
        messages.success(request, _("Saved."))
        return redirect(found)
    return render(request, "webhooks/edit.html", {"form": form, "endpoint": found, "place": home().place(found.scope)})


@signed_in
@never_cache
@require_POST
def renew(request: PersonRequest, endpoint_id: UUID) -> HttpResponse:
    found = _endpoint(request, endpoint_id)
    secret = actions.renew_secret(found, by=request.user)
    return _show_secret(request, home().place(found.scope), found, secret)


@signed_in
@require_POST
def turn(request: PersonRequest, endpoint_id: UUID) -> HttpResponse:
    found = _endpoint(request, endpoint_id)
    turned = actions.turn(found, on=not found.is_on, by=request.user)
    messages.success(request, _("Messages are sent.") if turned.is_on else _("No more messages are sent."))
    return redirect(found)


@signed_in
@require_POST
def remove(request: PersonRequest, endpoint_id: UUID) -> HttpResponse:
    found = _endpoint(request, endpoint_id)
    slug = home().place(found.scope).slug
    actions.remove(found, by=request.user)
    messages.success(request, _("Removed. Nothing is sent there any more."))
    return redirect("webhooks:endpoints", slug)


@signed_in
@require_POST
def try_out(request: PersonRequest, endpoint_id: UUID) -> HttpResponse:
    found = _endpoint(request, endpoint_id)
    actions.try_out(found)
    messages.success(request, _("A test message is on its way. Its line below tells how it went."))
    return redirect(found)


@signed_in
@require_POST
def again(request: PersonRequest, delivery_id: UUID) -> HttpResponse:
    found = get_object_or_404(Delivery.objects.run_by(request.user).select_related("endpoint"), pk=delivery_id)
    actions.send_again(found)
    messages.success(request, _("It is sent again, under the same id."))
    return redirect(found.endpoint)


def _show_secret(request: PersonRequest, place: Place, made: Endpoint, secret: str) -> HttpResponse:
    """In the answer to the POST itself: to redirect it would have to be kept somewhere."""
    return render(request, "webhooks/secret.html", {"endpoint": made, "secret": secret, "place": place})


def _place(request: PersonRequest, slug: str) -> Place:
    place = home().find(request.user, slug)
    if place is None:
        raise Http404
    return place


def _endpoint(request: PersonRequest, endpoint_id: UUID) -> Endpoint:
    return get_object_or_404(Endpoint.objects.run_by(request.user), pk=endpoint_id)
