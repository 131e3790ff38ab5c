from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.applications.models import Application
from rihma.records import actions
from rihma.records.models import Case
from rihma.records.queries import whole_for
from rihma.records.taking_out.archive import archived, folder_of
from rihma.records.taking_out.paper import copy_pdf, own_pdf
from rihma.records.views.register import run

AT_ONCE = 50


@signed_in
@require_safe
def own(request: PersonRequest, application_id: UUID) -> HttpResponse:
    """To those who wrote it."""
    mine = Application.objects.written_by(request.user)
    case = get_object_or_404(_whole().filter(application__in=mine), application=application_id)
    return _as_file(HttpResponse(own_pdf(case), content_type="application/pdf"), f"{folder_of(case)}.pdf")


@signed_in
@require_safe
def copy(request: PersonRequest, application_id: UUID) -> HttpResponse:
    case = _case(request, application_id)
    return _as_file(HttpResponse(copy_pdf(case), content_type="application/pdf"), f"{folder_of(case)}.pdf")


@signed_in
@require_POST
def take_out(request: PersonRequest, application_id: UUID) -> HttpResponseBase:
    """By a button, because that it was taken out is written down."""
    case = _case(request, application_id)
    actions.take_out(case.programme, count=1, by=request.user)
    return _as_file(StreamingHttpResponse(archived([case]), content_type="application/zip"), f"{folder_of(case)}.zip")


@signed_in
@require_POST
def take_all_out(request: PersonRequest, slug: str) -> HttpResponseBase:
    """Without those that whoever takes them out must not meet: reviews are in them."""
    programme = run(request, slug)
    numbers = list(whole_for(request.user).filter(programme=programme).values_list("pk", flat=True))
    actions.take_out(programme, count=len(numbers), by=request.user)
    stream = archived(_one_by_one(numbers))
    return _as_file(StreamingHttpResponse(stream, content_type="application/zip"), f"{slug}.zip")


def _one_by_one(numbers: Sequence[int]) -> Iterator[Case]:
    """Not held by a cursor while a reader is slow: some of them, then the next."""
    for start in range(0, len(numbers), AT_ONCE):
        yield from _whole().filter(pk__in=numbers[start : start + AT_ONCE]).order_by("given_at", "pk")


def _whole() -> QuerySet[Case]:
    return Case.objects.select_related("programme", "application__team__programme", "application__call__programme")


def _case(request: PersonRequest, application_id: UUID) -> Case:
    return get_object_or_404(_whole().filter(pk__in=whole_for(request.user).values("pk")), application=application_id)


def _as_file[Answer: HttpResponseBase](answer: Answer, name: str) -> Answer:
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
