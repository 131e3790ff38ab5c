from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_list_or_404, get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base import clock
from rihma.base.forms import Form, posted
from rihma.canvases.models import Item
from rihma.experiments import actions, queries, reading
from rihma.experiments.forms import AmendForm, CancelForm, ConcludeForm, DecideForm, ObserveForm, PlanForm, ReasonForm
from rihma.experiments.models import Experiment
from rihma.teams.models import Team


@signed_in
@require_safe
def of_team(request: PersonRequest, team_id: UUID) -> HttpResponse:
    team = get_object_or_404(Team.objects.seen_by(request.user).select_related("programme"), pk=team_id)
    context = {
        "team": team,
        "programme": team.programme,
        "rows": queries.rows(queries.listed(team.experiments.all()), clock.now()),
        "works": Team.objects.worked_by(request.user).filter(pk=team.pk).exists(),
    }
    return render(request, "experiments/of_team.html", context)


@signed_in
@require_safe
def of_programme(request: PersonRequest, slug: str) -> HttpResponse:
    """To those who run the programme: what is late stands first."""
    teams = Team.objects.run_by(request.user).filter(programme__slug=slug).select_related("programme")
    first = get_list_or_404(teams)[0]
    rows = queries.rows(queries.listed(Experiment.objects.filter(team__in=teams)), clock.now())
    late = [row for row in rows if row.is_overdue]
    return render(request, "experiments/of_programme.html", {"programme": first.programme, "rows": rows, "late": late})


@signed_in
@require_POST
def draft(request: PersonRequest, team_id: UUID) -> HttpResponse:
    team = get_object_or_404(Team.objects.worked_by(request.user).select_related("programme"), pk=team_id)
    return redirect("experiments:edit", actions.draft_from(None, team, by=request.user).pk)


@signed_in
@require_POST
def draft_from_item(request: PersonRequest, item_id: UUID) -> HttpResponse:
    teams = Team.objects.worked_by(request.user)
    items = Item.objects.live().select_related("canvas__team__programme").filter(canvas__team__in=teams.values("pk"))
    item = get_object_or_404(items, pk=item_id)
    return redirect("experiments:edit", actions.draft_from(item, item.canvas.team, by=request.user).pk)


@signed_in
@require_safe
def experiment(request: PersonRequest, experiment_id: UUID) -> HttpResponse:
    found = get_object_or_404(queries.whole(Experiment.objects.seen_by(request.user)), pk=experiment_id)
    context = queries.page_of(found, request.user, clock.now())
    context |= {"facts": reading.facts_of(found), "stages": reading.stages_of(found)}
    return render(request, "experiments/experiment.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, experiment_id: UUID) -> HttpResponse:
    found = _worked(request, experiment_id)
    if not found.is_planned:
        return redirect(found)
    form = PlanForm(found, posted(request))
    if request.method == "POST" and form.is_valid():
        if form.attempt(actions.edit, found, seen=form.cleaned_data["version"], by=request.user, **form.plan):
            messages.success(request, _("The plan is saved."))
            return redirect("experiments:edit", found.pk) if "stay" in request.POST else redirect(found)
        form.show_newest(_worked(request, experiment_id).edition)
    return _form(request, "edit", found, form, checks=queries.checks_of(found, clock.now()))


@signed_in
@require_POST
def save(request: PersonRequest, experiment_id: UUID) -> JsonResponse:
    """What the page of the plan sends by itself while somebody types."""
    found = _worked(request, experiment_id)
    form = PlanForm(found, request.POST)
    form.fields.pop("partner_name")  # half a name is no organisation yet
    if not form.is_valid():
        return _not_saved(form, 422)
    if not form.attempt(actions.edit, found, seen=form.cleaned_data["version"], by=request.user, **form.plan):
        return _not_saved(form, 409)
    return JsonResponse({"saved_at": form.result.saved_at.isoformat(), "version": form.result.edition})


@signed_in
@require_safe
def checks(request: PersonRequest, experiment_id: UUID) -> HttpResponse:
    """The checklist beside the form, as it stands after the last save."""
    found = _worked(request, experiment_id)
    context = {"experiment": found, "checks": queries.checks_of(found, clock.now())}
    return render(request, "experiments/edit.html#checks", context)


@signed_in
@require_POST
def make_ready(request: PersonRequest, experiment_id: UUID) -> HttpResponse:
    actions.make_ready(found := _worked(request, experiment_id), by=request.user)
    messages.success(request, _("The plan is ready for sparring. Your mentors have been told."))
    return redirect(found)


@signed_in
@require_http_methods(["GET", "POST"])
def allow_dates(request: PersonRequest, experiment_id: UUID) -> HttpResponse:
    found = get_object_or_404(queries.whole(Experiment.objects.run_by(request.user)), pk=experiment_id)
    form = ReasonForm(posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(actions.allow_dates, found, form.cleaned_data["reason"], by=request.user)
    ):
        return redirect(found)
    return _form(request, "allow_dates", found, form)


@signed_in
@require_POST
def start(request: PersonRequest, experiment_id: UUID) -> HttpResponse:
    actions.start(found := _worked(request, experiment_id), by=request.user)
    messages.success(request, _("The experiment runs. Its plan is locked, and the receipt is on its way."))
    return redirect(found)


@signed_in
@require_http_methods(["GET", "POST"])
def amend(request: PersonRequest, experiment_id: UUID) -> HttpResponse:
    found = _worked(request, experiment_id)
    if not found.is_under_way:
        return redirect(found)
    form = AmendForm(found, posted(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if form.attempt(actions.amend, found, given["reason"], seen=given["version"], by=request.user, **form.plan):
            return redirect(found)
        form.show_newest(_worked(request, experiment_id).edition)
    return _form(request, "amend", found, form)


@signed_in
@require_POST
def pause(request: PersonRequest, experiment_id: UUID) -> HttpResponse:
    return redirect(actions.pause(_worked(request, experiment_id), by=request.user))


@signed_in
@require_POST
def resume(request: PersonRequest, experiment_id: UUID) -> HttpResponse:
    return redirect(actions.resume(_worked(request, experiment_id), by=request.user))


@signed_in
@require_http_methods(["GET", "POST"])
def observe(request: PersonRequest, experiment_id: UUID) -> HttpResponse:
    found = _worked(request, experiment_id)
    if request.method == "GET" and not found.takes_observations:
        return redirect(found)
    form = ObserveForm(found, found.day_of(clock.now()), posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(actions.observe, found, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("The observation is saved."))
        return redirect(found)
    return _form(request, "observe", found, form)


@signed_in
@require_POST
def end(request: PersonRequest, experiment_id: UUID) -> HttpResponse:
    return redirect(actions.end(_worked(request, experiment_id), by=request.user))


@signed_in
@require_http_methods(["GET", "POST"])
def conclude(request: PersonRequest, experiment_id: UUID) -> HttpResponse:
    found = _worked(request, experiment_id)
    if request.method == "GET" and found.state != Experiment.State.ENDED:
        return redirect(found)
    form = ConcludeForm(posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(actions.conclude, found, by=request.user, **form.cleaned_data)
    ):
        return redirect(found)
    result = queries.result_of(found) if found.is_locked else None
    return _form(request, "conclude", found, form, result=result)


@signed_in
@require_http_methods(["GET", "POST"])
def decide(request: PersonRequest, experiment_id: UUID) -> HttpResponse:
    found = _worked(request, experiment_id)
    if request.method == "GET" and found.state != Experiment.State.CONCLUDED:
        return redirect(found)
    form = DecideForm(found.day_of(clock.now()), posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(actions.decide, found, by=request.user, **form.cleaned_data)
    ):
        return redirect(found)
    return _form(request, "decide", found, form)


@signed_in
@require_http_methods(["GET", "POST"])
def cancel(request: PersonRequest, experiment_id: UUID) -> HttpResponse:
    found = _worked(request, experiment_id)
    if request.method == "GET" and not found.can_be_cancelled:
        return redirect(found)
    form = CancelForm(posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(actions.cancel, found, form.cleaned_data["reason"], by=request.user)
    ):
        return redirect(found)
    return _form(request, "cancel", found, form)


def _worked(request: PersonRequest, experiment_id: UUID) -> Experiment:
    return get_object_or_404(queries.whole(Experiment.objects.worked_by(request.user)), pk=experiment_id)


def _form(request: PersonRequest, name: str, found: Experiment, form: Form, **more: object) -> HttpResponse:
    context = {"experiment": found, "programme": found.team.programme, "form": form, **more}
    return render(request, f"experiments/{name}.html", context, status=422 if form.errors else 200)


def _not_saved(form: Form, status: int) -> JsonResponse:
    labels = {name: f"{field.label}: " for name, field in form.fields.items()}
    detail = " ".join(f"{labels.get(name, '')}{errors[0]}" for name, errors in form.errors.items())
    return JsonResponse({"title": _("Not saved"), "detail": detail}, status=status)
