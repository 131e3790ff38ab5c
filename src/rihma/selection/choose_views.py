"""The way to a cohort: the meter of a set made by hand, limits, points, the search, and taking a set."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db.models import BooleanField, Count, ExpressionWrapper, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.actors.kinds import Sector
from rihma.actors.regions import COUNTED
from rihma.applications.challenges import answerable
from rihma.applications.models import Application
from rihma.base.forms import posted
from rihma.base.parts import Check
from rihma.base.seen import mark_of
from rihma.calls.cut_offs import Looked, look
from rihma.calls.models import Call, Intake
from rihma.selection import choosing, rules
from rihma.selection.choose_forms import LimitsForm, WeighForm
from rihma.selection.cohort.problem import Limit, Problem, as_json
from rihma.selection.models import Search, Weighing
from rihma.selection.posing import Posed, plan_of, pose
from rihma.selection.queries import Row, seats_left, seats_of_others, taken_by_others, tied_by
from rihma.selection.saying import Sayer, choosing_of
from rihma.selection.scores import points


@dataclass(frozen=True)
class Line:
    """One application on the page where a set is made."""

    row: Row
    points: str
    forced: str
    is_of_jurors: bool
    chosen: bool


@signed_in
@require_safe
def choose(request: PersonRequest, slug: str) -> HttpResponse:
    intake, cut_offs = intake_of(request, slug)
    posed = pose(intake)
    newest = choosing.newest_of(intake)
    chosen = ticked(request.GET, posed, newest)
    held = list(checks(posed, chosen))
    context = {
        "call": intake.call,
        "intake": intake,
        "choosing": choosing_of(intake),
        "programme": intake.programme,
        "cut_offs": cut_offs,
        "announcement": getattr(intake, "announcement", None),
        "lines": _lines(posed, chosen),
        "checks": held,
        "broken": [check for check in held if check.state in {"not_yet", "too_many"}],
        "chosen": chosen,
        "points": points(posed.problem.score(map(str, chosen))),
        "newest": newest,
        "is_current": newest is not None and newest.asked == choosing.digest_of(as_json(posed.problem)),
    }
    return render(request, "selection/choose.html", context)


@signed_in
@require_POST
def find_best(request: PersonRequest, slug: str) -> HttpResponse:
    intake, _cut_offs = intake_of(request, slug)
    found = choosing.search(intake, by=request.user)
    return redirect(reverse("selection:search", args=[slug, found.pk]) + intake.query)


@signed_in
@require_http_methods(["GET", "POST"])
def limits(request: PersonRequest, slug: str) -> HttpResponse:
    intake, cut_offs = intake_of(request, slug)
    groups = [("sector", sector.value, str(sector.label)) for sector in Sector]
    groups += [("theme", str(theme.pk), str(theme.title)) for theme in intake.programme.themes.all()]
    groups += [("region", region.value, str(region.label)) for region in COUNTED]
    groups += [("challenge", str(one.pk), str(one.title)) for one in answerable(intake.call_id)]
    facts = plan_of(intake)
    form = LimitsForm(posted(request), initial={**facts, "seen": mark_of(facts)}, groups=groups, ideas=intake.is_idea)
    if form.is_valid() and form.attempt_seen(
        choosing.set_limits,
        intake,
        form.facts,
        newest=lambda: plan_of(intake),
        seen=form.cleaned_data["seen"],
        by=request.user,
    ):
        messages.success(request, _("The limits are saved. Look for the best set anew."))
        return redirect(reverse("selection:choose", args=[slug]) + intake.query)
    context = {"intake": intake, "cut_offs": cut_offs, "programme": intake.programme, "form": form}
    said = {"seats_left": seats_left(intake), "choosing": choosing_of(intake)}
    return render(request, "selection/limits.html", {**context, **said})


@signed_in
@require_http_methods(["GET", "POST"])
def weigh(request: PersonRequest, application_id: UUID) -> HttpResponse:
    calls = Call.objects.run_by(request.user)
    found = get_object_or_404(
        Application.objects.select_related("team", "call__programme", "intake").filter(
            call__in=calls, state="submitted"
        ),
        pk=application_id,
    )
    form = WeighForm.filled(choosing.weighed(found), posted(request))
    if form.is_valid() and form.attempt_seen(
        choosing.weigh,
        found,
        newest=lambda: choosing.weighed(found),
        by=request.user,
        **form.cleaned_data,
    ):
        messages.success(request, _("Saved. Look for the best set anew."))
        choose = reverse("selection:choose", args=[found.call.programme.slug])
        return redirect(choose + found.counts_for.query)
    context = {"application": found, "team": found.team, "programme": found.call.programme, "form": form}
    return render(request, "selection/weigh.html", {**context, "choosing": choosing_of(found.counts_for)})


def checks(posed: Posed, chosen: frozenset[UUID]) -> Iterable[Check]:
    """Every limit and wish held against a set, in words; limits that are only about one person or team when broken."""
    said, ids = Sayer(posed.names), {str(one) for one in chosen}
    for limit in posed.problem.limits:
        lacking = limit.measure.lacks(posed.problem.amount(ids, limit.measure))
        if lacking or limit.measure.kind not in {"person", "organisation"}:
            yield _check(posed.problem, limit, lacking, said, ids)
    for wish in posed.problem.wishes:
        lacking = wish.measure.lacks(posed.problem.amount(ids, wish.measure))
        missing = _("Costs %(points)s points.") % {"points": points(lacking * wish.weight)}
        title = _("Wish: %(wish)s") % {"wish": said.measure(wish.measure)}
        yield Check(title, "unclear" if lacking else "met", missing if lacking else "")


def _check(problem: Problem, limit: Limit, lacking: int, said: Sayer, ids: set[str]) -> Check:
    if not lacking:
        return Check(said.measure(limit.measure), "met")
    amount = problem.amount(ids, limit.measure)
    if limit.measure.sense == "least":
        words = ngettext("Now %(now)s: %(n)s is missing.", "Now %(now)s: %(n)s are missing.", lacking)
        return Check(said.measure(limit.measure), "not_yet", words % {"now": amount, "n": lacking})
    words = ngettext("Now %(now)s: %(n)s too many.", "Now %(now)s: %(n)s too many.", lacking)
    return Check(said.measure(limit.measure), "too_many", words % {"now": amount, "n": lacking})


def intake_of(request: PersonRequest, slug: str) -> Looked:
    """Whoever is tied to one application gains by what the others lose, so they get none of these pages."""
    taken = taken_by_others(OuterRef("call"), OuterRef("pk"))
    counted = taken.order_by().values("application__call").annotate(n=Count("pk")).values("n")
    intakes = (
        Intake.objects.run_by(request.user)
        .select_related("plan", "announcement__by", "reviewing")
        .annotate(
            taken=Coalesce(Subquery(counted), 0),
            seats_taken=Coalesce(_seats_taken(), 0),
            tied=ExpressionWrapper(tied_by(request.user), output_field=BooleanField()),
        )
    )
    looked = look(request, intakes, slug)
    rules.check_not_tied(tied=vars(looked.intake)["tied"])
    return looked


def _seats_taken() -> Subquery:
    seats = seats_of_others(OuterRef("call"), OuterRef("pk")).order_by()
    return Subquery(seats.values("team__programme").annotate(n=Count("pk")).values("n"))


def _lines(posed: Posed, chosen: frozenset[UUID]) -> list[Line]:
    """Those in the set first, then by points: whoever chooses looks along the edge between them."""
    scores = posed.problem.by_id
    rows = sorted(posed.rows, key=lambda row: (row.application not in chosen, -scores[str(row.application)].score))
    return [_line(posed, row, chosen) for row in rows]


def _line(posed: Posed, row: Row, chosen: frozenset[UUID]) -> Line:
    score = posed.problem.by_id[str(row.application)].score
    forced = str(Weighing.Forced(row.forced).label) if row.forced else ""
    return Line(row, points(score), forced, row.application in posed.scores, row.application in chosen)


def ticked(asked: QueryDict, posed: Posed, newest: Search | None) -> frozenset[UUID]:
    """What is ticked; else what was decided, else the best set that was found last."""
    known = {row.application for row in posed.rows}
    if "shown" in asked:
        return frozenset(one for one in known if str(one) in asked.getlist("chosen"))
    accepted = frozenset(row.application for row in posed.rows if row.outcome == "accepted")
    found = newest.found[0] if newest and newest.found else frozenset()
    return accepted or (found & known)
