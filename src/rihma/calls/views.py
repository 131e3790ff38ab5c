from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rihma.accounts.access import person_of, public, signed_in
from rihma.accounts.http import PersonRequest
from rihma.base import clock
from rihma.base.access import same_for_strangers
from rihma.base.forms import posted
from rihma.calls import actions
from rihma.calls.forms import CallForm
from rihma.calls.models import Call
from rihma.calls.queries import event_of
from rihma.programmes.models import Programme


@public
@same_for_strangers
@require_safe
def call(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Call.objects.visible_to(person_of(request)), programme__slug=slug)
    person = person_of(request)
    runs = person is not None and Call.objects.run_by(person).filter(pk=found.pk).exists()
    context = {
        "call": found,
        "programme": found.programme,
        "questions": found.questions.all(),
        "criteria": found.criteria.all(),
        "is_open": found.is_open(clock.now()),
        "runs": runs,
        "event": event_of(found, request.build_absolute_uri(request.path)),
    }
    return render(request, "calls/call.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def create(request: PersonRequest, slug: str) -> HttpResponse:
    """For a programme that was made in pages and has no call yet."""
    programme = get_object_or_404(Programme.objects.run_by(request.user), slug=slug)
    form = CallForm(posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(actions.create, programme, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("The call is saved."))
        return redirect(form.result)
    return render(request, "calls/create.html", {"programme": programme, "form": form})


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Call.objects.run_by(request.user), programme__slug=slug)
    form = CallForm.of(found, posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(actions.edit, found, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("The call is saved."))
        return redirect(found)
    return render(request, "calls/edit.html", {"call": found, "programme": found.programme, "form": form})
