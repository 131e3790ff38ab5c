from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_list_or_404, get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base import clock
from rihma.canvases.models import Item
from rihma.experiments import actions, queries
from rihma.experiments.models import Experiment
from rihma.teams.models import Team


@signed_in
@require_safe
def of_team(request: PersonRequest, team_id: UUID) -> HttpResponse:
    team = get_object_or_404(Team.objects.seen_by(request.user).select_related("programme"), pk=team_id)
    context = {
        "team": team,
        "programme": team.programme,
        "rows": queries.rows(queries.listed(team.experiments.all()), clock.now()),
        "works": Team.objects.worked_by(request.user).filter(pk=team.pk).exists(),
    }
    return render(request, "experiments/of_team.html", context)


@signed_in
@require_safe
def of_programme(request: PersonRequest, slug: str) -> HttpResponse:
    """To those who run the programme: what is late stands first."""
    teams = Team.objects.run_by(request.user).filter(programme__slug=slug).select_related("programme")
    first = get_list_or_404(teams)[0]
    rows = queries.rows(queries.listed(Experiment.objects.filter(team__in=teams)), clock.now())
    late = [row for row in rows if row.is_overdue]
    return render(request, "experiments/of_programme.html", {"programme": first.programme, "rows": rows, "late": late})


@signed_in
@require_POST
def draft(request: PersonRequest, team_id: UUID) -> HttpResponse:
    team = get_object_or_404(Team.objects.worked_by(request.user).select_related("programme"), pk=team_id)
    return redirect("experiments:edit", actions.draft_from(None, team, by=request.user).pk)


@signed_in
@require_POST
def draft_from_item(request: PersonRequest, item_id: UUID) -> HttpResponse:
    teams = Team.objects.worked_by(request.user)
    readable = Item.objects.live().filter(hidden=False)
    items = readable.select_related("canvas__team__programme").filter(canvas__team__in=teams.values("pk"))
    item = get_object_or_404(items, pk=item_id)
    return redirect("experiments:edit", actions.draft_from(item, item.canvas.team, by=request.user).pk)
