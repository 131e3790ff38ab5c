from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rihma.accounts.access import person_of, public, signed_in
from rihma.accounts.http import PersonRequest
from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.forms import posted
from rihma.base.middleware import came_from
from rihma.base.seen import facts_of
from rihma.programmes.models import Programme
from rihma.workshops import actions
from rihma.workshops.forms import TEXTS, WHEN, CancelForm, EditForm, MoveForm, PlanForm
from rihma.workshops.links import answer_behind
from rihma.workshops.models import Rsvp, Workshop
from rihma.workshops.queries import (
    answer_of,
    answers_of,
    asked,
    concerned,
    next_number,
    parties,
    seating_of,
    with_counts,
)


@public
@require_safe
def workshops(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    programme = get_object_or_404(Programme.objects.visible_to(person), slug=slug)
    planned = list(with_counts(programme.workshops.select_related("programme")))
    answers = answers_of(person, planned)
    now = clock.now()
    rows = [(workshop, answers.get(workshop.pk), workshop.finishes <= now) for workshop in planned]
    context = {
        "programme": programme,
        "ahead": [row for row in rows if not row[2]],
        "held": [row for row in rows if row[2]],
        "takes_part": Workshop.objects.open_to(person).filter(programme=programme).exists(),
        "runs": Programme.objects.run_by(person).filter(pk=programme.pk).exists(),
    }
    return render(request, "workshops/workshops.html", context)


@public
@require_safe
def workshop(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    """Public facts for everybody; the link, names and one's own answer for those who take part."""
    person = person_of(request)
    found = get_object_or_404(Workshop.objects.visible_to(person), pk=workshop_id)
    return render(request, "workshops/workshop.html", _page(found, person))


@signed_in
@require_POST
def answer(request: PersonRequest, workshop_id: UUID) -> HttpResponse:
    found = get_object_or_404(Workshop.objects.open_to(request.user), pk=workshop_id)
    rsvp = actions.answer(found, request.POST.get("answer", ""), by=request.user)
    if not request.htmx:
        return redirect(came_from(request) or found.get_absolute_url())
    if request.POST.get("part") == "page":
        return render(request, "workshops/workshop.html#my_answer", {**_page(found, request.user), "fragment": True})
    context = {"asked": asked(found, rsvp, clock.now()), "workshop": found}
    return render(request, "workshops/answer.html", context)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def answer_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """From the mail, without signing in. Mail scanners open links, so a GET answers nothing."""
    link = answer_behind(token)
    if link is None:
        raise Http404
    person = get_object_or_404(Person, pk=link.person, is_active=True)
    found = get_object_or_404(Workshop.objects.open_to(person), pk=link.workshop)
    expired = found.is_cancelled or found.begins <= clock.now()
    if request.method == "POST" and not expired:
        actions.answer(found, request.POST.get("answer", ""), by=person)
        return redirect("workshops:answer_by_link", token)
    context = {
        "workshop": found,
        "person": person,
        "asked": asked(found, answer_of(person, found), clock.now()),
        "expired": expired,
    }
    response = render(request, "workshops/answer_by_link.html", context, status=410 if expired else 200)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@signed_in
@require_http_methods(["GET", "POST"])
def plan(request: PersonRequest, slug: str) -> HttpResponse:
    programme = get_object_or_404(Programme.objects.run_by(request.user), slug=slug)
    initial = {"number": next_number(programme)}
    form = PlanForm(posted(request), initial=initial)
    if form.is_valid() and form.attempt(actions.plan, programme, by=request.user, **form.cleaned_data):
        return redirect(form.result)
    context = {"programme": programme, "form": form}
    return render(request, "workshops/plan.html", context, status=422 if form.is_bound else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, workshop_id: UUID) -> HttpResponse:
    found = _run(request, workshop_id)
    form = EditForm.filled(facts_of(found, TEXTS), posted(request))
    newest = partial(_newest, found, TEXTS)
    if form.is_valid() and form.attempt_seen(actions.edit, found, newest=newest, by=request.user, **form.cleaned_data):
        messages.success(request, _("The workshop is saved."))
        return redirect(found)
    return _form_page(request, "workshops/edit.html", found, form)


@signed_in
@require_http_methods(["GET", "POST"])
def move(request: PersonRequest, workshop_id: UUID) -> HttpResponse:
    found = _run(request, workshop_id)
    form = MoveForm.filled(facts_of(found, WHEN), posted(request))
    newest = partial(_newest, found, WHEN)
    if form.is_valid() and form.attempt_seen(actions.move, found, newest=newest, by=request.user, **form.cleaned_data):
        if form.result.sequence == found.sequence:
            messages.info(request, _("Nothing was changed, so nobody was told."))
        else:
            messages.success(request, _("The workshop is moved. Everybody concerned is told, and calendars follow."))
        return redirect(found)
    return _form_page(request, "workshops/move.html", found, form)


@signed_in
@require_http_methods(["GET", "POST"])
def cancel(request: PersonRequest, workshop_id: UUID) -> HttpResponse:
    found = _run(request, workshop_id)
    form = CancelForm(posted(request))
    if form.is_valid() and form.attempt(actions.cancel, found, by=request.user, **form.cleaned_data):
        messages.success(request, _("The workshop is cancelled. Everybody concerned is told."))
        return redirect(found)
    return _form_page(request, "workshops/cancel.html", found, form)


@signed_in
@require_safe
def answers(request: PersonRequest, workshop_id: UUID) -> HttpResponse:
    """Who comes, team by team, for those who run the programme."""
    found = _run(request, workshop_id)
    context = {
        "workshop": found,
        "programme": found.programme,
        "parties": parties(found),
        "seating": seating_of(found),
        "open": found.takes_answers(clock.now()),
    }
    return render(request, "workshops/answers.html", context)


@signed_in
@require_POST
def ask(request: PersonRequest, workshop_id: UUID) -> HttpResponse:
    found = _run(request, workshop_id)
    count = actions.ask(found, by=request.user)
    told = ngettext("%(count)s person is asked by mail.", "%(count)s people are asked by mail.", count)
    messages.success(request, told % {"count": count})
    return redirect("workshops:answers", found.pk)


def _run(request: PersonRequest, workshop_id: UUID) -> Workshop:
    return get_object_or_404(Workshop.objects.run_by(request.user), pk=workshop_id)


def _newest(found: Workshop, names: tuple[str, ...]) -> dict[str, object]:
    return facts_of(Workshop.objects.get(pk=found.pk), names)


def _form_page(request: PersonRequest, template: str, found: Workshop, form: object) -> HttpResponse:
    bound = getattr(form, "is_bound", False)
    told = concerned(found).count()
    context = {"workshop": found, "programme": found.programme, "form": form, "told": told}
    return render(request, template, context, status=422 if bound else 200)


def _page(found: Workshop, person: Person | None) -> dict[str, object]:
    takes_part = Workshop.objects.open_to(person).filter(pk=found.pk).exists()
    rsvp: Rsvp | None = answer_of(person, found) if takes_part else None
    question = asked(found, rsvp, clock.now())
    who = parties(found)
    return {
        "workshop": found,
        "programme": found.programme,
        "takes_part": takes_part,
        "runs": Programme.objects.run_by(person).filter(pk=found.programme_id).exists(),
        "asked": question,
        "shows_answer": takes_part and not found.is_cancelled and (question.is_open or rsvp is not None),
        "parties": [party for party in who if party.coming],
        "in_room": sum(len(party.in_room) for party in who),
        "waiting": sum(len(party.waiting) for party in who),
        "remotely": sum(len(party.remote) for party in who),
        "over": found.finishes <= clock.now(),
        "going_on": found.begins <= clock.now() < found.finishes,
    }
