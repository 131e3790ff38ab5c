from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.applications import searching
from rihma.applications.models import Application
from rihma.applications.queries import turned_away
from rihma.base.forms import posted
from rihma.base.parts import Option
from rihma.calls.cut_offs import Looked, look
from rihma.calls.models import Call, Intake
from rihma.selection import actions, moving
from rihma.selection.forms import AnnounceForm, DecideForm
from rihma.selection.listing import by_challenge
from rihma.selection.models import Decision, Passing
from rihma.selection.queries import (
    Row,
    announcement_of,
    arrived,
    cohort,
    decided,
    found,
    rows,
    still_written,
    without_summary,
)
from rihma.teams.models import Team

LANGUAGES = dict(settings.LANGUAGES)
# As many as one looks through at a time.
A_PAGE = 100
LONGEST_QUERY = 200
SORTS: dict[str, Callable[[Row], Any]] = {
    "arrival": lambda row: row.arrived,
    "team": lambda row: row.team.casefold(),
    "organisations": lambda row: -row.organisations,
}
SHOWN: dict[str, Callable[[Row], bool]] = {
    "all": lambda _row: True,
    "undecided": lambda row: row.outcome is None,
    "eligible": lambda row: row.eligible,
    "not-eligible": lambda row: not row.eligible,
    "late": lambda row: row.late_seconds > 0,
}


@signed_in
@require_safe
def applications(request: PersonRequest, slug: str) -> HttpResponse:
    intake, cut_offs = _intake(request, slug)
    everybody = arrived(intake)
    sort = request.GET.get("sort", "arrival")
    show = request.GET.get("show", "all")
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    if query:
        hits = found(intake, query, everybody, by=request.user)
        # Of the others only those accepted, because the cohort so far is told beside the list.
        known = rows(intake, [one for one in everybody if one.application in hits or one.outcome == "accepted"])
        listed = [row for row in known if row.application in hits]
    else:
        searching.warm(intake)
        known = listed = rows(intake, everybody)
    accepted = [row for row in known if row.outcome == "accepted"]
    listed, challenges = by_challenge(
        intake, listed, request.GET.get("challenge", ""), lambda one: _with(request.GET, challenge=one)
    )
    chosen = [row for row in listed if SHOWN.get(show, SHOWN["all"])(row)]
    page = Paginator(sorted(chosen, key=SORTS.get(sort, SORTS["arrival"])), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "call": intake.call,
        "intake": intake,
        "programme": intake.programme,
        "rows": page.object_list,
        "page": page,
        "sort": sort,
        "query": query,
        "options": _options(listed, show, request.GET),
        "challenges": challenges,
        "cut_offs": cut_offs,
        "cohort": cohort(intake, everybody),
        "announcement": announcement_of(intake),
        "turned_away": turned_away(intake),
        "going_on": still_written(intake),
        "seats": sum(row.seats for row in accepted),
        **_mix(accepted),
    }
    return render(request, "selection/applications.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def decide(request: PersonRequest, application_id: UUID) -> HttpResponse:
    calls = Call.objects.run_by(request.user)
    found = get_object_or_404(
        Application.objects.select_related("team", "call__programme", "intake")
        .filter(call__in=calls)
        .exclude(state="draft"),
        pk=application_id,
    )

    def newest() -> dict[str, object]:
        return decided(Decision.objects.filter(application=found).first())

    form = DecideForm.filled(newest(), posted(request))
    if found.counts_for.is_idea:
        form.speak_of_ideas()
    if form.is_valid() and form.attempt_seen(
        actions.decide,
        found,
        Decision.Outcome(form.cleaned_data["outcome"]),
        newest=newest,
        reason=form.cleaned_data["reason"],
        summary=form.cleaned_data["summary"],
        seen=form.cleaned_data["seen"],
        by=request.user,
    ):
        told = _("The decision is written down and the team has been told.")
        quiet = _("The decision is written down. Nobody is told before you announce.")
        messages.success(request, told if announcement_of(found.counts_for) else quiet)
        return redirect(_applications(found.counts_for))
    context = {
        "application": found,
        "team": found.team,
        "programme": found.call.programme,
        "form": form,
        "announced": announcement_of(found.counts_for),
        "passings": Passing.objects.filter(decision__application=found),
    }
    return render(request, "selection/decide.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def announce(request: PersonRequest, slug: str) -> HttpResponse:
    intake, _cut_offs = _intake(request, slug)
    form = AnnounceForm(posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(actions.announce, intake, because=form.cleaned_data["because"], by=request.user)
    ):
        messages.success(request, _("The decisions are announced. Everybody gets a mail."))
        return redirect(_applications(intake))
    listed = rows(intake)
    context = {
        "call": intake.call,
        "intake": intake,
        "programme": intake.programme,
        "form": form,
        "cohort": cohort(intake, listed),
        "rows": sorted(listed, key=lambda row: row.outcome or ""),
        "announcement": announcement_of(intake),
        "without_summary": without_summary(intake),
    }
    return render(request, "selection/announce.html", context)


@signed_in
@require_POST
def leave_programme(request: PersonRequest, team_id: UUID) -> HttpResponse:
    """For the convener, and for those who run the programme."""
    team = get_object_or_404(Team.objects.led_by(request.user), pk=team_id)
    moved = moving.leave_programme(team, by=request.user)
    messages.success(request, _("The team has left the programme."))
    if team.programme.is_run_by(request.user):
        _say_who_moved(request, moved)
    return redirect("teams:team", team.pk)


def _intake(request: PersonRequest, slug: str) -> Looked:
    return look(request, Intake.objects.run_by(request.user), slug)


def _applications(intake: Intake) -> str:
    return reverse("selection:applications", args=[intake.programme.slug]) + intake.query


def _say_who_moved(request: PersonRequest, moved: moving.Moved) -> None:
    for passing in moved.passed:
        told = _("%(team)s was passed over, because with it a limit would not hold: %(limits)s.")
        messages.info(request, told % {"team": passing.decision.application.team, "limits": passing.words})
    if moved.decision:
        told = _("%(team)s got the place and its letter.")
        messages.success(request, told % {"team": moved.decision.application.team})
    elif moved.passed:
        messages.warning(
            request, _("Nobody on the reserve list fits. The place stays free until you give it to a team.")
        )


def _with(asked: QueryDict, **changed: str) -> str:
    """The address that was asked for with this changed, so that words, order and cut-off stay."""
    kept = {name: value for name, value in asked.items() if name != "page"}
    return f"?{urlencode({**kept, **changed})}"


def _options(listed: list[Row], show: str, asked: QueryDict) -> list[Option]:
    titles = {
        "all": _("All"),
        "undecided": _("Undecided"),
        "eligible": _("Meet the rules"),
        "not-eligible": _("Something missing"),
        "late": _("Late"),
    }
    return [
        Option(title=title, url=_with(asked, show=name), active=show == name, count=sum(map(SHOWN[name], listed)))
        for name, title in titles.items()
    ]


def _mix(accepted: list[Row]) -> dict[str, object]:
    """Sectors and languages of what would be the cohort: who is missing beats any number."""
    sectors = Counter(sector.label for row in accepted for sector in row.sectors)
    languages = Counter(LANGUAGES[row.language] for row in accepted)
    return {"sectors": sorted(sectors.items(), key=lambda pair: -pair[1]), "languages": sorted(languages.items())}
