"""The board of teams that look for partners, and the card of one team on it."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rihma.accounts.access import person_of, public, signed_in
from rihma.accounts.http import PersonRequest
from rihma.base import clock
from rihma.base.forms import posted
from rihma.base.seen import facts_of, mark_of
from rihma.programmes.models import Programme
from rihma.teams import actions
from rihma.teams.board_forms import CardForm, FilterForm
from rihma.teams.models import Team
from rihma.teams.types import CARD

A_PAGE = 24


@public
@require_safe
def partners(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody may read it who may read the call."""
    person = person_of(request)
    programme = get_object_or_404(Programme.objects.visible_to(person), slug=slug)
    form = FilterForm(list(programme.themes.all()), request.GET)
    form.is_valid()
    cards = looking_in(programme)
    found = narrowed(cards, form.cleaned_data.get("words", ""), form.cleaned_data.get("theme", ""))
    context = {
        "programme": programme,
        "form": form,
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "any": bool(cards),
        "own": Team.objects.with_member(person).filter(programme=programme, state__in=["forming", "admitted"]).first(),
    }
    return render(request, "teams/board.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def edit_card(request: PersonRequest, team_id: UUID) -> HttpResponse:
    found = get_object_or_404(Team.objects.worked_by(request.user).select_related("programme"), pk=team_id)
    first = {**facts_of(found, CARD), "search_words": found.search, "seen": mark_of(facts_of(found, CARD))}
    form = CardForm(posted(request), initial=first)

    def newest() -> dict[str, object]:
        return facts_of(Team.objects.get(pk=found.pk), CARD)

    if form.is_valid() and form.attempt_seen(
        actions.edit_card, found, newest=newest, by=request.user, **form.cleaned_data
    ):
        messages.success(request, _("Your card hangs on the board."))
        return redirect("teams:partners", found.programme.slug)
    return render(request, "teams/edit_card.html", {"team": found, "programme": found.programme, "form": form})


@signed_in
@require_POST
def take_down_card(request: PersonRequest, team_id: UUID) -> HttpResponse:
    found = get_object_or_404(Team.objects.worked_by(request.user), pk=team_id)
    actions.take_down_card(found, by=request.user)
    messages.success(request, _("Your card is taken down. Its words are kept."))
    return redirect("teams:edit_card", found.pk)


def looking_in(programme: Programme) -> list[Team]:
    """The newest first: who began lately has most places to fill."""
    today = clock.now().astimezone(programme.zone).date()
    found = Team.objects.looking().filter(programme=programme).select_related(None).select_related("theme")
    return [team for team in found.order_by("-formed_at") if team.is_looking(today)]


def narrowed(teams: Iterable[Team], words: str, theme: str) -> list[Team]:
    """Every word must stand somewhere on the card, in the beginning or the middle of one: Finnish bends their ends."""
    wanted = words.casefold().split()
    return [
        team for team in teams if theme in {"", str(team.theme_id)} and all(word in _on_card(team) for word in wanted)
    ]


def _on_card(team: Team) -> str:
    theme = " ".join(team.theme.title.values()) if team.theme else ""
    return " ".join((team.name, team.search, team.phenomenon, theme, *team.wanted)).casefold()
