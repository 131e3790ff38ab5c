from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.applications import actions
from rihma.applications.forms import DraftForm
from rihma.applications.models import Application, ApplicationQuerySet
from rihma.applications.queries import answered, asked
from rihma.applications.rules import missing_answers
from rihma.base import clock
from rihma.base.forms import posted
from rihma.base.words import Words
from rihma.calls.forms import SetTimesForm, first_times
from rihma.calls.models import Call
from rihma.calls.queries import is_announced, stage_of
from rihma.calls.tabs import tabs
from rihma.teams.queries import checked, places_of
from rihma.teams.rules import is_eligible


@signed_in
@require_http_methods(["GET", "POST"])
def start(request: PersonRequest, slug: str) -> HttpResponse:
    """Signing in on the way comes back here by GET: the button is shown again, nothing starts by a link alone."""
    call = get_object_or_404(Call.objects.visible_to(request.user), programme__slug=slug)
    if request.method != "POST":
        now = clock.now()
        context = {
            "call": call,
            "programme": call.programme,
            "is_open": call.is_open(now),
            "is_ahead": call.is_ahead(now),
        }
        return render(request, "applications/start.html", context)
    return redirect(actions.start(call, by=request.user))


@signed_in
@require_http_methods(["GET", "POST"])
def set_times(request: PersonRequest, slug: str) -> HttpResponse:
    """Here and not beside the other parts of the call, because those who have begun an application must be told."""
    call = get_object_or_404(Call.objects.run_by(request.user), programme__slug=slug)
    stage = stage_of(call)
    form = SetTimesForm.of(call, stage, posted(request))
    if request.method == "POST" and form.is_valid():
        given = {"because": Words(), **first_times(call), **form.cleaned_data}
        if form.attempt(actions.set_times, call, by=request.user, **given):
            messages.success(request, _("The times are saved."))
            return redirect("applications:set_times", slug)
        newest = Call.objects.select_related("programme").get(pk=call.pk)
        form.show_newer(first_times(newest), newest.times.mark)
    context = {
        "call": call,
        "programme": call.programme,
        "stage": stage,
        "announced": is_announced(call),
        "form": form,
    }
    return render(request, "applications/set_times.html", {**context, "tabs": tabs(call, "applications:set_times")})


@signed_in
@require_http_methods(["GET", "POST"])
def application(request: PersonRequest, application_id: UUID) -> HttpResponse:
    """A draft to its writers as a form; what was submitted as it stands."""
    found = _read(request, application_id)
    if not found.is_draft:
        return render(request, "applications/application.html", _page(found))
    form = DraftForm(found, posted(request))
    if request.method != "POST":
        return render(request, "applications/draft.html", {**_draft(found), "form": form})
    if form.is_valid():
        if form.attempt(
            actions.save,
            found,
            version=form.cleaned_data["version"],
            answers=form.answers,
            by=request.user,
            **form.about,
        ):
            messages.success(request, _("The draft is saved. It is not yet submitted."))
            onward = "applications:submit" if "review" in request.POST else "applications:application"
            return redirect(onward, found.pk)
        found = _read(request, application_id)
        form.show_newer(found)
    return render(request, "applications/draft.html", {**_draft(found), "form": form}, status=422)


@signed_in
@require_POST
def save(request: PersonRequest, application_id: UUID) -> JsonResponse:
    """What the page sends by itself while somebody types."""
    found = get_object_or_404(_all().written_by(request.user), pk=application_id)
    form = DraftForm(found, request.POST)
    if not form.is_valid():
        detail = " ".join(f"{form.fields[name].label}: {errors[0]}" for name, errors in form.errors.items())
        return JsonResponse({"title": _("Not saved"), "detail": detail}, status=422)
    if not form.attempt(
        actions.save, found, version=form.cleaned_data["version"], answers=form.answers, by=request.user, **form.about
    ):
        return JsonResponse({"title": _("Not saved"), "detail": form.non_field_errors()[0]}, status=409)
    return JsonResponse({"saved_at": form.result.saved_at.isoformat(), "version": form.result.version})


@signed_in
@require_safe
def rules_now(request: PersonRequest, application_id: UUID) -> HttpResponse:
    """The rules beside the form, as they stand after the last save."""
    found = _read(request, application_id)
    return render(request, "applications/draft.html#rules-now", _page(found))


@signed_in
@require_http_methods(["GET", "POST"])
def submit(request: PersonRequest, application_id: UUID) -> HttpResponse:
    found = get_object_or_404(_all().written_by(request.user), pk=application_id)
    if request.method == "POST":
        actions.submit(found, by=request.user)
        return redirect("applications:receipt", found.pk)
    if not found.is_draft:
        return redirect("applications:receipt", found.pk)
    return render(request, "applications/submit.html", _page(found))


@signed_in
@require_safe
def receipt(request: PersonRequest, application_id: UUID) -> HttpResponse:
    found = get_object_or_404(
        _all().read_by(request.user).select_related("receipt__by"), pk=application_id, receipt__isnull=False
    )
    return render(request, "applications/receipt.html", {**_page(found), "receipt": found.receipt})


@signed_in
@require_POST
def withdraw(request: PersonRequest, application_id: UUID) -> HttpResponse:
    found = get_object_or_404(_all().written_by(request.user), pk=application_id)
    actions.withdraw(found, by=request.user)
    messages.success(request, _("The application is withdrawn."))
    return redirect("applications:application", found.pk)


def _all() -> ApplicationQuerySet:
    return Application.objects.select_related("team__programme", "team__theme", "call__programme")


def _read(request: PersonRequest, application_id: UUID) -> Application:
    return get_object_or_404(_all().read_by(request.user), pk=application_id)


def _draft(found: Application) -> dict[str, object]:
    return {**_page(found), "amendments": found.call.amendments.filter(at__gte=found.started_at)}


def _page(found: Application) -> dict[str, object]:
    """What every page of one application shows: who is in, and how the rules stand."""
    now = checked(found.team)
    return {
        "application": found,
        "call": found.call,
        "programme": found.call.programme,
        "team": found.team,
        "places": places_of(found.team),
        "checked": now,
        "eligible": is_eligible(now),
        "missing": missing_answers(asked(found.call), found.answers),
        "answered": answered(found),
    }
