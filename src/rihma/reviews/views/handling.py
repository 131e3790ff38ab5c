"""What those who run a programme see of its reviews. What they are themselves tied to is hidden from them too."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.applications.models import Application
from rihma.base.forms import posted
from rihma.base.seen import facts_of
from rihma.calls.cut_offs import Looked, look
from rihma.calls.models import Intake
from rihma.challenges.models import Challenge
from rihma.reviews import actions, comparing, overview, queries
from rihma.reviews.forms import JurorForm, RemarkForm, ReviewingForm
from rihma.reviews.models import Reviewing

DEEDS: dict[str, Callable[..., object]] = {
    "begin": actions.begin,
    "discuss": actions.discuss,
    "close": actions.close,
    "open_again": actions.open_again,
}


@signed_in
@require_safe
def reviewing(request: PersonRequest, slug: str) -> HttpResponse:
    intake, cut_offs = intake_run_by(request, slug)
    context = {**overview.page(intake, request.user), "cut_offs": cut_offs}
    return render(request, "reviews/reviewing.html", context)


@signed_in
@require_safe
def calibration(request: PersonRequest, slug: str) -> HttpResponse:
    intake, cut_offs = intake_run_by(request, slug)
    context = {**comparing.page(intake, request.user), "cut_offs": cut_offs}
    return render(request, "reviews/calibration.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def set_up(request: PersonRequest, slug: str) -> HttpResponse:
    intake, _cut_offs = intake_run_by(request, slug)
    facts, names = facts_of(queries.reviewing_of(intake), Reviewing.FACTS), Reviewing.FACTS
    form = ReviewingForm.filled(facts, posted(request))
    form.has_challenges = Challenge.objects.filter(call=intake.call_id).exists()
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, **form.cleaned_data}
        if form.attempt_seen(
            actions.set_up, intake, newest=lambda: facts_of(queries.reviewing_of(intake), names), **given
        ):
            return redirect(reviewing_url(intake))
    context = {"intake": intake, "programme": intake.programme, "form": form}
    return render(request, "reviews/set_up.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def set_juror(request: PersonRequest, slug: str, person_id: UUID) -> HttpResponse:
    intake, _cut_offs = intake_run_by(request, slug)
    jurors = {one.person_id: one for one in queries.jurors_of(queries.reviewing_of(intake))}
    if person_id not in jurors:
        return redirect(reviewing_url(intake))
    juror = jurors[person_id]
    challenges = Challenge.objects.public().filter(call=intake.call_id)
    form = JurorForm(juror, intake.programme.themes.all(), challenges, posted(request))
    if request.method == "POST" and form.is_valid():
        actions.set_juror(intake, juror.person, by=request.user, **form.cleaned_data)
        return redirect(reviewing_url(intake))
    context = {"intake": intake, "programme": intake.programme, "juror": juror, "form": form}
    return render(request, "reviews/set_juror.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def move(request: PersonRequest, slug: str) -> HttpResponse:
    intake, _cut_offs = intake_run_by(request, slug)
    if act := DEEDS.get(request.POST.get("to", "")):
        act(intake, by=request.user)
    return redirect(reviewing_url(intake))


@signed_in
@require_safe
def application(request: PersonRequest, application_id: UUID) -> HttpResponse:
    found = handled(request, application_id)
    return render(request, "reviews/application.html", overview.of_application(found))


@signed_in
@require_POST
def remark(request: PersonRequest, application_id: UUID) -> HttpResponse:
    found = handled(request, application_id)
    form = RemarkForm(request.POST)
    if form.is_valid() and form.attempt(actions.remark, found, form.cleaned_data["text"], by=request.user):
        messages.success(request, _("The other readers see it now."))
        return redirect("reviews:application", found.pk)
    context = {**overview.of_application(found), "remark_form": form}
    return render(request, "reviews/application.html", context, status=422)


def intake_run_by(request: PersonRequest, slug: str) -> Looked:
    return look(request, Intake.objects.run_by(request.user), slug)


def reviewing_url(intake: Intake) -> str:
    return reverse("reviews:reviewing", args=[intake.programme.slug]) + intake.query


def handled(request: PersonRequest, application_id: UUID) -> Application:
    with_all = queries.handled_by(request.user).select_related("team__theme", "receipt", "call__programme", "intake")
    return get_object_or_404(with_all, pk=application_id)
