"""The form builder: what is asked, section by section, and the page of one question."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base.forms import posted
from rihma.calls import actions
from rihma.calls.kinds import GROUPS
from rihma.calls.models import Call, Question
from rihma.calls.outline import outline
from rihma.calls.queries import question_stage_of, stage_of
from rihma.calls.question_form import QuestionForm, first_of
from rihma.calls.rules import Asked
from rihma.calls.views.lines import QUESTIONS, call_run_by, line_of, page_of


@signed_in
@require_safe
def questions(request: PersonRequest, slug: str) -> HttpResponse:
    call = call_run_by(request, slug)
    retired = Question.objects.filter(call=call).exclude(retired_at=None)
    context = {**page_of(call, QUESTIONS), "outline": outline(call), "retired": retired}
    return render(request, "calls/questions.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def add_question(request: PersonRequest, slug: str) -> HttpResponse:
    """First how it is answered, then what that kind needs."""
    call = call_run_by(request, slug)
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    if kind not in Question.Kind.values:
        context = {**page_of(call, QUESTIONS), "groups": GROUPS, "heading": QUESTIONS.add}
        return render(request, "calls/choose_kind.html", context)
    first: dict[str, object] = {"kind": kind, "section": request.GET.get("section", "")}
    form = _form(request, call, kind, _asked(call), first)
    if request.method == "POST" and form.is_valid():
        because = {"because": form.cleaned_data["because"]} if "because" in form.cleaned_data else {}
        if form.attempt(actions.add_question, call, by=request.user, **because, **form.given):
            messages.success(request, _("Saved."))
            return redirect("calls:questions", slug)
    return _page(request, call, form, {"heading": QUESTIONS.add, "kind": Question.Kind(kind)})


@signed_in
@require_http_methods(["GET", "POST"])
def edit_question(request: PersonRequest, slug: str, question_id: int) -> HttpResponse:
    call = call_run_by(request, slug)
    question = line_of(request, call, QUESTIONS, question_id)
    assert isinstance(question, Question)
    form = _form(request, call, question.kind, _asked(call, before=question), first_of(question))
    if request.method == "POST" and form.is_valid():
        more = {name: form.cleaned_data[name] for name in ("seen", "because") if name in form.cleaned_data}
        if form.attempt(actions.edit_question, question, by=request.user, **more, **form.given):
            messages.success(request, _("Saved."))
            return redirect("calls:questions", slug)
        newest = line_of(request, call, QUESTIONS, question_id)
        assert isinstance(newest, Question)
        form.show_newer(first_of(newest), newest.mark)
    context = {
        "heading": QUESTIONS.edit,
        "line": question,
        "kind": Question.Kind(question.kind),
        "stage": question_stage_of(call, question.asked_in),
    }
    return _page(request, call, form, context)


def _form(
    request: PersonRequest, call: Call, kind: str, earlier: Sequence[Asked], first: dict[str, object]
) -> QuestionForm:
    sections = list(call.sections.current())
    form = QuestionForm(kind, earlier, sections, posted(request), initial=first, staged=call.is_staged)
    form.ask_reason(stage_of(call))
    return form


def _asked(call: Call, before: Question | None = None) -> list[Asked]:
    """The questions that a condition may ask: those that stand before this one."""
    asked = [question.asked for question in call.questions.current()]
    keys = [one.key for one in asked]
    return asked[: keys.index(before.key)] if before and before.key in keys else asked


def _page(request: PersonRequest, call: Call, form: QuestionForm, context: dict[str, object]) -> HttpResponse:
    return render(request, "calls/question_form.html", {**page_of(call, QUESTIONS), **context, "form": form})
