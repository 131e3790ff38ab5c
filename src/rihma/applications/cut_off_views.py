from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.applications import cut_offs
from rihma.base.forms import posted
from rihma.base.words import Words
from rihma.calls import actions as calls
from rihma.calls.actions.intakes import counting, mark
from rihma.calls.cut_off_forms import CountingForm, CutOffForm
from rihma.calls.forms import RemoveForm
from rihma.calls.models import Call, Intake
from rihma.calls.queries import stage_of


@signed_in
@require_http_methods(["GET", "POST"])
def add_cut_off(request: PersonRequest, slug: str) -> HttpResponse:
    call = get_object_or_404(Call.objects.run_by(request.user), programme__slug=slug)
    form = CutOffForm(posted(request), initial={"closes_at": call.closes_at})
    # Nobody is wronged by one chance more, so no reason is asked for.
    del form.fields["because"], form.fields["seen"]
    if form.is_valid() and form.attempt(cut_offs.add, call, because=Words(), by=request.user, **form.cleaned_data):
        messages.success(request, _("The cut-off is saved."))
        return redirect("applications:set_times", slug)
    context = {"call": call, "programme": call.programme, "form": form}
    return render(request, "applications/cut_off.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def move_cut_off(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    intake = _intake(request, slug, number)
    if intake.is_last:
        # It ends with the call, whose closing is moved on the page before.
        raise Http404
    form = CutOffForm(posted(request), initial={**_moment(intake), "seen": mark(intake)})
    form.ask_reason(stage_of(intake.call))
    if form.is_valid():
        given = {"because": Words(), **form.cleaned_data}
        if form.attempt(cut_offs.move, intake, by=request.user, **given):
            messages.success(request, _("The cut-off is saved."))
            return redirect("applications:set_times", slug)
        newest = _intake(request, slug, number)
        form.show_newer(_moment(newest), mark(newest))
    context = {"call": intake.call, "programme": intake.programme, "intake": intake, "form": form}
    return render(request, "applications/cut_off.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def remove_cut_off(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    intake = _intake(request, slug, number)
    form = RemoveForm(posted(request), initial={"seen": mark(intake)})
    form.ask_reason(stage_of(intake.call))
    if form.is_valid():
        given = {"because": Words(), **form.cleaned_data}
        if form.attempt(cut_offs.remove, intake, by=request.user, **given):
            messages.success(request, _("The cut-off is removed."))
            return redirect("applications:set_times", slug)
        form.show_newer({}, mark(_intake(request, slug, number)))
    context = {"call": intake.call, "programme": intake.programme, "intake": intake, "form": form}
    return render(request, "applications/remove_cut_off.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def count_places(request: PersonRequest, slug: str) -> HttpResponse:
    call = get_object_or_404(Call.objects.run_by(request.user), programme__slug=slug)
    form = CountingForm.filled(counting(call), posted(request))
    if form.is_valid() and form.attempt_seen(
        calls.count_places,
        call,
        newest=lambda: counting(Call.objects.get(pk=call.pk)),
        by=request.user,
        **form.cleaned_data,
    ):
        messages.success(request, _("It is saved."))
        return redirect("applications:set_times", slug)
    context = {"call": call, "programme": call.programme, "form": form}
    return render(request, "applications/count_places.html", context, status=422 if form.errors else 200)


def _intake(request: PersonRequest, slug: str, number: int) -> Intake:
    # Not of a call in two stages, because these are no cut-offs and have a page of their own.
    found = Intake.objects.run_by(request.user).filter(call__ideas_most=None)
    return get_object_or_404(found, call__programme__slug=slug, number=number)


def _moment(intake: Intake) -> dict[str, object]:
    return {"closes_on": intake.closes_on, "closes_at": intake.closes_at}
