from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.applications.found import read
from rihma.applications.versions import as_arrived
from rihma.applications.views import role_of


@signed_in
@require_safe
def version(request: PersonRequest, application_id: UUID, number: int) -> HttpResponse:
    """As it arrived, also when a newer one counts."""
    found = read(request, application_id)
    told = get_object_or_404(found.receipts.all(), version=number)
    told.application = found
    counts = told.pk == found.receipt_id
    context = {"application": found, "programme": found.call.programme, "receipt": told, "counts": counts}
    return render(request, "applications/version.html", {**context, **as_arrived(told, role_of(request, found))})
