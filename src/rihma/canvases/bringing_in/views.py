from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base.forms import posted
from rihma.base.ids import new_id
from rihma.base.refused import Refused
from rihma.canvases import kinds, rules
from rihma.canvases.bringing_in import data, reading, rows
from rihma.canvases.bringing_in.carrying_out import Outcome
from rihma.canvases.bringing_in.carrying_out import bring_in as carry_out
from rihma.canvases.bringing_in.forms import BringForm, LookForm
from rihma.canvases.bringing_in.plan import MOST_UNSEEN, Plan
from rihma.canvases.bringing_in.rows import Choices
from rihma.canvases.kinds import Kind
from rihma.canvases.models import Canvas


@signed_in
@require_http_methods(["GET", "POST"])
def bring_in(request: PersonRequest, canvas_id: UUID) -> HttpResponse:
    """Nothing is added before it was looked at, where there is anything to look at; what was typed stays."""
    found = Canvas.objects.worked_by(request.user).select_related("team", "programme")
    canvas = get_object_or_404(found, pk=canvas_id)
    kind = rules.check_known(kinds.of(canvas))
    form = BringForm(kind, request, posted(request))
    page: dict[str, Any] = {"programme": canvas.programme, "canvas": canvas, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            rules.check_open(canvas.state)
            choices = form.choices()
            plan, page["look"] = _planned(canvas, kind, form.cleaned_data["text"], choices)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            if not _may_add(request, plan):
                return _shown(request, page, plan, plan.back(plan.rows) if form.came_as_file else "")
            outcome = carry_out(canvas, plan, token=form.cleaned_data["token"], by=request.user)
            if not outcome.bad:
                messages.success(request, _added(outcome))
                return redirect(canvas)
            page["added"] = _added(outcome) if outcome.added else ""
            return _rest(request, page, plan, outcome)
    return render(request, "canvases/bring_in.html", page)


def _planned(canvas: Canvas, kind: Kind, text: str, choices: Choices) -> tuple[Plan, LookForm]:
    if choices.form == reading.DATA:
        return data.plan_of(canvas, kind, text), LookForm(kind, form=choices.form, head=None, columns=[])
    table = rows.table_of(kind, text, choices)
    plan = rows.plan_of(canvas, kind, table, choices)
    return plan, LookForm(kind, form=choices.form, head=table.head, columns=table.columns)


def _may_add(request: PersonRequest, plan: Plan) -> bool:
    if "add" in request.POST:
        return bool(plan.good)
    return not (plan.must_look or plan.bad or len(plan.rows) > MOST_UNSEEN or "look" in request.POST)


def _shown(request: PersonRequest, page: dict[str, Any], plan: Plan, text: str) -> HttpResponse:
    """With a text that came as a file in the page, since a page cannot hold a file."""
    if text:
        page["form"].data = page["form"].data.copy()
        page["form"].data["text"] = text
    return render(request, "canvases/bring_in.html", page | {"plan": plan})


def _rest(request: PersonRequest, page: dict[str, Any], plan: Plan, outcome: Outcome) -> HttpResponse:
    """What was refused stays, and only that; it is a new text that can be sent again."""
    sent = page["form"].data.copy()
    sent["text"], sent["token"] = plan.back(outcome.bad), str(new_id())
    page["form"].data = sent
    left = Plan(outcome.bad, plan.back, must_look=True)
    return render(request, "canvases/bring_in.html", page | {"plan": left})


def _added(outcome: Outcome) -> str:
    words = ngettext("%(count)s item was added.", "%(count)s items were added.", outcome.added)
    return words % {"count": outcome.added}
