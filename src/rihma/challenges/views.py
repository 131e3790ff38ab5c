"""Challenges as everybody reads them, and as their posters write them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rihma.accounts.access import person_of, public, signed_in
from rihma.accounts.http import PersonRequest
from rihma.base import clock
from rihma.base.access import same_for_strangers
from rihma.base.forms import posted
from rihma.calls.models import Call
from rihma.challenges import actions
from rihma.challenges.forms import AskForm, ChallengeForm
from rihma.challenges.models import Challenge, Enquiry
from rihma.challenges.queries import challenges_of, handles, may_post, posts_for


@public
@same_for_strangers
@require_safe
def challenges(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    call = _call(request, slug)
    context = {
        "call": call,
        "programme": call.programme,
        "challenges": challenges_of(call, person),
        "posts": may_post(call, person),
        "runs": call.programme.is_run_by(person),
    }
    return render(request, "challenges/challenges.html", context)


@public
@same_for_strangers
@require_safe
def challenge(request: HttpRequest, challenge_id: UUID) -> HttpResponse:
    return _page(request, _read(request, challenge_id), AskForm())


@signed_in
@require_http_methods(["GET", "POST"])
def post(request: PersonRequest, slug: str) -> HttpResponse:
    call = _call(request, slug)
    if not may_post(call, request.user):
        raise Http404
    poster = posts_for(call, request.user)
    form = ChallengeForm.filled({"organisation": poster.organisation if poster else ""}, posted(request))
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        if form.attempt(actions.post, call, by=request.user, **given):
            messages.success(request, _("The challenge is saved as a draft. Read it, then publish it."))
            return redirect(form.result)
    context = {"call": call, "programme": call.programme, "form": form}
    return render(request, "challenges/post.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, challenge_id: UUID) -> HttpResponse:
    found = handled(request, challenge_id)
    form = ChallengeForm.filled(found.facts, posted(request))

    def newest() -> dict[str, object]:
        return Challenge.objects.get(pk=found.pk).facts

    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt_seen(actions.edit, found, newest=newest, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("The challenge is saved."))
        return redirect(found)
    context = {"challenge": found, "call": found.call, "programme": found.call.programme, "form": form}
    return render(request, "challenges/post.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def publish(request: PersonRequest, challenge_id: UUID) -> HttpResponse:
    found = actions.publish(handled(request, challenge_id), by=request.user)
    messages.success(request, _("The challenge is public. Teams can answer it."))
    return redirect(found)


@signed_in
@require_POST
def close(request: PersonRequest, challenge_id: UUID) -> HttpResponse:
    found = actions.close(handled(request, challenge_id), by=request.user)
    messages.success(request, _("The challenge takes no more answers. Those that were given count as before."))
    return redirect(found)


@signed_in
@require_POST
def ask(request: PersonRequest, challenge_id: UUID) -> HttpResponse:
    found = _read(request, challenge_id)
    form = AskForm(posted(request))
    if form.is_valid() and form.attempt(actions.ask, found, form.cleaned_data["question"], by=request.user):
        messages.success(request, _("Your question is sent. It is shown here with its answer, without your name."))
        return redirect(found)
    return _page(request, found, form)


def handled(request: PersonRequest, challenge_id: UUID) -> Challenge:
    return get_object_or_404(Challenge.objects.handled_by(request.user).whole(), pk=challenge_id)


def _call(request: HttpRequest, slug: str) -> Call:
    return get_object_or_404(Call.objects.visible_to(person_of(request)), programme__slug=slug)


def _read(request: HttpRequest, challenge_id: UUID) -> Challenge:
    return get_object_or_404(Challenge.objects.read_by(person_of(request)).whole(), pk=challenge_id)


def _page(request: HttpRequest, found: Challenge, form: AskForm) -> HttpResponse:
    person = person_of(request)
    mine = handles(found, person)
    context = {
        "challenge": found,
        "call": found.call,
        "programme": found.call.programme,
        "handles": mine,
        "enquiries": Enquiry.objects.of(found, person, handles=mine),
        "can_ask": found.is_open and not found.is_over(clock.now()),
        "form": form,
    }
    return render(request, "challenges/challenge.html", context, status=422 if form.errors else 200)
