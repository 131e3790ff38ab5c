"""Who reads what: by arithmetic, and by hand."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.reviews import actions, queries
from rihma.reviews.forms import LiftForm
from rihma.reviews.models import Assignment, Conflict
from rihma.reviews.views.handling import handled, intake_run_by, reviewing_url


@signed_in
@require_POST
def assign_all(request: PersonRequest, slug: str) -> HttpResponse:
    intake, _cut_offs = intake_run_by(request, slug)
    short = actions.assign_all(intake, by=request.user)
    if short:
        words = ngettext(
            "%(n)s application still lacks readers: those who are left have a conflict of interest or no room.",
            "%(n)s applications still lack readers: those who are left have a conflict of interest or no room.",
            len(short),
        )
        messages.warning(request, words % {"n": len(short)})
    else:
        messages.success(request, _("Every application has its readers. Look through them and change what you wish."))
    return redirect(reviewing_url(intake))


@signed_in
@require_POST
def assign(request: PersonRequest, application_id: UUID) -> HttpResponse:
    application = handled(request, application_id)
    jurors = queries.jurors_of(queries.reviewing_of(application.counts_for))
    people = {str(juror.person_id): juror.person for juror in jurors}
    if person := people.get(request.POST.get("person", "")):
        actions.assign(application, person, by=request.user)
        messages.success(request, _("%(juror)s reads it.") % {"juror": person})
    return redirect("reviews:application", application.pk)


@signed_in
@require_POST
def release(request: PersonRequest, assignment_id: UUID) -> HttpResponse:
    found = get_object_or_404(
        Assignment.objects.select_related("application__call__programme", "application__intake", "person").filter(
            application__in=queries.handled_by(request.user)
        ),
        pk=assignment_id,
    )
    actions.release(found, by=request.user)
    messages.success(request, _("%(juror)s no longer reads it.") % {"juror": found.person})
    return redirect("reviews:application", found.application_id)


@signed_in
@require_POST
def lift(request: PersonRequest, application_id: UUID) -> HttpResponse:
    application = handled(request, application_id)
    form = LiftForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write why it is no conflict of interest."))
        return redirect("reviews:application", application.pk)
    standing = Conflict.objects.standing().select_related("application__call__programme", "application__intake")
    found = get_object_or_404(standing.filter(application=application), pk=form.cleaned_data["conflict"])
    actions.lift(found, because=form.cleaned_data["because"], by=request.user)
    messages.success(request, _("The conflict of interest is lifted. The application can be given to them again."))
    return redirect("reviews:application", application.pk)
