"""The application while it is written: a form that saves itself, with the rules beside it."""

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
from rihma.applications.models import Application
from rihma.applications.views import every, page, read
from rihma.base.forms import posted


@signed_in
@require_http_methods(["GET", "POST"])
def application(request: PersonRequest, application_id: UUID) -> HttpResponse:
    """A draft to its writers as a form; what was submitted as it stands."""
    found = read(request, application_id)
    if not found.is_draft:
        return render(request, "applications/application.html", page(found))
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
        found = read(request, application_id)
        form.show_newer(found)
    return render(request, "applications/draft.html", {**_draft(found), "form": form}, status=422)


@signed_in
@require_POST
def save(request: PersonRequest, application_id: UUID) -> JsonResponse:
    """What the page sends by itself while somebody types."""
    found = get_object_or_404(every().written_by(request.user), pk=application_id)
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
    found = read(request, application_id)
    return render(request, "applications/draft.html#rules-now", page(found))


def _draft(found: Application) -> dict[str, object]:
    return {**page(found), "amendments": found.call.amendments.filter(at__gte=found.started_at)}
