"""What those who run a programme do with what arrived late or lacks something."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.applications import actions
from rihma.applications.arrival_forms import AskForm, CodeForm, DueForm, GrantForm, JudgeForm
from rihma.applications.found import every
from rihma.applications.models import Application, Receipt
from rihma.base import clock
from rihma.base.forms import Form, posted
from rihma.calls.models import Call

# Who meant to send in the last days may have been kept from it then.
BEFORE_CLOSING = timedelta(days=2)


@signed_in
@require_http_methods(["GET", "POST"])
def judge(request: PersonRequest, application_id: UUID, number: int) -> HttpResponse:
    """With how late it was, and whether the service could be used then."""
    found = get_object_or_404(every().handled_by(request.user), pk=application_id)
    receipt = get_object_or_404(found.receipts.filter(late_seconds__gt=0), version=number)
    form = JudgeForm(posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(actions.judge, receipt, by=request.user, **form.said)
    ):
        messages.success(request, _("The decision is written down, and the team is told."))
        return redirect(found)
    context = {
        "application": found,
        "team": found.team,
        "call": found.call,
        "programme": found.call.programme,
        "receipt": receipt,
        "outages": outages_around(receipt),
        "form": form,
    }
    return render(request, "applications/judge.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def ask_to_complete(request: PersonRequest, application_id: UUID) -> HttpResponse:
    found = get_object_or_404(every().handled_by(request.user), pk=application_id)
    form = AskForm(found, posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(actions.ask_to_complete, found, by=request.user, **form.said)
    ):
        messages.success(request, _("The team has been asked, by mail and on the page of its application."))
        return redirect(found)
    return _asked(request, found, form, "applications/ask_to_complete.html")


@signed_in
@require_http_methods(["GET", "POST"])
def put_off(request: PersonRequest, application_id: UUID) -> HttpResponse:
    """Another date for what the team has been asked to complete."""
    found = get_object_or_404(every().handled_by(request.user), pk=application_id)
    completion = get_object_or_404(found.completions, receipt=None)
    form = DueForm(posted(request), initial={"due_on": completion.due_on, "due_at": completion.due_at})
    given = form.cleaned_data if form.is_valid() else {}
    if given and request.method == "POST" and form.attempt(actions.put_off, completion, by=request.user, **given):
        messages.success(request, _("The date is changed, and the team is told."))
        return redirect(found)
    return _asked(request, found, form, "applications/put_off.html")


def _asked(request: PersonRequest, found: Application, form: Form, template: str) -> HttpResponse:
    context = {"application": found, "team": found.team, "programme": found.call.programme, "form": form}
    return render(request, template, context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def grant(request: PersonRequest, slug: str) -> HttpResponse:
    """Exceptions to the closing time. A new code is shown on the answer to its form, and never again."""
    call = get_object_or_404(Call.objects.run_by(request.user), programme__slug=slug)
    form = GrantForm(posted(request))
    code = ""
    if request.method == "POST" and form.is_valid():
        code = form.result if form.attempt(actions.grant, call, by=request.user, **form.cleaned_data) else ""
    context = {
        "call": call,
        "programme": call.programme,
        "code": code,
        "codes": call.access_codes.select_related("by", "used_by", "application__team", "call__programme"),
        "form": GrantForm() if code else form,
    }
    answer = render(request, "applications/grant.html", context, status=422 if form.errors else 200)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@signed_in
@require_POST
def start_by_code(request: PersonRequest, slug: str) -> HttpResponse:
    call = get_object_or_404(Call.objects.visible_to(request.user), programme__slug=slug)
    form = CodeForm(request.POST)
    if form.is_valid() and form.attempt(actions.start_by_code, call, form.cleaned_data["code"], by=request.user):
        return redirect(form.result)
    context = {"call": call, "programme": call.programme, "is_open": call.is_open(clock.now()), "form": form}
    return render(request, "applications/start.html", context, status=422)


def outages_around(receipt: Receipt) -> list[tuple[object, object]]:
    """Between two days before the closing and its arrival."""
    around = import_string(settings.OUTAGES)
    found: list[tuple[object, object]] = around(
        receipt.application.counts_for.closes - BEFORE_CLOSING, receipt.received_at
    )
    return found
