"""Pages of the register. Whoever runs a programme keeps it; to everybody else it is not there."""

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.actors import actions, dated
from rihma.actors.models import Organisation
from rihma.actors.queries import suspected
from rihma.actors.rules import key_of
from rihma.base.forms import SeenForm, posted
from rihma.base.seen import facts_of
from rihma.history.queries import recent_of
from rihma.programmes.models import Programme
from rihma.teams.register import forms

A_PAGE = 100
MOST_PAIRS = 10


@signed_in
@require_safe
def organisations(request: PersonRequest) -> HttpResponse:
    check_keeps(request)
    asked = request.GET.get("q", "").strip()
    found = Organisation.objects.filter(same_as=None).select_related("parent", "successor")
    if asked:
        key = key_of(asked)
        found = found.filter(
            Q(name__icontains=asked)
            | Q(business_id__startswith=asked)
            | (Q(name_key__contains=key) | Q(spellings__key__contains=key) if key else Q())
        ).distinct()
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    pairs = [] if asked or page.number > 1 else suspected()[:MOST_PAIRS]
    context = {"page": page, "listed": page.object_list, "asked": asked, "pairs": pairs}
    return render(request, "teams/register/list.html", context)


@signed_in
@require_safe
def organisation(request: PersonRequest, organisation_id: UUID) -> HttpResponse:
    found = kept_by(request, organisation_id)
    if found.same_as:
        return redirect("organisations:organisation", found.same_as_id)
    context = {
        "organisation": found,
        "kinds": [(found.Kind(span.kind).label, span) for span in dated.spans(found.dated_kinds, found.kind)],
        "past_names": [(row["name"], date.fromisoformat(row["until"])) for row in found.earlier_names],
        "ties": _ties(found),
        "duplicates": list(found.duplicates.all()),
        "events": recent_of(found.pk),
    }
    return render(request, "teams/register/organisation.html", context)


def _ties(found: Organisation) -> list[tuple[str, list[Organisation]]]:
    ties = [
        (_("Part of"), list(filter(None, [found.parent]))),
        (_("Its parts"), list(found.parts.all())),
        (_("Its work is carried on by"), list(filter(None, [found.successor]))),
        (_("It carries on the work of"), list(found.predecessors.all())),
        (_("Split off from"), list(filter(None, [found.split_from]))),
        (_("Split off from it"), list(found.split_off.all())),
    ]
    near = {found, *(one for _title, others in ties for one in others)}
    family = Organisation.objects.filter(family=found.family, same_as=None)
    return [*ties, (_("Others of its family"), [one for one in family if one not in near])]


@signed_in
@require_http_methods(["GET", "POST"])
def add(request: PersonRequest) -> HttpResponse:
    check_keeps(request)
    form = forms.AddForm(posted(request))
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        if form.attempt(actions.add, by=request.user, **given):
            messages.success(request, _("The organisation is added."))
            return redirect("organisations:organisation", form.result.pk)
    context = {"form": form, "heading": _("Add an organisation")}
    return render(request, "teams/register/form.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, organisation_id: UUID) -> HttpResponse:
    found = kept_by(request, organisation_id)
    return _page(request, found, forms.EditForm, actions.FACTS, actions.edit, heading=_("Edit the organisation"))


@signed_in
@require_http_methods(["GET", "POST"])
def rename(request: PersonRequest, organisation_id: UUID) -> HttpResponse:
    found = kept_by(request, organisation_id)
    return _page(request, found, forms.RenameForm, ["name"], actions.rename, heading=_("Rename the organisation"))


@signed_in
@require_http_methods(["GET", "POST"])
def become(request: PersonRequest, organisation_id: UUID) -> HttpResponse:
    found = kept_by(request, organisation_id)
    lead = _("Rules count by the kind of an organisation, and each team is told if it no longer meets one.")
    facts = ["kind", "dated_kinds"]
    return _page(request, found, forms.BecomeForm, facts, actions.become, heading=_("Change the kind"), lead=lead)


@signed_in
@require_http_methods(["GET", "POST"])
def end(request: PersonRequest, organisation_id: UUID) -> HttpResponse:
    found = kept_by(request, organisation_id)
    heading = _("What has become of it")
    return _page(request, found, forms.EndForm, ["ended_on", "successor_id"], actions.end, heading=heading)


@signed_in
@require_http_methods(["GET", "POST"])
def merge(request: PersonRequest, organisation_id: UUID) -> HttpResponse:
    """`?into=` comes from two that look alike."""
    found = kept_by(request, organisation_id)
    lead = _(
        "Somebody added this organisation a second time. All that is said of it goes over to the one that stays; this cannot be undone."
    )
    form = forms.MergeForm(posted(request), initial={"into": request.GET.get("into", "")})
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(actions.merge, found, form.cleaned_data["into"], by=request.user)
    ):
        messages.success(request, _("The two are one now."))
        return redirect("organisations:organisation", form.result.pk)
    context = {"form": form, "organisation": found, "heading": _("Merge a duplicate"), "lead": lead}
    return render(request, "teams/register/form.html", context, status=422 if form.errors else 200)


def _page(
    request: PersonRequest,
    found: Organisation,
    form_class: type[SeenForm],
    facts: Iterable[str],
    action: Callable[..., Organisation],
    *,
    heading: str,
    lead: str = "",
) -> HttpResponse:
    """A form about one organisation, filled from what is so, and one action."""
    names = tuple(facts)
    form = form_class.filled(facts_of(found, names), posted(request))
    form.initial.update(parent=found.parent, successor=found.successor)

    def newest() -> dict[str, object]:
        return facts_of(Organisation.objects.get(pk=found.pk), names)

    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt_seen(action, found, newest=newest, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Saved."))
        return redirect("organisations:organisation", found.pk)
    context = {"form": form, "organisation": found, "heading": heading, "lead": lead}
    return render(request, "teams/register/form.html", context, status=422 if form.errors else 200)


def kept_by(request: PersonRequest, pk: UUID) -> Organisation:
    check_keeps(request)
    known = Organisation.objects.select_related("parent", "successor", "split_from", "same_as")
    return get_object_or_404(known, pk=pk)


def check_keeps(request: PersonRequest) -> None:
    if not Programme.objects.run_by(request.user).exists():
        raise Http404
