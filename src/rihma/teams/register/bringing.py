"""A list of organisations brought in: first what it would do, row by row; then, by a second press, that."""

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.actors import business_register, lists
from rihma.actors.planned import Plan
from rihma.base.forms import Form, posted
from rihma.base.refused import Refused
from rihma.base.seen import check_seen
from rihma.teams.register.views import check_keeps


class BringForm(Form):
    """A file, or the text of one that has been looked at."""

    upload = forms.FileField(
        label=gettext_lazy("List of organisations"),
        help_text=gettext_lazy(
            "CSV, at most 2 MB, whose first row names the columns; or JSON of the business register, at most 10 MB. At most 1,000 organisations."
        ),
        required=False,
        widget=forms.FileInput({"accept": ".csv,.txt,.json,text/csv,application/json"}),
    )
    text = forms.CharField(required=False, strip=False, max_length=4_000_000, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        if not self.cleaned_data.get("upload") and not self.cleaned_data.get("text") and not self.errors:
            self.add_error("upload", _("Choose the list."))
        return self.cleaned_data


@signed_in
@require_http_methods(["GET", "POST"])
def bring_in(request: PersonRequest) -> HttpResponse:
    check_keeps(request)
    form = BringForm(posted(request), request.FILES or None)
    page = "teams/register/bring_in.html"
    if request.method != "POST" or not form.is_valid():
        return render(request, page, {"form": form}, status=422 if form.errors else 200)
    try:
        plan, text = _planned(form)
        if "bring" in request.POST and form.cleaned_data["text"]:
            check_seen(form.cleaned_data["seen"], plan.mark)
            count = len(plan.new) + len(plan.changed)
            lists.carry_out(plan, by=request.user)
            words = ngettext("%(n)s organisation is brought in.", "%(n)s organisations are brought in.", count)
            messages.success(request, words % {"n": count})
            return redirect("organisations:list")
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        if refused.code != "newer":
            return render(request, page, {"form": form}, status=422)
        plan, text = _planned(form)
    again = BringForm(initial={"text": text, "seen": plan.mark})
    return render(request, page, {"form": form, "again": again, "plan": plan})


def _planned(form: BringForm) -> tuple[Plan, str]:
    upload = form.cleaned_data.get("upload")
    if isinstance(upload, UploadedFile):
        file = upload.read(business_register.LONGEST_FILE + 1)
    else:
        file = form.cleaned_data["text"].encode()
    if business_register.is_one(file):
        companies = business_register.read(file)
        return lists.plan(business_register.rows_of(companies)), business_register.as_text(companies)
    table = lists.read(file)
    return lists.plan(lists.rows_of(table)), lists.as_text(table)
