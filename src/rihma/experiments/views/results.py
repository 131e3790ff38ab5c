from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base import clock
from rihma.base.forms import posted
from rihma.experiments import actions, queries
from rihma.experiments.forms import ConcludeForm, DecideForm
from rihma.experiments.models import Experiment
from rihma.experiments.views.found import form_page, worked


@signed_in
@require_http_methods(["GET", "POST"])
def conclude(request: PersonRequest, experiment_id: UUID) -> HttpResponse:
    found = worked(request, experiment_id)
    if request.method == "GET" and found.state != Experiment.State.ENDED:
        return redirect(found)
    form = ConcludeForm(posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(actions.conclude, found, by=request.user, **form.cleaned_data)
    ):
        return redirect(found)
    result = queries.result_of(found) if found.is_locked else None
    return form_page(request, "conclude", found, form, result=result)


@signed_in
@require_http_methods(["GET", "POST"])
def decide(request: PersonRequest, experiment_id: UUID) -> HttpResponse:
    found = worked(request, experiment_id)
    if request.method == "GET" and found.state != Experiment.State.CONCLUDED:
        return redirect(found)
    form = DecideForm(found.day_of(clock.now()), posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(actions.decide, found, by=request.user, **form.cleaned_data)
    ):
        return redirect(found)
    return form_page(request, "decide", found, form)
