from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base.forms import posted
from rihma.programmes import actions
from rihma.programmes.forms.deeds import PublishForm
from rihma.programmes.models import Programme
from rihma.programmes.queries import lacks_of, languages_in_words


@signed_in
@require_http_methods(["GET", "POST"])
def publish(request: PersonRequest, slug: str) -> HttpResponse:
    """What still lacks, and the button; a reason is asked only where something lacks."""
    found = get_object_or_404(Programme.objects.run_by(request.user), slug=slug)
    lacks = [
        {"what": lack.what, "languages": languages_in_words(lack.languages), "url": lack.url}
        for lack in lacks_of(found)
    ]
    form = PublishForm(posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(actions.publish, found, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("The programme is public."))
        return redirect(found)
    return render(request, "programmes/publish.html", {"programme": found, "lacks": lacks, "form": form})


@signed_in
@require_POST
def close(request: PersonRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Programme.objects.run_by(request.user), slug=slug)
    actions.close(found, by=request.user)
    messages.success(request, _("The programme is closed. All of it stays to be read."))
    return redirect(found)


@signed_in
@require_POST
def reopen(request: PersonRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Programme.objects.run_by(request.user), slug=slug)
    actions.reopen(found, by=request.user)
    messages.success(request, _("The programme is open again."))
    return redirect(found)
