from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base.forms import posted
from rihma.programmes.models import Programme
from rihma.records import actions
from rihma.records.forms import PlanForm
from rihma.records.models import DocumentRequest
from rihma.records.queries import plan_of, register

A_PAGE = 200


@signed_in
@require_safe
def cases(request: PersonRequest, slug: str) -> HttpResponse:
    programme = run(request, slug)
    page = Paginator(register(programme), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "cases": page.object_list,
        "page": page,
        "waiting": DocumentRequest.objects.filter(programme=programme, outcome="waiting").count(),
    }
    return render(request, "records/cases.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def plan(request: PersonRequest, slug: str) -> HttpResponse:
    programme = run(request, slug)

    def newest() -> dict[str, object]:
        return plan_of(programme).facts

    form = PlanForm.filled(newest(), posted(request))
    if form.is_valid() and form.attempt_seen(
        actions.set_plan,
        programme,
        newest=newest,
        number_format=form.cleaned_data["number_format"],
        months=form.months,
        seen=form.cleaned_data["seen"],
        by=request.user,
    ):
        messages.success(request, _("Saved."))
        return redirect("records:cases", slug)
    return render(request, "records/plan.html", {"programme": programme, "form": form})


def run(request: PersonRequest, slug: str) -> Programme:
    return get_object_or_404(Programme.objects.run_by(request.user), slug=slug)
