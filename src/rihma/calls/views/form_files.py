"""The form alone, out and in: for the next call, or for a colleague in another organisation."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base.forms import posted
from rihma.calls import actions
from rihma.calls.form_file import from_json, to_json
from rihma.calls.forms import FormFileForm
from rihma.calls.views.lines import QUESTIONS, call_run_by, page_of

BIGGEST = 1_000_000


@signed_in
@require_safe
def export_form(request: PersonRequest, slug: str) -> HttpResponse:
    call = call_run_by(request, slug)
    response = HttpResponse(to_json(call), content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-form.json"'
    return response


@signed_in
@require_http_methods(["GET", "POST"])
def import_form(request: PersonRequest, slug: str) -> HttpResponse:
    """With mistakes the text stays in the page, to be mended there."""
    call = call_run_by(request, slug)
    context = {**page_of(call, QUESTIONS), "heading": _("Bring in a form")}
    if request.method != "POST":
        return render(request, "calls/import_form.html", {**context, "form": FormFileForm(posted(request))})
    text = _given(request)
    form = FormFileForm({**request.POST.dict(), "text": text})
    tables, problems = from_json(text)
    if not problems and form.is_valid():
        replace = form.cleaned_data["how"] == "replace"
        if form.attempt(actions.take_form, call, tables, replace=replace, by=request.user):
            messages.success(request, _("The form is brought in."))
            return redirect("calls:questions", slug)
    return render(request, "calls/import_form.html", {**context, "form": form, "problems": problems}, status=422)


def _given(request: PersonRequest) -> str:
    """The chosen file, else the text. What is far too big is not read to its end."""
    upload = request.FILES.get("upload")
    if isinstance(upload, UploadedFile):
        return bytes(upload.read(BIGGEST)).decode(errors="replace")
    return str(request.POST.get("text", ""))
