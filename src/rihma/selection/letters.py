"""Why, for each application: the letter as its writers read it, and the public list of the chosen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from rihma.accounts.access import person_of, public, signed_in
from rihma.accounts.http import PersonRequest
from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.calls.cut_offs import look
from rihma.calls.models import Intake
from rihma.calls.rules import LEAST, MOST
from rihma.notices.writing import drafted
from rihma.reviews.queries import Standing, standings
from rihma.selection.actions import marks_of, told_of
from rihma.selection.models import Decision
from rihma.selection.queries import HOLDING, announcement_of, is_tied, next_chance, reserve_places, told_at
from rihma.teams.models import Member


@dataclass(frozen=True)
class Draft:
    """One mail as it would go out now."""

    to: Person
    subject: str
    body: str


@signed_in
@require_safe
def letter(request: PersonRequest, application_id: UUID) -> HttpResponse:
    """Its writers read it once it is announced; those who run the programme before, with every mail as it will go."""
    applications = Application.objects.read_by(request.user).select_related(
        "team", "call__programme", "receipt", "intake"
    )
    found = get_object_or_404(applications, pk=application_id)
    decision = Decision.objects.filter(application=found).select_related("by").first()
    if decision is None:
        raise Http404
    # Jurors' reasons are in it, so whoever is tied to an application waits like everybody else.
    runs = found.call.programme.is_run_by(request.user) and not is_tied(found.counts_for, request.user)
    announcement = told_at(found)
    if not (announcement or runs):
        raise Http404
    decision.application = found
    said = standings(found.counts_for)
    standing = said.get(found.pk)
    context = {
        "application": found,
        "team": found.team,
        "programme": found.call.programme,
        "decision": decision,
        "announcement": announcement,
        # what is decided after the announcement is told at once
        "at": max(announcement.at, decision.decided_at) if announcement else None,
        "runs": runs,
        "place": reserve_places(found.counts_for).get(found.pk) if decision.outcome == "reserve" else None,
        "passings": decision.passings.all(),
        "reasons": standing.reasons if standing else (),
        "given": marks_of(standing),
        "scale": (LEAST, MOST),
        "again": next_chance(found.counts_for) if decision.outcome != "accepted" else None,
        "full": Application.objects.filter(continues=found).first() if decision.goes_on and announcement else None,
        "drafts": list(_drafts(decision, said)) if runs and not announcement else [],
    }
    return render(request, "selection/letter.html", context)


def _drafts(decision: Decision, said: Mapping[UUID, Standing]) -> Iterator[Draft]:
    team = decision.application.team
    told = told_of(decision, said)
    for member in team.members.filter(state=Member.State.CONFIRMED).select_related("person"):
        yield Draft(member.person, *drafted(f"selection/notices/{decision.sign}", member.person, **told))


@public
@require_safe
def chosen(request: HttpRequest, slug: str) -> HttpResponse:
    """Before the announcement there is no such page, for anybody."""
    announced = Intake.objects.visible_to(person_of(request)).filter(announcement__isnull=False)
    intake, cut_offs = look(request, announced.select_related("announcement"), slug)
    accepted = Decision.objects.filter(
        application__intake=intake, outcome=Decision.Outcome.ACCEPTED, application__team__state__in=HOLDING
    )
    context = {
        "call": intake.call,
        "intake": intake,
        "programme": intake.programme,
        "announcement": announcement_of(intake),
        "cut_offs": cut_offs if len(cut_offs) > 1 else [],
        "decisions": accepted.select_related("application__team__theme").order_by("application__team__name"),
    }
    return render(request, "selection/chosen.html", context)
