"""The application while it is written: a form that saves itself, field by field, with the rules beside it."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.applications import actions, copying, together
from rihma.applications.answers.organisations import ask_back, asks_back
from rihma.applications.box import speaks_anew
from rihma.applications.copying import is_blank
from rihma.applications.editing import Ground, ground_of
from rihma.applications.forms import DraftForm
from rihma.applications.found import read, written
from rihma.applications.models import Application
from rihma.applications.queries import as_edited, asked_later, today_of
from rihma.applications.rules import check_may_save
from rihma.applications.together import Parts, typed_in
from rihma.applications.versions import late_of, read_completions, versions_of
from rihma.applications.views import page, role_of, standing
from rihma.base import clock
from rihma.base.forms import posted
from rihma.calls.rules import IDEA
from rihma.teams.beside import mentions


@signed_in
@require_http_methods(["GET", "POST"])
def application(request: PersonRequest, application_id: UUID) -> HttpResponse:
    """A draft to its writers as a form; what was submitted as it stands."""
    found = read(request, application_id)
    if found.is_draft:
        return _edited(request, found)
    role, completions, versions = role_of(request, found), read_completions(found), versions_of(found)
    context = {
        **page(found, role),
        "writes": role == "writers",
        "versions": versions,
        "late": late_of(versions),
        "full": _full_of(request, found),
        "completions": completions,
    }
    if found.state == Application.State.SUBMITTED and context["ground"] is None:
        context["later"] = asked_later(found, today_of(found.call))
    return render(request, "applications/application.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, application_id: UUID) -> HttpResponse:
    """The same form, also for what was submitted: what is changed there counts once it is submitted anew."""
    found = written(request, application_id)
    check_may_save(found.state, is_open=ground_of(found, clock.now()) is not None)
    return _edited(request, found)


@signed_in
@require_POST
def drop_edits(request: PersonRequest, application_id: UUID) -> HttpResponse:
    found = written(request, application_id)
    actions.drop_edits(found, by=request.user)
    messages.success(request, _("The changes are dropped. What you submitted stands."))
    return redirect(found)


@signed_in
@require_POST
def withdraw(request: PersonRequest, application_id: UUID) -> HttpResponse:
    found = written(request, application_id)
    actions.withdraw(found, by=request.user)
    messages.success(request, _("The application is withdrawn."))
    return redirect("applications:application", found.pk)


@signed_in
@require_POST
def save(request: PersonRequest, application_id: UUID) -> JsonResponse:
    """What the page sends by itself while somebody types."""
    found = written(request, application_id)
    seen, open_page = together.seen_of(request.POST), request.POST.get("page", "")[:40]
    # An open page leaves out what it knows to be saved.
    form = DraftForm(as_edited(found), request.POST, only=seen if request.POST.get("parts") == "unsaved" else None)
    form.is_valid()
    typed = typed_in(form, ground=_ground(found))
    at = request.POST.get("at", "")
    how = {"seen": seen, "page": open_page, "at": at, "known": form.questions}
    if not form.attempt(actions.save_fields, found, typed, **how, by=request.user):
        return JsonResponse({"title": _("Not saved"), "detail": form.non_field_errors()[0]}, status=409)
    fresh, contested = form.result.application, form.result.contested
    answer = {
        "saved_at": fresh.saved_at.isoformat(),
        "version": fresh.version,
        "box": speaks_anew(
            form.result.changed, form.result.before, form.questions, mentions(found.call.programme.requirements)
        ),
        **together.answer(request, fresh, typed=typed, contested=contested, here=form.result.writers),
    }
    if form.errors:
        detail = " ".join(f"{form.fields[name].label}: {errors[0]}" for name, errors in form.errors.items())
        return JsonResponse({**answer, "title": _("Not saved"), "detail": detail}, status=422)
    if contested:
        return JsonResponse({**answer, "title": _("Not saved"), "detail": together.told(form, contested)}, status=409)
    return JsonResponse(answer)


@signed_in
@require_POST
def meanwhile(request: PersonRequest, application_id: UUID) -> JsonResponse:
    """Says where this person writes, and hears where the others do and what they have saved."""
    found = written(request, application_id)
    here = actions.write_at(found, request.POST.get("at", ""), by=request.user)
    return JsonResponse({"version": found.version, **together.answer(request, found, here=here)})


@signed_in
@require_safe
def rules_now(request: PersonRequest, application_id: UUID) -> HttpResponse:
    """The rules beside the form, as they stand after the last save."""
    found = written(request, application_id)
    return render(request, "applications/draft.html#rules-now", standing(as_edited(found)))


def _full_of(request: PersonRequest, idea: Application) -> Application | None:
    """What an idea has become, for those who may read that; a draft is its writers' own."""
    full: Application | None = getattr(idea, "continued_by", None) if idea.stage == IDEA else None
    if full is None:
        return None
    if not full.is_draft and idea.call.programme.is_run_by(request.user):
        return full
    return Application.objects.read_by(request.user).filter(continues=idea.pk).first()


def _ground(found: Application) -> Ground | None:
    """A draft may be written in whole at any time."""
    return None if found.is_draft else ground_of(found, clock.now())


def _edited(request: PersonRequest, found: Application) -> HttpResponse:
    form, ground = DraftForm(as_edited(found), posted(request)), _ground(found)
    # Not what was just sent: where a session had ended meanwhile, the form is filled with what was sent then.
    seen = together.seen_of(form.data)
    if request.method != "POST":
        return _draft(request, found, Parts(form, found, seen, ground=ground))
    form.is_valid()
    typed = typed_in(form, but=request.POST.get("take", ""), ground=ground)
    kept = form.attempt(actions.save_fields, found, typed, seen=seen, by=request.user)
    contested = form.result.contested if kept else {}
    if form.errors or contested:
        newest = as_edited(read(request, found.pk))
        parts = replace(Parts.again(form, newest, seen, contested), ground=ground)
        return _draft(request, newest, parts, status=422)
    if asks_back(form):
        # Kept as it was typed; asked once whether it is one of those that are called nearly so.
        newest = as_edited(read(request, found.pk))
        again = DraftForm(newest)
        if ask_back(again, form):
            return _draft(request, newest, Parts(again, newest, {}, ground=ground), status=422)
    if request.POST.get("files"):
        return redirect("applications:files", found.pk, request.POST["files"])
    if "review" in request.POST:
        return redirect("applications:submit", found.pk)
    said = (
        _("The draft is saved. It is not yet submitted.")
        if found.is_draft
        else _("The changes are saved. They count once you submit the application anew.")
    )
    messages.success(request, said)
    return redirect(request.path)


def _draft(request: PersonRequest, found: Application, parts: Parts, status: int = 200) -> HttpResponse:
    amendments = found.call.amendments.filter(at__gte=found.started_at)
    earlier = is_blank(found) and copying.earlier(request.user, found.call).exists()
    context = {**standing(found), "amendments": amendments, "form": parts.form, "parts": parts, "earlier": earlier}
    return render(request, "applications/draft.html", context, status=status)
