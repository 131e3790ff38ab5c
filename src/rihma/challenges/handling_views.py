"""Who may post, and the answers to questions."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base.forms import posted
from rihma.calls.models import Call
from rihma.challenges import actions
from rihma.challenges.forms import AnswerForm, LetInForm
from rihma.challenges.models import Enquiry, Poster
from rihma.programmes.models import RUN


@signed_in
@require_http_methods(["GET", "POST"])
def posters(request: PersonRequest, slug: str) -> HttpResponse:
    """Those whom the owner lets in from partner organisations."""
    call = get_object_or_404(Call.objects.run_by(request.user), programme__slug=slug)
    form = LetInForm(posted(request), initial={"language": request.LANGUAGE_CODE})
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(actions.let_in, call, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("They may post challenges now, and a mail tells them so."))
        return redirect("challenges:posters", slug)
    found = call.posters.filter(ended_at=None).select_related("person")
    context = {"call": call, "programme": call.programme, "posters": found, "form": form}
    return render(request, "challenges/posters.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def let_out(request: PersonRequest, poster_id: int) -> HttpResponse:
    own = Poster.objects.filter(call__programme__in=RUN(request.user.pk)).select_related("call__programme")
    poster = get_object_or_404(own, pk=poster_id)
    actions.let_out(poster, by=request.user)
    messages.success(request, _("They may post no more. What they posted stays."))
    return redirect("challenges:posters", poster.call.programme.slug)


@signed_in
@require_http_methods(["GET", "POST"])
def answer(request: PersonRequest, enquiry_id: int) -> HttpResponse:
    handled = Enquiry.objects.answered_by(request.user).select_related("challenge__call__programme")
    enquiry = get_object_or_404(handled, pk=enquiry_id)
    form = AnswerForm(posted(request), initial={"answer": enquiry.answer})
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(actions.answer, enquiry, form.cleaned_data["answer"], by=request.user)
    ):
        messages.success(request, _("The answer is public, and whoever asked is told."))
        return redirect(enquiry.challenge)
    context = {
        "enquiry": enquiry,
        "challenge": enquiry.challenge,
        "programme": enquiry.challenge.call.programme,
        "form": form,
    }
    return render(request, "challenges/answer.html", context, status=422 if form.errors else 200)
