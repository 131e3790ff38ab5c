"""What a juror sees. Every look-up starts at `Assignment.objects.read_by`, so a conflict hides all of it at once."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.accounts.models import Person
from rihma.base.forms import posted
from rihma.base.written import Written
from rihma.reviews import actions, queries
from rihma.reviews.content import content_of
from rihma.reviews.files import file_of
from rihma.reviews.forms import ConflictForm, RemarkForm, ReviewForm
from rihma.reviews.models import Assignment, Review
from rihma.reviews.piles import challenges_in, piles_of
from rihma.reviews.rules import reading as rules
from rihma.reviews.talking import may_talk


@signed_in
@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    asked = request.GET.get("challenge", "")
    piles = piles_of(request.user, asked)
    context = {"piles": [pile for pile in piles if pile.shown], "challenges": challenges_in(piles, asked)}
    return render(request, "reviews/mine.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def review(request: PersonRequest, assignment_id: UUID) -> HttpResponse:
    """The application beside its scores; what was sent as it stands."""
    found = _read(request, assignment_id)
    kept, reviewing = getattr(found, "review", None) or Review(assignment=found), found.application.counts_for.reviewing
    form = ReviewForm(queries.criteria_of(reviewing), kept, posted(request))
    if request.method != "POST":
        return render(request, "reviews/review.html", {**_page(found, kept), "form": form})
    if form.is_valid() and _kept(form, found, request):
        if "send" not in request.POST:
            messages.success(request, _("The review is saved. It is not yet sent."))
            return redirect(found)
        if form.attempt(actions.send, found, by=request.user):
            messages.success(request, _("The review is sent."))
            return redirect("reviews:mine")
        form.take_version(_review(found))
    elif not form.errors.as_data().keys() - {"__all__"}:
        form.show_newer(_review(found))
    return render(request, "reviews/review.html", {**_page(found, kept), "form": form}, status=422)


@signed_in
@require_POST
def save(request: PersonRequest, assignment_id: UUID) -> JsonResponse:
    """What the page sends by itself while somebody types."""
    found = _read(request, assignment_id)
    form = ReviewForm(queries.criteria_of(found.application.counts_for.reviewing), _review(found), request.POST)
    if not form.is_valid():
        detail = " ".join(f"{form.fields[name].label}: {errors[0]}" for name, errors in form.errors.items())
        return JsonResponse({"title": _("Not saved"), "detail": detail}, status=422)
    if not _kept(form, found, request):
        return JsonResponse({"title": _("Not saved"), "detail": form.non_field_errors()[0]}, status=409)
    return JsonResponse({"saved_at": form.result.saved_at.isoformat(), "version": form.result.version})


@signed_in
@require_safe
def left(request: PersonRequest, assignment_id: UUID) -> HttpResponse:
    """What still keeps the review from being sent, as it stands after the last save."""
    found = _read(request, assignment_id)
    return render(request, "reviews/judging.html#left", _page(found, _review(found)))


@signed_in
@require_safe
def file(request: PersonRequest, assignment_id: UUID, key: str, file_id: UUID) -> HttpResponse:
    """What was sent along with an answer that jurors read, under the name that they may know it by."""
    found = _read(request, assignment_id)
    return file_of(found, key, file_id, known=request.headers.get("If-None-Match", ""))


@signed_in
@require_POST
def reopen(request: PersonRequest, assignment_id: UUID) -> HttpResponse:
    actions.reopen(found := _read(request, assignment_id), by=request.user)
    messages.success(request, _("The review is a draft again. It does not count until you send it."))
    return redirect(found)


@signed_in
@require_http_methods(["GET", "POST"])
def declare(request: PersonRequest, assignment_id: UUID) -> HttpResponse:
    found = _read(request, assignment_id)
    form = ConflictForm(posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(actions.declare, found, reason=form.cleaned_data["reason"], by=request.user)
    ):
        # Names nothing: this message stands on a page of somebody who may not know of it any more.
        messages.success(request, _("Thank you. It goes to somebody else, and you no longer see anything of it."))
        return redirect("reviews:mine")
    context = {**_page(found, _review(found)), "form": form}
    return render(request, "reviews/declare.html", context, status=422 if request.method == "POST" else 200)


@signed_in
@require_POST
def remark(request: PersonRequest, assignment_id: UUID) -> HttpResponse:
    found = _read(request, assignment_id)
    form = RemarkForm(request.POST)
    if form.is_valid() and form.attempt(actions.remark, found.application, form.cleaned_data["text"], by=request.user):
        return redirect(f"{found.get_absolute_url()}#talk")
    context = {**_page(found, _review(found)), "remark_form": form}
    reviewing = found.application.counts_for.reviewing
    context["form"] = ReviewForm(queries.criteria_of(reviewing), _review(found))
    return render(request, "reviews/review.html", context, status=422)


def _kept(form: ReviewForm, found: Assignment, request: PersonRequest) -> bool:
    cleaned = form.cleaned_data
    return form.attempt(
        actions.save,
        found,
        version=cleaned["version"],
        scores=form.scores,
        reasons=form.reasons,
        overall=cleaned["overall"],
        by=request.user,
    )


CALL = "application__call"
# A person is only who asks: what is written once holds for each. Long texts of the call stand on no page of a juror.
READ = Written(
    lambda person, pk: (
        Assignment.objects.read_by(Person(pk=person))
        .filter(pk=pk)
        .select_related("review", "application__receipt", "application__intake__reviewing", f"{CALL}__programme")
        .defer(*(f"{CALL}__{name}" for name in ("why", "how", "who", "programme__purpose", "programme__description")))
    )
)


def _read(request: PersonRequest, assignment_id: UUID) -> Assignment:
    found = READ.first(request.user.pk, assignment_id)
    if found is None:
        raise Http404
    return found


def _review(found: Assignment) -> Review:
    return Review.objects.filter(assignment=found).first() or Review(assignment=found)


def _page(found: Assignment, kept: Review) -> dict[str, object]:
    application, reviewing = found.application, found.application.counts_for.reviewing
    criteria = queries.criteria_of(reviewing)
    readings = queries.heard_alone(application, reviewing)
    talks = kept.state == Review.State.SENT and may_talk(reviewing, readings)
    too_late = reviewing.is_too_late(kept)
    return {
        "assignment": found,
        "review": kept,
        "reviewing": reviewing,
        "programme": application.call.programme,
        "content": content_of(application, blind=reviewing.blind),
        "lacking": rules.lacking(criteria, kept.scores, kept.reasons, kept.overall),
        "is_newer": kept.version > 0 and kept.about < application.arrived.version,
        "can_write": reviewing.is_scored and not too_late and kept.state == Review.State.DRAFT,
        "can_reopen": reviewing.is_scored and not too_late and kept.state == Review.State.SENT,
        "too_late": reviewing.is_scored and too_late and kept.state == Review.State.DRAFT,
        "talks": talks,
        "criteria": [queries.judged(one, kept) for one in criteria],
        "others": [queries.told_of(one, criteria) for one in readings if one.counts and one.assignment.pk != found.pk]
        if talks
        else [],
        "remarks": application.remarks.select_related("by") if talks else [],
        "remark_form": RemarkForm(),
    }
