from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from rihma.accounts.access import person_of, public, signed_in
from rihma.accounts.http import PersonRequest
from rihma.base import clock
from rihma.programmes.models import Programme
from rihma.programmes.queries import event_of, grouped, may_create, phases_as_nodes


@public
@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """Public ones by where they are in their time; drafts only to those who run them."""
    person = person_of(request)
    context = {
        "groups": grouped(Programme.objects.visible_to(person), clock.now()),
        "may_create": person is not None and may_create(person),
    }
    return render(request, "programmes/list.html", context)


@public
@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    found = get_object_or_404(Programme.objects.visible_to(person), slug=slug)
    return _page(request, found, runs=Programme.objects.run_by(person).filter(pk=found.pk).exists())


@signed_in
@require_safe
def preview(request: PersonRequest, slug: str) -> HttpResponse:
    """The page as everybody will see it, before they do."""
    found = get_object_or_404(Programme.objects.run_by(request.user), slug=slug)
    return _page(request, found, runs=False, is_preview=True)


def _page(request: HttpRequest, found: Programme, *, runs: bool, is_preview: bool = False) -> HttpResponse:
    context = {
        "programme": found,
        "themes": found.themes.all(),
        "phases": phases_as_nodes(found, clock.now()),
        "stage": found.stage(clock.now()),
        "runs": runs,
        "is_preview": is_preview,
        "event": event_of(found, request.build_absolute_uri(found.get_absolute_url())),
    }
    return render(request, "programmes/programme.html", context)
