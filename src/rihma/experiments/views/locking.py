from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base.forms import posted
from rihma.experiments import actions
from rihma.experiments.forms import AmendForm
from rihma.experiments.views.found import form_page, worked


@signed_in
@require_POST
def start(request: PersonRequest, experiment_id: UUID) -> HttpResponse:
    actions.start(found := worked(request, experiment_id), by=request.user)
    messages.success(request, _("The experiment runs. Its plan is locked, and the receipt is on its way."))
    return redirect(found)


@signed_in
@require_http_methods(["GET", "POST"])
def amend(request: PersonRequest, experiment_id: UUID) -> HttpResponse:
    found = worked(request, experiment_id)
    if not found.is_under_way:
        return redirect(found)
    form = AmendForm(found, posted(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if form.attempt(actions.amend, found, given["reason"], seen=given["version"], by=request.user, **form.plan):
            return redirect(found)
        form.show_newest(worked(request, experiment_id))
    return form_page(request, "amend", found, form)
