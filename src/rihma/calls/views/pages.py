from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rihma.accounts.access import person_of, public, signed_in
from rihma.accounts.http import PersonRequest
from rihma.base import clock
from rihma.base.access import same_for_strangers
from rihma.base.forms import posted
from rihma.calls import actions
from rihma.calls.forms import CreateForm, EditForm, RulesForm, first_texts
from rihma.calls.models import Call
from rihma.calls.queries import event_of, stage_of
from rihma.calls.tabs import tabs
from rihma.programmes.models import Programme


@public
@same_for_strangers
@require_safe
def call(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Call.objects.visible_to(person_of(request)), programme__slug=slug)
    person = person_of(request)
    now = clock.now()
    runs = person is not None and Call.objects.run_by(person).filter(pk=found.pk).exists()
    context = {
        "call": found,
        "programme": found.programme,
        "questions": found.questions.current(),
        "criteria": (criteria := list(found.criteria.current())),
        "weighted": any(one.weight != criteria[0].weight for one in criteria),
        "amendments": found.amendments.all(),
        "is_open": found.is_open(now),
        "takes_new": found.takes_new(now),
        "is_over": bool(found.late_by(now)),
        "runs": runs,
        "event": event_of(found, request.build_absolute_uri(request.path)),
    }
    return render(request, "calls/call.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def create(request: PersonRequest, slug: str) -> HttpResponse:
    """For a programme that was made in pages and has no call yet."""
    programme = get_object_or_404(Programme.objects.run_by(request.user), slug=slug)
    form = CreateForm(posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(actions.create, programme, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("The call is saved."))
        return redirect(form.result)
    return render(request, "calls/create.html", {"programme": programme, "form": form})


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, slug: str) -> HttpResponse:
    """The texts; the other parts of the call have pages of their own."""
    found = get_object_or_404(Call.objects.run_by(request.user), programme__slug=slug)
    form = EditForm.of(found, posted(request))
    if request.method == "POST" and form.is_valid():
        if form.attempt(actions.edit, found, by=request.user, **form.cleaned_data):
            messages.success(request, _("The call is saved."))
            return redirect(found)
        newest = Call.objects.get(pk=found.pk)
        form.show_newer(first_texts(newest), newest.texts_mark)
    return render(request, "calls/edit.html", {**_part(found, "calls:edit"), "form": form})


@signed_in
@require_http_methods(["GET", "POST"])
def set_rules(request: PersonRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Call.objects.run_by(request.user), programme__slug=slug)
    form = RulesForm.of(found.requirements, stage_of(found), posted(request))
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("seen", "because") if name in form.cleaned_data}
        if form.attempt(actions.set_rules, found, form.changed(found.requirements), by=request.user, **given):
            messages.success(request, _("The rules are saved."))
            return redirect("calls:set_rules", slug)
        newest = Call.objects.select_related("programme").get(pk=found.pk).requirements
        form.show_newer(newest.facts, newest.mark)
    context = {"form": form, "own": found.requirements.own}
    return render(request, "calls/set_rules.html", {**_part(found, "calls:set_rules"), **context})


def _part(call: Call, route: str) -> dict[str, object]:
    return {"call": call, "programme": call.programme, "stage": stage_of(call), "tabs": tabs(call, route)}
