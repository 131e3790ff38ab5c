from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.applications.models import Application, ApplicationQuerySet
from rihma.base.forms import posted
from rihma.calls.models import Call
from rihma.records import actions
from rihma.records.forms import DecideSecretForm, MarkForm
from rihma.records.models import SecretPart
from rihma.records.parts import parts_of
from rihma.records.queries import copy_of, marks_of


@signed_in
@require_http_methods(["GET", "POST"])
def mark(request: PersonRequest, application_id: UUID) -> HttpResponse:
    """For the team: which parts hold secrets, and what was decided on them."""
    found = get_object_or_404(_every().filter(pk__in=Application.objects.written_by(request.user)), pk=application_id)
    form = MarkForm(posted(request))
    if form.is_valid() and form.attempt(
        actions.mark_secret, found, form.cleaned_data["part"], because=form.cleaned_data["because"], by=request.user
    ):
        messages.success(request, _("Marked. No copy shows it before it has been decided."))
        return redirect("records:mark", found.pk)
    marks = marks_of(found)
    rows = []
    for part in parts_of(found):
        bound = request.method == "POST" and form.data.get("part") == part.key
        fresh = MarkForm(initial={"part": part.key, "because": part.proposed}, auto_id=f"{part.key}_%s")
        rows.append({"part": part, "mark": marks.get(part.key), "form": form if bound else fresh})
    return render(request, "records/mark.html", {**_page(found), "rows": rows, "form": form})


@signed_in
@require_POST
def unmark(request: PersonRequest, application_id: UUID, part: str) -> HttpResponse:
    own = SecretPart.objects.filter(application__in=Application.objects.written_by(request.user))
    found = get_object_or_404(own, application=application_id, part=part)
    actions.unmark_secret(found, by=request.user)
    messages.success(request, _("It is no longer marked as secret."))
    return redirect("records:mark", application_id)


@signed_in
@require_http_methods(["GET", "POST"])
def decide(request: PersonRequest, application_id: UUID, part: str) -> HttpResponse:
    application = _run(request, application_id)
    found = get_object_or_404(SecretPart, application=application, part=part)

    def newest() -> dict[str, object]:
        return SecretPart.objects.get(pk=found.pk).facts

    form = DecideSecretForm.filled(found.facts, posted(request))
    if form.is_valid() and form.attempt_seen(
        actions.decide_secret, found, newest=newest, by=request.user, **form.cleaned_data
    ):
        messages.success(request, _("Decided. The copy follows it at once."))
        return redirect("records:redacted", application.pk)
    words = next((one for one in parts_of(application) if one.key == part), None)
    return render(request, "records/decide.html", {**_page(application), "mark": found, "part": words, "form": form})


@signed_in
@require_safe
def redacted(request: PersonRequest, application_id: UUID) -> HttpResponse:
    """What may be given to whoever asks, as it will be given, with the marks beside it."""
    found = _run(request, application_id)
    titles = {part.key: part.title for part in parts_of(found)}
    marks = [{"mark": one, "title": titles.get(one.part, one.part)} for one in marks_of(found).values()]
    return render(request, "records/redacted.html", {**_page(found), "copied": copy_of(found), "marks": marks})


def _every() -> ApplicationQuerySet:
    return Application.objects.select_related("team__programme", "call__programme", "receipt", "case")


def _run(request: PersonRequest, application_id: UUID) -> Application:
    calls = Call.objects.run_by(request.user)
    return get_object_or_404(_every().filter(call__in=calls).exclude(state="draft"), pk=application_id)


def _page(found: Application) -> dict[str, object]:
    return {
        "application": found,
        "team": found.team,
        "programme": found.call.programme,
        "case": getattr(found, "case", None),
    }
