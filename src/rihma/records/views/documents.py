from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from rihma.accounts.access import person_of, public, signed_in
from rihma.accounts.http import PersonRequest, place_of
from rihma.base.forms import posted
from rihma.programmes.models import Programme
from rihma.records import actions
from rihma.records.forms import AnswerForm, AskForm
from rihma.records.models import DocumentRequest
from rihma.records.queries import opened_by, token_of
from rihma.records.views.register import run

LOG = 500


@public
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    programme = get_object_or_404(Programme.objects.visible_to(person_of(request)), slug=slug)
    form = AskForm(posted(request))
    if form.is_valid() and form.attempt(
        actions.ask,
        programme,
        what=form.cleaned_data["what"],
        address=form.cleaned_data["address"],
        language=get_language() or "fi",
        place=place_of(request),
    ):
        asked = form.result
        return redirect("records:asked", slug, asked.pk, token_of(asked))
    return render(request, "records/ask.html", {"programme": programme, "form": form})


@public
@never_cache
@require_safe
def asked(request: HttpRequest, slug: str, request_id: UUID, token: str) -> HttpResponse:
    """For whoever has the address: their request, and its answer once there is one."""
    programme = get_object_or_404(Programme.objects.visible_to(person_of(request)), slug=slug)
    found = opened_by(programme, request_id, token)
    if found is None:
        raise Http404
    return render(request, "records/asked.html", {"programme": programme, "asked": found})


@signed_in
@require_safe
def log(request: PersonRequest, slug: str) -> HttpResponse:
    programme = run(request, slug)
    found = DocumentRequest.objects.filter(programme=programme).select_related("programme", "answered_by")[:LOG]
    return render(request, "records/log.html", {"programme": programme, "requests": found})


@signed_in
@require_http_methods(["GET", "POST"])
def answer(request: PersonRequest, request_id: UUID) -> HttpResponse:
    runs = DocumentRequest.objects.run_by(request.user).select_related("programme", "answered_by")
    found = get_object_or_404(runs, pk=request_id)
    form = AnswerForm(posted(request))
    if form.is_valid() and form.attempt(actions.answer, found, by=request.user, **form.cleaned_data):
        messages.success(request, _("The answer is in the log, and whoever asked can read it."))
        return redirect("records:log", found.programme.slug)
    return render(request, "records/answer.html", {"programme": found.programme, "asked": found, "form": form})
