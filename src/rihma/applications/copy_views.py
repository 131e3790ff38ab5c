"""Bring in what somebody wrote in an earlier round: seen first, then done."""

from typing import cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.applications import copying
from rihma.applications.copying import Brought
from rihma.applications.fields import seen_in
from rihma.applications.found import written
from rihma.applications.models import Application
from rihma.applications.rules import check_may_copy
from rihma.base.forms import Form, posted
from rihma.teams.models import Member


class CopyForm(Form):
    """Which fields come, and who is invited anew; nothing has to be chosen."""

    fields_to_bring = forms.MultipleChoiceField(required=False)
    invite = forms.MultipleChoiceField(required=False)

    def __init__(self, lines: list[Brought], people: list[Member], data: QueryDict | None) -> None:
        super().__init__(data)
        choices = {
            "fields_to_bring": [(one.field, one.label) for one in lines if one.comes],
            "invite": [(str(one.pk), str(one.person)) for one in people],
        }
        for name, offered in choices.items():
            cast("forms.MultipleChoiceField", self.fields[name]).choices = offered


@signed_in
@require_safe
def copy_from(request: PersonRequest, application_id: UUID) -> HttpResponse:
    """Which of the earlier ones."""
    found = _draft(request, application_id)
    earlier = list(copying.earlier(request.user, found.call))
    context = {"application": found, "programme": found.call.programme, "earlier": earlier}
    return render(request, "applications/copy_from.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def copy(request: PersonRequest, application_id: UUID, source_id: UUID) -> HttpResponse:
    found = _draft(request, application_id)
    source = get_object_or_404(copying.earlier(request.user, found.call), pk=source_id)
    lines, people = copying.brought(source, found), copying.people_of(source, found, request.user)
    data = posted(request)
    form = CopyForm(lines, people, data)
    if form.is_valid() and form.attempt(
        copying.copy,
        found,
        source,
        fields=form.cleaned_data["fields_to_bring"],
        invite=[UUID(one) for one in form.cleaned_data["invite"]],
        seen=seen_in(request.POST.getlist("seen")),
        by=request.user,
    ):
        if form.result:
            messages.warning(request, _("Somebody wrote meanwhile in some of the fields; what they wrote stays."))
        messages.success(
            request, _("What you chose is in the draft. Read it through: it was written for another call.")
        )
        return redirect(found)
    context = {
        "application": found,
        "programme": found.call.programme,
        "source": source,
        "coming": [one for one in lines if one.comes],
        "staying": [one for one in lines if not one.comes],
        "people": people,
        "marks": copying.marks(found),
        "form": form,
        "chosen": None if data is None else data.getlist("fields_to_bring"),
    }
    return render(request, "applications/copy.html", context)


def _draft(request: PersonRequest, application_id: UUID) -> Application:
    found = written(request, application_id)
    check_may_copy(found.state, wrote=True)
    return found
