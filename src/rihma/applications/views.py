from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.applications import actions
from rihma.applications.answers.drawing import steps_of
from rihma.applications.answers.reading import Role, in_parts
from rihma.applications.editing import ground_of, pending
from rihma.applications.found import every, written
from rihma.applications.models import Application
from rihma.applications.queries import as_edited, missing_of
from rihma.applications.versions import versions_of
from rihma.base import clock
from rihma.teams.queries import checked, is_in, partners_of, places_of
from rihma.teams.rules import is_eligible


@signed_in
@require_http_methods(["GET", "POST"])
def submit(request: PersonRequest, application_id: UUID) -> HttpResponse:
    found = written(request, application_id)
    if request.method == "POST":
        actions.submit(found, by=request.user)
        return redirect("applications:receipt", found.pk)
    if not (found.is_draft or found.edits or pending(found)):
        return redirect("applications:receipt", found.pk)
    return render(request, "applications/submit.html", page(as_edited(found)))


@signed_in
@require_safe
def receipt(request: PersonRequest, application_id: UUID) -> HttpResponse:
    found = get_object_or_404(
        every().read_by(request.user).select_related("receipt__by"), pk=application_id, receipt__isnull=False
    )
    context = {**page(found), "receipt": found.receipt, "versions": versions_of(found)}
    return render(request, "applications/receipt.html", context)


def role_of(request: PersonRequest, found: Application) -> Role:
    """Of those who may read it at all: its writers, or who runs the programme."""
    return "writers" if is_in(found.team, request.user) else "owners"


def page(found: Application, role: Role = "writers") -> dict[str, object]:
    """What every page of one application shows: who is in, what was answered, and how the rules stand."""
    return {**standing(found), "sections": in_parts(found, role)}


def standing(found: Application) -> dict[str, object]:
    """The same without the answers, which a form shows by itself."""
    now = checked(found.team)
    return {
        "application": found,
        "call": found.call,
        "programme": found.call.programme,
        "team": found.team,
        "places": places_of(found.team),
        "partners": partners_of(found.team),
        "checked": now,
        "eligible": is_eligible(now),
        "ground": ground_of(found, clock.now()),
        "missing": missing_of(found) if found.is_draft or found.edits else [],
        "steps": steps_of(found) if found.is_draft or found.edits else [],
    }
