from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base import clock
from rihma.records import rules
from rihma.records.forms import KIND_WORDS
from rihma.records.queries import plan_of
from rihma.records.retention import Thing, counted, things
from rihma.records.views.register import run

MOST = 200


@signed_in
@require_safe
def report(request: PersonRequest, slug: str) -> HttpResponse:
    """What the job would delete if it ran now, and what comes later."""
    programme = run(request, slug)
    plan = plan_of(programme)
    found = things(programme, plan)
    today = clock.now().astimezone(programme.zone).date()
    due = [thing for thing in found if thing.day <= today]
    later = [thing for thing in found if thing.day > today]
    months = {**{kind: plan.months.get(kind) for kind in rules.KINDS}, rules.BY_QUESTION: _("by question")}
    context = {
        "programme": programme,
        "kinds": [
            {
                "words": KIND_WORDS[kind],
                "months": months[kind],
                "due": counted(due, kind),
                "later": counted(later, kind),
            }
            for kind in months
        ],
        "due": _listed(due),
        "due_count": counted(due),
        "later": _listed(later),
    }
    return render(request, "records/retention.html", context)


def _listed(found: list[Thing]) -> list[dict[str, object]]:
    return [{"name": thing.name, "day": thing.day, "words": KIND_WORDS[thing.kind]} for thing in found[:MOST]]
