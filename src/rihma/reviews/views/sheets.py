"""A juror's scores out as a file and in again. Nothing is kept before it was looked at."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.accounts.models import Person
from rihma.base.forms import posted
from rihma.base.refused import Refused
from rihma.base.seen import check_seen
from rihma.reviews import actions, sheets
from rihma.reviews.forms import BringForm
from rihma.reviews.piles import piles_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@signed_in
@require_safe
def take_out(request: PersonRequest, slug: str, form: str) -> HttpResponse:
    piles = [one for one in piles_of(request.user) if one.programme.slug == slug]
    asked = request.GET.get("cut-off", "")
    pile = next((one for one in piles if str(one.reviewing.intake.number) == asked), piles[0] if piles else None)
    if pile is None or form not in ("xlsx", "csv"):
        raise Http404
    if form == "xlsx":
        response = HttpResponse(sheets.to_xlsx(pile), content_type=XLSX)
    else:
        response = HttpResponse(sheets.to_csv(pile), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{_("reviews")}.{form}"'
    return response


@signed_in
@require_http_methods(["GET", "POST"])
def bring_in(request: PersonRequest) -> HttpResponse:
    """First what the file would do, row by row; then, by a second press, that."""
    form = BringForm(posted(request), request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "reviews/bring_in.html", {"form": form}, status=422 if form.errors else 200)
    try:
        plan, text = _planned(request.user, form)
        if "bring" in request.POST and form.cleaned_data["text"]:
            check_seen(form.cleaned_data["seen"], plan.mark)
            return _done(request, plan)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        if refused.code != "newer":
            return render(request, "reviews/bring_in.html", {"form": form}, status=422)
        plan, text = _planned(request.user, form)
    again = BringForm(initial={"text": text, "seen": plan.mark})
    return render(request, "reviews/bring_in.html", {"form": form, "again": again, "plan": plan})


def _planned(person: Person, form: BringForm) -> tuple[sheets.Plan, str]:
    upload = form.cleaned_data.get("upload")
    if isinstance(upload, UploadedFile):
        file = upload.read(sheets.LONGEST_FILE + 1)
    else:
        file = form.cleaned_data["text"].encode()
    table = sheets.read(file)
    return sheets.plan(person, table), sheets.as_text(table)


def _done(request: PersonRequest, plan: sheets.Plan) -> HttpResponse:
    with transaction.atomic():
        for one in plan.changed:
            actions.save(
                one.assignment,
                version=one.version,
                scores=one.scores,
                reasons=one.reasons,
                overall=one.overall,
                by=request.user,
            )
    words = ngettext(
        "%(n)s review is saved as a draft. Look through it and send it.",
        "%(n)s reviews are saved as drafts. Look through them and send them.",
        len(plan.changed),
    )
    messages.success(request, words % {"n": len(plan.changed)})
    return redirect("reviews:mine")
