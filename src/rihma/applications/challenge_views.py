"""Challenges as far as applications answer them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.applications import challenges
from rihma.applications.models import Application
from rihma.base.forms import posted
from rihma.challenges.forms import WithdrawForm
from rihma.challenges.models import Challenge
from rihma.programmes.models import RUN


@signed_in
@require_http_methods(["GET", "POST"])
def withdraw_challenge(request: PersonRequest, challenge_id: UUID) -> HttpResponse:
    """Here and not beside its other verbs, because teams that answer it must be told."""
    found = get_object_or_404(Challenge.objects.handled_by(request.user).whole(), pk=challenge_id)
    form = WithdrawForm(posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(challenges.withdraw, found, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("The challenge is withdrawn. Teams that answer it are told."))
        return redirect(found)
    context = {"challenge": found, "programme": found.call.programme, "form": form}
    return render(request, "applications/withdraw_challenge.html", context, status=422 if form.errors else 200)


@signed_in
@require_safe
def answering(request: PersonRequest, challenge_id: UUID) -> HttpResponse:
    """To those who run the programme: the submitted applications that answer it. Who posted it reads none."""
    own = Challenge.objects.filter(call__programme__in=RUN(request.user.pk))
    found = get_object_or_404(own.whole(), pk=challenge_id)
    sent = Application.objects.filter(state=Application.State.SUBMITTED).order_by("receipt__received_at")
    listed = sorted(challenges.answers_to(found, sent), key=lambda one: one.place)
    context = {"challenge": found, "call": found.call, "programme": found.call.programme, "answering": listed}
    return render(request, "applications/answering.html", context)
