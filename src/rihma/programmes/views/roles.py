from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base.forms import posted
from rihma.programmes import actions
from rihma.programmes.forms.deeds import AppointForm
from rihma.programmes.models import Programme, Role


@signed_in
@require_http_methods(["GET", "POST"])
def appoint(request: PersonRequest, slug: str) -> HttpResponse:
    """Who is what in the programme, and a form to give somebody a role."""
    found = get_object_or_404(Programme.objects.run_by(request.user), slug=slug)
    form = AppointForm(posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(actions.appoint_by_email, found, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("%(person)s has the role now and gets a mail.") % {"person": form.result.person})
        return redirect("programmes:roles", found.slug)
    context = {"programme": found, "form": form, "roles": found.roles.current()}
    return render(request, "programmes/roles.html", context)


@signed_in
@require_POST
def end_role(request: PersonRequest, slug: str, role_id: int) -> HttpResponse:
    found = get_object_or_404(Programme.objects.run_by(request.user), slug=slug)
    role = get_object_or_404(Role.objects.current().filter(programme=found), pk=role_id)
    actions.end_role(role, by=request.user)
    messages.success(request, _("%(person)s no longer has this role.") % {"person": role.person})
    return redirect("programmes:roles", found.slug)
