"""The kind of an organisation changes, or was a slip: rules count by it, so every team that it is in is looked at again."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.accounts.models import Person
from rihma.actors import actions as actors
from rihma.actors.kinds import Kind
from rihma.actors.models import Organisation
from rihma.base.forms import SeenForm, posted
from rihma.base.seen import check_unchanged, facts_of
from rihma.history.actions import record
from rihma.teams.models import Team
from rihma.teams.queries import STAYS
from rihma.teams.shortfalls import review


class KindForm(SeenForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of organisation"),
        help_text=gettext_lazy("It changes for every team that the organisation is in, in every programme."),
        choices=Kind.choices,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def set_kind(request: PersonRequest, team_id: UUID, organisation_id: UUID) -> HttpResponse:
    found = get_object_or_404(Team.objects.run_by(request.user).select_related("programme"), pk=team_id)
    inside = Organisation.objects.filter(members__team=found, members__state__in=STAYS).distinct()
    organisation = get_object_or_404(inside, pk=organisation_id)
    form = KindForm.filled(facts_of(organisation, ["kind"]), posted(request))

    def newest() -> dict[str, object]:
        return facts_of(Organisation.objects.get(pk=organisation.pk), ["kind"])

    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt_seen(change_kind, found, organisation, newest=newest, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("The kind of the organisation is saved."))
        return redirect(found)
    context = {"team": found, "programme": found.programme, "organisation": organisation, "form": form}
    return render(request, "teams/set_kind.html", context)


@transaction.atomic
def change_kind(team: Team, organisation: Organisation, kind: str, *, seen: str, by: Person) -> None:
    """The team is where it was noticed; its history tells who changed it, and each team concerned what came of it."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    check_unchanged(organisation, ["kind"], seen)
    if kind == organisation.kind:
        return
    before = organisation.kind
    actors.set_kind(organisation, kind)
    facts = {"organisation": str(organisation.pk), "before": before, "after": kind}
    record(team, "kind_set", scope=team.programme_id, thread=team.pk, by=by, **facts)
    for other in Team.objects.admitted().filter(members__organisation=organisation).distinct().order_by("pk"):
        review(other, by=by)
