from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.applications import cut_offs, times
from rihma.base import clock
from rihma.base.forms import posted
from rihma.base.words import Words
from rihma.calls.forms import SetTimesForm, first_times
from rihma.calls.models import Call
from rihma.calls.queries import intakes_of, is_announced, stage_of
from rihma.calls.tabs import tabs


@signed_in
@require_http_methods(["GET", "POST"])
def set_times(request: PersonRequest, slug: str) -> HttpResponse:
    """Here and not beside the other parts of the call, because those who have begun an application must be told."""
    call = get_object_or_404(Call.objects.run_by(request.user), programme__slug=slug)
    stage = stage_of(call)
    form = SetTimesForm.of(call, stage, posted(request))
    if request.method == "POST" and form.is_valid():
        given = {"because": Words(), **first_times(call), **form.cleaned_data}
        if form.attempt(times.set_times, call, by=request.user, **given):
            messages.success(request, _("The times are saved."))
            return redirect("applications:set_times", slug)
        newest = Call.objects.select_related("programme").get(pk=call.pk)
        form.show_newer(first_times(newest), newest.times.mark)
    listed = intakes_of(call)
    context = {
        "call": call,
        "programme": call.programme,
        "stage": stage,
        "announced": is_announced(call.last_intake),
        "form": form,
        "intakes": listed,
        "removable": cut_offs.removable(call, listed, stage),
        "now": clock.now(),
    }
    return render(request, "applications/set_times.html", {**context, "tabs": tabs(call, "applications:set_times")})
