"""The files of one answer: sent, shown, taken out again, and read by whoever may read the answer."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rihma.accounts.access import person_of, public, signed_in
from rihma.accounts.http import PersonRequest
from rihma.applications import actions
from rihma.applications.answers.files import limits_of, listed
from rihma.applications.answers.reading import files_at
from rihma.applications.file_reading import file_read_by
from rihma.applications.found import written
from rihma.applications.models import Application
from rihma.applications.queries import as_edited, asked_later, asked_of, today_of
from rihma.base.files.kinds import accepted
from rihma.base.files.sending import sent
from rihma.base.forms import Form
from rihma.base.refused import Refused
from rihma.calls.rules import Asked

MOST_AT_ONCE = 10


class SeveralInput(forms.FileInput):
    allow_multiple_selected = True


class SeveralFiles(forms.FileField):
    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list) else [data]
        files = [super(SeveralFiles, self).clean(one, initial) for one in given]
        if len(files) > MOST_AT_ONCE:
            raise forms.ValidationError(_("Send at most %(n)s files at once.") % {"n": MOST_AT_ONCE})
        return files


class FilesForm(Form):
    upload = SeveralFiles(
        label=gettext_lazy("Add files"),
        # So that an empty one is refused in our words.
        allow_empty_file=True,
        widget=SeveralInput(),
        error_messages={"required": gettext_lazy("Choose a file first.")},
    )

    def __init__(self, question: Asked, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].help_text = limits_of(question)
        more = {"multiple": True} if question.most_files > 1 else {"multiple": False}
        self.fields["upload"].widget.attrs |= {"accept": accepted(question.file_kinds), **more}


@signed_in
@require_http_methods(["GET", "POST"])
def files(request: PersonRequest, application_id: UUID, key: str) -> HttpResponse:
    """All files of one answer, and where more are sent: from a form, or one by one from a page that is open."""
    found, question = _written(request, application_id, key)
    form = FilesForm(question, request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method != "POST":
        return _page(request, found, question, form)
    if form.is_valid() and _add_each(request, form, found, question):
        return _answer(request, found, question)
    if _is_fetched(request):
        detail = " ".join(str(words) for errors in form.errors.values() for words in errors)
        return JsonResponse({"title": _("Not sent"), "detail": detail}, status=422)
    return _page(request, *_written(request, application_id, key), form)


def _add_each(request: PersonRequest, form: FilesForm, found: Application, question: Asked) -> bool:
    """One that is refused keeps none of the others out."""
    for upload in form.cleaned_data["upload"]:
        content = upload.read(question.most_bytes + 1)
        try:
            actions.add_file(found, question, content, name=upload.name or "", by=request.user)
        except Refused as refused:
            form.add_error("upload", f"{upload.name}: {refused}")
        # As it is now, since each file changes how many may still come.
        found = written(request, found.pk)
    return not form.errors


@signed_in
@require_POST
def remove_file(request: PersonRequest, application_id: UUID, key: str, file_id: UUID) -> HttpResponse:
    found, question = _written(request, application_id, key)
    try:
        actions.remove_file(found, question, file_id, by=request.user)
    except Refused as refused:
        if not _is_fetched(request):
            raise
        return JsonResponse({"title": _("Not saved"), "detail": str(refused)}, status=409)
    return _answer(request, found, question)


@public
@require_safe
def file(request: HttpRequest, application_id: UUID, key: str, file_id: UUID) -> HttpResponseBase:
    """The bytes, looked up from whoever asks, each time: who may read the answer may read them."""
    found = file_read_by(person_of(request), application_id, key, file_id)
    if found is None:
        raise Http404
    known = request.headers.get("If-None-Match", "")
    return sent(found.file, kind=found.kind, name=found.name, digest=found.digest, known=known)


def _answer(request: PersonRequest, found: Application, question: Asked) -> HttpResponse:
    if _is_fetched(request):
        fresh = written(request, found.pk)
        return JsonResponse({"version": fresh.version, "saved_at": fresh.saved_at.isoformat()})
    messages.success(request, _("Saved."))
    return redirect("applications:files", found.pk, question.key)


def _is_fetched(request: PersonRequest) -> bool:
    """By a page that stays open and says itself what came of it."""
    return request.headers.get("X-Requested-With") == "fetch"


def _page(request: PersonRequest, found: Application, question: Asked, form: FilesForm) -> HttpResponse:
    context = {
        "application": found,
        "call": found.call,
        "programme": found.call.programme,
        "team": found.team,
        "question": question,
        "files": listed(as_edited(found).answers.get(question.key)),
        "at": f"{files_at(found)}{question.key}/",
        "form": form,
        "later": question.key in {one.key for one in asked_later(found, today_of(found.call))} and not found.is_draft,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "applications/files.html", context, status=status)


def _written(request: PersonRequest, application_id: UUID, key: str) -> tuple[Application, Asked]:
    """With the question of today: a file that was asked for once and is not any more can only be read."""
    found = written(request, application_id)
    question = next((one for one in asked_of(found) if one.key == key and one.kind == "file"), None)
    if question is None:
        raise Http404(key)
    return found, question
