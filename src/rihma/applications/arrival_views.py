"""What those who run a programme do with what arrived late or lacks something."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.applications import actions
from rihma.applications.arrival_forms import JudgeForm
from rihma.applications.models import Receipt
from rihma.applications.views import every
from rihma.base.forms import posted

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


def outages_around(receipt: Receipt) -> list[tuple[object, object]]:
    """Between two days before the closing and its arrival."""
    around = import_string(settings.OUTAGES)
    found: list[tuple[object, object]] = around(receipt.application.call.closes - BEFORE_CLOSING, receipt.received_at)
    return found
