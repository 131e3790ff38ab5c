"""Whether a call runs in two stages, for those who run it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.applications import two_stages
from rihma.base.forms import posted
from rihma.calls.actions.two_stages import staging
from rihma.calls.forms import RemoveForm
from rihma.calls.models import Call
from rihma.calls.queries import stage_of
from rihma.calls.two_stage_forms import StagesForm


@signed_in
@require_http_methods(["GET", "POST"])
def set_stages(request: PersonRequest, slug: str) -> HttpResponse:
    call = get_object_or_404(Call.objects.run_by(request.user), programme__slug=slug)
    form = StagesForm.filled(staging(call), posted(request))
    form.ask_reason(stage_of(call))
    if not call.is_staged:
        form.initial["closes_at"] = call.closes_at
    if form.is_valid():
        if form.attempt_seen(
            two_stages.set_stages, call, newest=lambda: staging(_newest(call)), by=request.user, **form.given
        ):
            messages.success(request, _("The stages are saved."))
            return redirect("applications:set_times", slug)
        call = _newest(call)
    context = {"call": call, "programme": call.programme, "form": form}
    return render(request, "applications/set_stages.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def drop_stages(request: PersonRequest, slug: str) -> HttpResponse:
    call = get_object_or_404(Call.objects.run_by(request.user), programme__slug=slug)
    if not call.is_staged:
        raise Http404
    form = RemoveForm.filled(staging(call), posted(request))
    form.ask_reason(stage_of(call))
    if form.is_valid() and form.attempt_seen(
        two_stages.drop_stages,
        call,
        newest=lambda: staging(_newest(call)),
        by=request.user,
        **form.cleaned_data,
    ):
        messages.success(request, _("The call has one stage again."))
        return redirect("applications:set_times", slug)
    context = {"call": call, "programme": call.programme, "form": form}
    return render(request, "applications/drop_stages.html", context, status=422 if form.errors else 200)


def _newest(call: Call) -> Call:
    return Call.objects.select_related("programme").get(pk=call.pk)
