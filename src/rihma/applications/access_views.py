from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.applications import access
from rihma.base.forms import posted
from rihma.base.seen import mark_of
from rihma.base.words import Words
from rihma.calls.forms import AccessForm
from rihma.calls.models import Call
from rihma.calls.queries import stage_of
from rihma.calls.tabs import tabs


@signed_in
@require_http_methods(["GET", "POST"])
def set_access(request: PersonRequest, slug: str) -> HttpResponse:
    """Here and not beside the other parts of the call, because those who have begun an application must be told."""
    call = get_object_or_404(Call.objects.run_by(request.user), programme__slug=slug)
    stage = stage_of(call)
    form = AccessForm.of(call, stage, posted(request))
    if request.method == "POST" and form.is_valid():
        given = {"because": Words(), **form.cleaned_data}
        if form.attempt(access.set_access, call, by=request.user, **given):
            messages.success(request, _("Who may apply is saved."))
            return redirect("applications:set_access", slug)
        newest = {"access": Call.objects.get(pk=call.pk).access}
        form.show_newer(newest, mark_of(newest))
    context = {"call": call, "programme": call.programme, "stage": stage, "form": form}
    status = 422 if form.errors else 200
    tabbed = {**context, "tabs": tabs(call, "applications:set_access")}
    return render(request, "applications/set_access.html", tabbed, status=status)
