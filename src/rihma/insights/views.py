from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base import clock
from rihma.insights.queries import overview
from rihma.programmes.models import Programme


@signed_in
@require_safe
def facilitator(request: PersonRequest, slug: str) -> HttpResponse:
    programme = get_object_or_404(Programme.objects.run_by(request.user), slug=slug)
    context = {"programme": programme, "overview": overview(programme, clock.now())}
    return render(request, "insights/facilitator.html", context)
