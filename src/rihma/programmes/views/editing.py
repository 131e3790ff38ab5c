from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base.forms import posted
from rihma.base.parts import Option
from rihma.programmes import actions
from rihma.programmes.forms.deeds import CreateForm
from rihma.programmes.forms.parts import PARTS
from rihma.programmes.models import Programme
from rihma.programmes.queries import may_create


@signed_in
@require_http_methods(["GET", "POST"])
def create(request: PersonRequest) -> HttpResponse:
    if not may_create(request.user):
        raise Http404
    form = CreateForm(posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(actions.create, by=request.user, **form.cleaned_data)
    ):
        messages.success(
            request, _("The draft is made. Go on with its texts; nobody else sees it before you publish it.")
        )
        return redirect("programmes:edit", form.result.slug)
    return render(request, "programmes/create.html", {"form": form})


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, slug: str, part: str = "texts") -> HttpResponse:
    """One part of the programme at a time, so that no form is longer than a page or two."""
    found = get_object_or_404(Programme.objects.run_by(request.user), slug=slug)
    if part not in PARTS:
        raise Http404
    form = PARTS[part].of(found, posted(request))

    def newest() -> dict[str, object]:
        return form.facts_of(Programme.objects.get(pk=found.pk))

    if form.is_valid() and form.attempt_seen(form.save, found, newest=newest, by=request.user):
        messages.success(request, _("Saved."))
        return redirect("programmes:edit", form.result.slug, part)
    tabs = [Option(one.heading, _address(found, name), active=name == part) for name, one in PARTS.items()]
    context = {"programme": found, "form": form, "part": part, "tabs": tabs, "heading": PARTS[part].heading}
    return render(request, "programmes/edit.html", context)


def _address(programme: Programme, part: str) -> str:
    return reverse("programmes:edit", args=[programme.slug, part])
