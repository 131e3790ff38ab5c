from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base import dates
from rihma.base.forms import posted
from rihma.programmes import actions, file, rules
from rihma.programmes.forms.deeds import CopyForm, ImportForm
from rihma.programmes.models import Programme
from rihma.programmes.queries import may_create


@signed_in
@require_http_methods(["GET", "POST"])
def import_file(request: PersonRequest) -> HttpResponse:
    """A file or a text. With mistakes the text stays in the page, to be mended there."""
    if not may_create(request.user):
        raise Http404
    if request.method == "GET":
        return render(request, "programmes/import.html", {"form": ImportForm(posted(request))})
    data = ImportForm(request.POST, request.FILES).given()
    try:
        programme = actions.import_file(data, by=request.user)
    except file.BadFile as bad:
        text = file.as_text(data)
        context = {"form": ImportForm(initial={"text": text}), "problems": file.quoted(bad.problems, text), "bad": bad}
        return render(request, "programmes/import.html", context)
    messages.success(request, _("The draft is made from the file. Nobody else sees it before you publish it."))
    return redirect(programme)


@signed_in
@require_safe
def export(request: PersonRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Programme.objects.run_by(request.user), slug=slug)
    response = HttpResponse(file.write(found), content_type="application/toml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.slug}.toml"'
    return response


@signed_in
@require_http_methods(["GET", "POST"])
def copy(request: PersonRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Programme.objects.run_by(request.user), slug=slug)
    form = CopyForm.of(found, posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(actions.copy, found, by=request.user, **form.cleaned_data)
    ):
        new: Programme = form.result
        weeks = rules.weeks_between(found.starts, new.starts)
        moved = ngettext("Every date moved by %(n)s week.", "Every date moved by %(n)s weeks.", abs(weeks)) % {
            "n": weeks
        }
        begins = _("The copy begins on %(day)s.") % {"day": dates.day(new.starts, request.LANGUAGE_CODE)}
        messages.success(request, f"{moved} {begins}")
        return redirect("programmes:edit", new.slug)
    return render(request, "programmes/copy.html", {"programme": found, "form": form})
