"""Pages of sections and criteria: the same list, form and question before removing; questions move and go the same way."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base.forms import posted
from rihma.calls import actions
from rihma.calls.forms import AmendForm, CriterionForm, RemoveForm, SectionForm
from rihma.calls.models import Call, Criterion, Question, Section
from rihma.calls.queries import criteria_stage_of, stage_of
from rihma.calls.rules import CRITERIA_STAND, QUESTIONS_STAND, Stage
from rihma.calls.tabs import tabs

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Lines:
    """What tells a page of questions from a page of criteria.

    `name` is that of the list's route; in the stages of `stand` none is added or removed.
    """

    name: str
    model: type[Question] | type[Criterion] | type[Section]
    form: type[AmendForm]
    stand: frozenset[Stage]
    title: "_StrPromise"
    add: "_StrPromise"
    edit: "_StrPromise"
    remove: "_StrPromise"

    @property
    def route(self) -> str:
        return f"calls:{self.name}"

    @property
    def page(self) -> str:
        return "calls/criterion_form.html" if self.model is Criterion else "calls/line_form.html"

    def stage(self, call: Call) -> Stage:
        return criteria_stage_of(call) if self.model is Criterion else stage_of(call)


QUESTIONS = Lines(
    "questions",
    Question,
    AmendForm,
    QUESTIONS_STAND,
    gettext_lazy("Questions of the call"),
    gettext_lazy("Add a question"),
    gettext_lazy("Edit the question"),
    gettext_lazy("Remove the question"),
)
SECTIONS = Lines(
    "questions",
    Section,
    SectionForm,
    QUESTIONS_STAND,
    gettext_lazy("Questions of the call"),
    gettext_lazy("Add a section"),
    gettext_lazy("Edit the section"),
    gettext_lazy("Remove the section"),
)
CRITERIA = Lines(
    "criteria",
    Criterion,
    CriterionForm,
    CRITERIA_STAND,
    gettext_lazy("Criteria of the call"),
    gettext_lazy("Add a criterion"),
    gettext_lazy("Edit the criterion"),
    gettext_lazy("Remove the criterion"),
)


@signed_in
@require_POST
def move_question(request: PersonRequest, slug: str, question_id: int) -> HttpResponse:
    return _move(request, slug, question_id, QUESTIONS, actions.move_question)


@signed_in
@require_http_methods(["GET", "POST"])
def remove_question(request: PersonRequest, slug: str, question_id: int) -> HttpResponse:
    return _remove(request, slug, question_id, QUESTIONS, actions.remove_question)


@signed_in
@require_http_methods(["GET", "POST"])
def add_section(request: PersonRequest, slug: str) -> HttpResponse:
    return _add(request, slug, SECTIONS, actions.add_section)


@signed_in
@require_http_methods(["GET", "POST"])
def edit_section(request: PersonRequest, slug: str, section_id: int) -> HttpResponse:
    return _edit(request, slug, section_id, SECTIONS, actions.edit_section)


@signed_in
@require_POST
def move_section(request: PersonRequest, slug: str, section_id: int) -> HttpResponse:
    return _move(request, slug, section_id, SECTIONS, actions.move_section)


@signed_in
@require_http_methods(["GET", "POST"])
def remove_section(request: PersonRequest, slug: str, section_id: int) -> HttpResponse:
    return _remove(request, slug, section_id, SECTIONS, actions.remove_section)


@signed_in
@require_safe
def criteria(request: PersonRequest, slug: str) -> HttpResponse:
    return _list(request, slug, CRITERIA)


@signed_in
@require_http_methods(["GET", "POST"])
def add_criterion(request: PersonRequest, slug: str) -> HttpResponse:
    return _add(request, slug, CRITERIA, actions.add_criterion)


@signed_in
@require_http_methods(["GET", "POST"])
def edit_criterion(request: PersonRequest, slug: str, criterion_id: int) -> HttpResponse:
    return _edit(request, slug, criterion_id, CRITERIA, actions.edit_criterion)


@signed_in
@require_POST
def move_criterion(request: PersonRequest, slug: str, criterion_id: int) -> HttpResponse:
    return _move(request, slug, criterion_id, CRITERIA, actions.move_criterion)


@signed_in
@require_http_methods(["GET", "POST"])
def remove_criterion(request: PersonRequest, slug: str, criterion_id: int) -> HttpResponse:
    return _remove(request, slug, criterion_id, CRITERIA, actions.remove_criterion)


def _list(request: PersonRequest, slug: str, lines: Lines) -> HttpResponse:
    call = call_run_by(request, slug)
    every = lines.model.objects.filter(call=call)
    context = {"lines": every.filter(retired_at=None), "retired": every.exclude(retired_at=None)}
    return render(request, f"calls/{lines.name}.html", {**page_of(call, lines), **context})


def _add(request: PersonRequest, slug: str, lines: Lines, action: Callable[..., object]) -> HttpResponse:
    call = call_run_by(request, slug)
    form = lines.form(posted(request))
    form.ask_reason(lines.stage(call))
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        if form.attempt(action, call, by=request.user, **given):
            messages.success(request, _("Saved."))
            return redirect(lines.route, slug)
    return render(request, lines.page, {**page_of(call, lines), "form": form, "heading": lines.add})


def _edit(request: PersonRequest, slug: str, line_id: int, lines: Lines, action: Callable[..., object]) -> HttpResponse:
    call = call_run_by(request, slug)
    line = line_of(request, call, lines, line_id)
    form = lines.form(posted(request), initial=_first(line))
    form.ask_reason(lines.stage(call))
    if request.method == "POST" and form.is_valid():
        if form.attempt(action, line, by=request.user, **form.cleaned_data):
            messages.success(request, _("Saved."))
            return redirect(lines.route, slug)
        newest = line_of(request, call, lines, line_id)
        form.show_newer(_first(newest), newest.mark)
    context = {**page_of(call, lines), "form": form, "line": line, "heading": lines.edit}
    return render(request, lines.page, context)


def _move(request: PersonRequest, slug: str, line_id: int, lines: Lines, action: Callable[..., object]) -> HttpResponse:
    line = line_of(request, call_run_by(request, slug), lines, line_id)
    action(line, up="up" in request.POST, by=request.user)
    return redirect(lines.route, slug)


def _remove(
    request: PersonRequest, slug: str, line_id: int, lines: Lines, action: Callable[..., object]
) -> HttpResponse:
    call = call_run_by(request, slug)
    line = line_of(request, call, lines, line_id)
    form = RemoveForm(posted(request), initial={"seen": line.mark})
    form.ask_reason(lines.stage(call))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(action, line, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Removed."))
        return redirect(lines.route, slug)
    if request.method == "POST":
        form.show_newer({}, line_of(request, call, lines, line_id).mark)
    context = {**page_of(call, lines), "form": form, "line": line, "heading": lines.remove}
    return render(request, "calls/remove_line.html", context)


def call_run_by(request: PersonRequest, slug: str) -> Call:
    return get_object_or_404(Call.objects.run_by(request.user), programme__slug=slug)


def line_of(request: PersonRequest, call: Call, lines: Lines, line_id: int) -> Question | Criterion | Section:
    """One that somebody retired meanwhile is still found by who saves, so that the action says what happened."""
    found: Any = lines.model.objects.filter(call=call)
    if request.method == "GET":
        found = found.filter(retired_at=None)
    line: Question | Criterion | Section = get_object_or_404(found.select_related("call__programme"), pk=line_id)
    return line


def _first(line: Question | Criterion | Section) -> dict[str, object]:
    return {**{name: getattr(line, name) for name in line.FACTS}, "seen": line.mark}


def page_of(call: Call, lines: Lines) -> dict[str, object]:
    stage = lines.stage(call)
    return {
        "call": call,
        "programme": call.programme,
        "stage": stage,
        "fixed": stage in lines.stand,
        "tabs": tabs(call, lines.route),
        "part": lines.title,
        "list_route": lines.route,
    }
