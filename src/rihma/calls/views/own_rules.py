"""Pages of the rules that an owner writes: add, try, edit, move, remove."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base.expressions import BadExpression, read
from rihma.base.forms import posted
from rihma.calls import actions
from rihma.calls.forms import AmendForm, RemoveForm
from rihma.calls.models import Call
from rihma.calls.queries import stage_of
from rihma.calls.rule_forms import RuleForm, Trial, example, first
from rihma.calls.rules import Requirements
from rihma.calls.tabs import tabs
from rihma.programmes.requirements import (
    ANSWERS,
    EXAMPLES,
    OF_ORGANISATION,
    ORGANISATION,
    Requirement,
    name_of,
    names_with,
)

RULES = "calls:set_rules"


@signed_in
@require_http_methods(["GET", "POST"])
def add_rule(request: PersonRequest, slug: str) -> HttpResponse:
    call = _call(request, slug)
    before = call.requirements
    taken = example(request.GET.get("example", ""))
    initial = {**taken.words, "holds": taken.holds} if taken else {}
    form = RuleForm(posted(request), initial={**initial, "seen": before.mark})
    form.ask_reason(stage_of(call))
    if _is_sent(request, form):
        new = form.rule(form.new_key(rule.key for rule in before.own))
        if _save(request, call, form, replace(before, own=(*before.own, new))):
            messages.success(request, _("The rule is saved."))
            return redirect(RULES, slug)
    context = {**_page(call), "heading": _("Add a rule"), "examples": EXAMPLES, "form": form, "taken": taken}
    return render(request, "calls/rule_form.html", {**context, "trial": _trial(request, call, form)})


@signed_in
@require_http_methods(["GET", "POST"])
def edit_rule(request: PersonRequest, slug: str, key: str) -> HttpResponse:
    call = _call(request, slug)
    before = call.requirements
    rule = _rule(before, key)
    form = RuleForm(posted(request), initial={**first(rule), "seen": before.mark})
    form.ask_reason(stage_of(call))
    if _is_sent(request, form):
        own = tuple(form.rule(key) if one.key == key else one for one in before.own)
        if _save(request, call, form, replace(before, own=own), rule=key):
            messages.success(request, _("The rule is saved."))
            return redirect(RULES, slug)
    context = {**_page(call), "heading": _("Edit the rule"), "form": form}
    return render(request, "calls/rule_form.html", {**context, "trial": _trial(request, call, form)})


@signed_in
@require_POST
def move_rule(request: PersonRequest, slug: str, key: str) -> HttpResponse:
    """Changes places with its neighbour; the first one stays where it is when moved up."""
    call = _call(request, slug)
    before = call.requirements
    own = list(before.own)
    here = own.index(_rule(before, key))
    there = here - 1 if "up" in request.POST else here + 1
    if 0 <= there < len(own):
        own[here], own[there] = own[there], own[here]
        actions.set_rules(call, replace(before, own=tuple(own)), seen=before.mark, by=request.user)
    return redirect(RULES, slug)


@signed_in
@require_http_methods(["GET", "POST"])
def remove_rule(request: PersonRequest, slug: str, key: str) -> HttpResponse:
    call = _call(request, slug)
    before = call.requirements
    rule = _rule(before, key)
    form = RemoveForm(posted(request), initial={"seen": before.mark})
    form.ask_reason(stage_of(call))
    if request.method == "POST" and form.is_valid():
        after = replace(before, own=tuple(one for one in before.own if one.key != key))
        if _save(request, call, form, after):
            messages.success(request, _("Removed."))
            return redirect(RULES, slug)
    context = {"form": form, "line": rule.title, "heading": _("Remove the rule"), "list_route": RULES}
    return render(request, "calls/remove_line.html", {**_page(call), **context})


def _is_sent(request: PersonRequest, form: RuleForm) -> bool:
    """To be saved; one that is only tried is not."""
    return request.method == "POST" and form.is_valid() and "try" not in request.POST


def _save(request: PersonRequest, call: Call, form: AmendForm, after: Requirements, *, rule: str = "") -> bool:
    given = {name: form.cleaned_data[name] for name in ("seen", "because") if name in form.cleaned_data}
    if form.attempt(actions.set_rules, call, after, by=request.user, **given):
        return True
    newest = Call.objects.select_related("programme").get(pk=call.pk).requirements
    now = newest.rule(rule)
    form.show_newer(first(now) if now else {}, newest.mark)
    return False


def _trial(request: PersonRequest, call: Call, form: RuleForm) -> Trial | None:
    """What the form says now, if it can be read; its mistake stands beside the field."""
    holds = str(form["holds"].value() or "").strip()
    if not holds:
        return None
    try:
        read(holds, names_with(dict(call.questions.current().values_list("key", "kind"))))
    except BadExpression as bad:
        if form.is_bound and not form.has_error("holds"):
            form.add_error("holds", str(bad))
        return None
    words = {name: _words(form, name) for name in ("title", "remedy")}
    return Trial(call.programme, holds, **words, given=request.POST if request.method == "POST" else None)


def _words(form: RuleForm, name: str) -> str:
    return str((form.cleaned_data if form.is_bound and form.is_valid() else form.initial).get(name) or "")


def _call(request: PersonRequest, slug: str) -> Call:
    return get_object_or_404(Call.objects.run_by(request.user), programme__slug=slug)


def _rule(requirements: Requirements, key: str) -> Requirement:
    rule = requirements.rule(key)
    if rule is None:
        raise Http404
    return rule


def _page(call: Call) -> dict[str, object]:
    questions = list(call.questions.current().values_list("key", "kind"))
    return {
        "answers": [f"{ANSWERS}.{name_of(key)}" for key, _kind in questions],
        "of_answers": [
            f"{ANSWERS}.{name_of(key)}.{part}"
            for key, kind in questions
            if kind == ORGANISATION
            for part in OF_ORGANISATION
        ],
        "call": call,
        "programme": call.programme,
        "stage": stage_of(call),
        "tabs": tabs(call, RULES),
        "list_route": RULES,
    }
