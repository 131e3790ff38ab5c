from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base import clock
from rihma.base.forms import posted
from rihma.experiments import actions
from rihma.experiments.forms import CancelForm, ObserveForm
from rihma.experiments.views.found import form_page, worked


@signed_in
@require_POST
def pause(request: PersonRequest, experiment_id: UUID) -> HttpResponse:
    return redirect(actions.pause(worked(request, experiment_id), by=request.user))


@signed_in
@require_POST
def resume(request: PersonRequest, experiment_id: UUID) -> HttpResponse:
    return redirect(actions.resume(worked(request, experiment_id), by=request.user))


@signed_in
@require_http_methods(["GET", "POST"])
def observe(request: PersonRequest, experiment_id: UUID) -> HttpResponse:
    found = worked(request, experiment_id)
    if request.method == "GET" and not found.takes_observations:
        return redirect(found)
    form = ObserveForm(found, found.day_of(clock.now()), posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(actions.observe, found, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("The observation is saved."))
        return redirect(found)
    return form_page(request, "observe", found, form)


@signed_in
@require_POST
def end(request: PersonRequest, experiment_id: UUID) -> HttpResponse:
    return redirect(actions.end(worked(request, experiment_id), by=request.user))


@signed_in
@require_http_methods(["GET", "POST"])
def cancel(request: PersonRequest, experiment_id: UUID) -> HttpResponse:
    found = worked(request, experiment_id)
    if request.method == "GET" and not found.can_be_cancelled:
        return redirect(found)
    form = CancelForm(posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(actions.cancel, found, form.cleaned_data["reason"], by=request.user)
    ):
        return redirect(found)
    return form_page(request, "cancel", found, form)
