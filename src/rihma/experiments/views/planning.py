from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base import clock
from rihma.base.forms import Form, posted
from rihma.experiments import actions, queries, reading
from rihma.experiments.forms import PlanForm, ReasonForm
from rihma.experiments.models import Experiment
from rihma.experiments.views.found import form_page, seen, worked


@signed_in
@require_safe
def experiment(request: PersonRequest, experiment_id: UUID) -> HttpResponse:
    found = seen(request, experiment_id)
    context = queries.page_of(found, request.user, clock.now())
    context |= {"facts": reading.facts_of(found), "stages": reading.stages_of(found)}
    return render(request, "experiments/experiment.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, experiment_id: UUID) -> HttpResponse:
    found = worked(request, experiment_id)
    if not found.is_planned:
        return redirect(found)
    form = PlanForm(found, posted(request))
    if request.method == "POST" and form.is_valid():
        if form.attempt(actions.edit, found, seen=form.cleaned_data["version"], by=request.user, **form.plan):
            messages.success(request, _("The plan is saved."))
            return redirect("experiments:edit", found.pk) if "stay" in request.POST else redirect(found)
        form.show_newest(worked(request, experiment_id))
    return form_page(request, "edit", found, form, checks=queries.checks_of(found, clock.now()))


@signed_in
@require_POST
def save(request: PersonRequest, experiment_id: UUID) -> JsonResponse:
    """What the page of the plan sends by itself while somebody types."""
    found = worked(request, experiment_id)
    form = PlanForm(found, request.POST)
    form.fields.pop("partner_name")  # half a name is no organisation yet
    if not form.is_valid():
        return _not_saved(form, 422)
    if not form.attempt(actions.edit, found, seen=form.cleaned_data["version"], by=request.user, **form.plan):
        return _not_saved(form, 409)
    return JsonResponse({"saved_at": form.result.saved_at.isoformat(), "version": form.result.edition})


@signed_in
@require_safe
def checks(request: PersonRequest, experiment_id: UUID) -> HttpResponse:
    """The checklist beside the form, as it stands after the last save."""
    found = worked(request, experiment_id)
    context = {"experiment": found, "checks": queries.checks_of(found, clock.now())}
    return render(request, "experiments/edit.html#checks", context)


@signed_in
@require_POST
def make_ready(request: PersonRequest, experiment_id: UUID) -> HttpResponse:
    actions.make_ready(found := worked(request, experiment_id), by=request.user)
    messages.success(request, _("The plan is ready for sparring. Your mentors have been told."))
    return redirect(found)


@signed_in
@require_http_methods(["GET", "POST"])
def allow_dates(request: PersonRequest, experiment_id: UUID) -> HttpResponse:
    found = get_object_or_404(queries.whole(Experiment.objects.run_by(request.user)), pk=experiment_id)
    form = ReasonForm(posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(actions.allow_dates, found, form.cleaned_data["reason"], by=request.user)
    ):
        return redirect(found)
    return form_page(request, "allow_dates", found, form)


def _not_saved(form: Form, status: int) -> JsonResponse:
    labels = {name: f"{field.label}: " for name, field in form.fields.items()}
    detail = " ".join(f"{labels.get(name, '')}{errors[0]}" for name, errors in form.errors.items())
    return JsonResponse({"title": _("Not saved"), "detail": detail}, status=status)
