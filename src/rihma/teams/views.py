from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.actors.forms import OrganisationForm
from rihma.base.forms import posted
from rihma.base.seen import facts_of
from rihma.history.queries import recent_of
from rihma.teams import actions, queries
from rihma.teams.forms import DescribeForm, InviteForm, MentorForm, organisation_of
from rihma.teams.models import ANSWERS, Member, Team
from rihma.teams.queries import checked, places_of
from rihma.teams.rules import is_eligible
from rihma.teams.seen import seen

DESCRIBED = ("name", "phenomenon", "looking_for")


@signed_in
@require_safe
def team(request: PersonRequest, team_id: UUID) -> HttpResponse:
    found = seen(request.user, team_id)
    now = checked(found)
    places = places_of(found)
    own = next((place for place in places if place.person_id == request.user.pk), None)
    context = {
        "team": found,
        "programme": found.programme,
        "places": places,
        "own": own,
        "waiting": vars(found)["waiting"] if own and own.role in ANSWERS else 0,
        "partners": queries.partners_of(found),
        "mentors": queries.mentors_of(found),
        "runs": found.programme.is_run_by(request.user),
        "checked": now,
        "eligible": is_eligible(now),
        "due": None if is_eligible(now) else queries.due_of(found),
        "completion": "" if is_eligible(now) else queries.completion_in_words(found),
        "events": recent_of(found.pk),
    }
    return render(request, "teams/team.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, team_id: UUID) -> HttpResponse:
    found = _worked(request, team_id)
    form = DescribeForm.filled(facts_of(found, DESCRIBED), posted(request))

    def newest() -> dict[str, object]:
        return facts_of(Team.objects.get(pk=found.pk), DESCRIBED)

    if form.is_valid() and form.attempt_seen(actions.edit, found, newest=newest, by=request.user, **form.cleaned_data):
        return redirect(found)
    return render(request, "teams/edit.html", {"team": found, "programme": found.programme, "form": form})


@signed_in
@require_http_methods(["GET", "POST"])
def invite(request: PersonRequest, team_id: UUID) -> HttpResponse:
    found = _worked(request, team_id)
    form = InviteForm(posted(request))
    if request.method == "POST" and form.is_valid() and form.attempt(_invite, found, form, request):
        messages.success(
            request, _("The invitation is on its way to %(email)s.") % {"email": form.cleaned_data["email"]}
        )
        return _back(request, found)
    return render(request, "teams/invite.html", {"team": found, "programme": found.programme, "form": form})


@signed_in
@require_http_methods(["GET", "POST"])
def invitation(request: PersonRequest, member_id: UUID) -> HttpResponse:
    """To the invited alone; whoever signs in with another address finds nothing here."""
    member = _own(request, member_id)
    if member.state == Member.State.CONFIRMED:
        return redirect(member.team)
    form = OrganisationForm(posted(request), initial=organisation_of(member))
    if request.method == "POST" and form.is_valid() and form.attempt(_join, member, form, request):
        messages.success(request, _("You are in the team."))
        return redirect(member.team)
    context = {"member": member, "team": member.team, "programme": member.team.programme, "form": form}
    return render(request, "teams/invitation.html", context)


@signed_in
@require_POST
def decline_invitation(request: PersonRequest, member_id: UUID) -> HttpResponse:
    member = _own(request, member_id)
    actions.decline_invitation(member, by=request.user)
    messages.success(request, _("You said no. The team has been told."))
    return redirect("home")


@signed_in
@require_http_methods(["GET", "POST"])
def act_for(request: PersonRequest, team_id: UUID) -> HttpResponse:
    """A member says in whose name they act in this team."""
    found = get_object_or_404(Team.objects.with_member(request.user), pk=team_id)
    member = found.members.select_related("organisation").get(person=request.user, state=Member.State.CONFIRMED)
    form = OrganisationForm(posted(request), initial=organisation_of(member))
    if request.method == "POST" and form.is_valid() and form.attempt(_act_for, member, form, request):
        return _back(request, found)
    return render(request, "teams/act_for.html", {"team": found, "programme": found.programme, "form": form})


@signed_in
@require_http_methods(["GET", "POST"])
def give_mentor(request: PersonRequest, team_id: UUID) -> HttpResponse:
    """Those who run the programme give a team one of its mentors."""
    found = get_object_or_404(Team.objects.run_by(request.user).select_related("programme"), pk=team_id)
    form = MentorForm(found, posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(actions.give_mentor, found, form.cleaned_data["mentor"], by=request.user)
    ):
        messages.success(request, _("The team has a mentor."))
        return redirect(found)
    return render(request, "teams/give_mentor.html", {"team": found, "programme": found.programme, "form": form})


@signed_in
@require_POST
def leave(request: PersonRequest, team_id: UUID, member_id: UUID) -> HttpResponse:
    """A member leaves, or whoever works in the team takes somebody out."""
    found = _worked(request, team_id)
    member = get_object_or_404(found.members.all(), pk=member_id)
    actions.leave(member, by=request.user)
    messages.success(request, _("%(person)s is no longer in the team.") % {"person": member.person})
    return redirect("home") if member.person_id == request.user.pk else _back(request, found)


def _worked(request: PersonRequest, team_id: UUID) -> Team:
    return get_object_or_404(Team.objects.worked_by(request.user).select_related("programme"), pk=team_id)


def _own(request: PersonRequest, member_id: UUID) -> Member:
    own = Member.objects.filter(person=request.user).exclude(state=Member.State.LEFT)
    return get_object_or_404(own.select_related("team__programme", "organisation", "invited_by"), pk=member_id)


def _invite(found: Team, form: InviteForm, request: PersonRequest) -> Member:
    given = form.cleaned_data
    return actions.invite(
        found, given["email"], name=given["name_of_person"], organisation=form.name(), by=request.user
    )


def _join(member: Member, form: OrganisationForm, request: PersonRequest) -> Member:
    return actions.join(member, organisation=form.name(), by=request.user)


def _act_for(member: Member, form: OrganisationForm, request: PersonRequest) -> Member:
    return actions.act_for(member, form.name(), by=request.user)


def _back(request: PersonRequest, found: Team) -> HttpResponse:
    """To the page that the form was opened from (an application, say), else the team's."""
    onward = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(onward, None) and onward.startswith("/"):
        return redirect(onward)
    return redirect(found)
