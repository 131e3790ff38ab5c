"""What a search found, and a set that is taken as the decisions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base.forms import posted
from rihma.base.numerals import whole
from rihma.base.seen import check_seen
from rihma.calls.models import Intake
from rihma.selection import choosing, taking
from rihma.selection.choose_forms import TakeForm
from rihma.selection.choose_views import checks, intake_of, ticked
from rihma.selection.cohort.problem import Measure, Problem, as_json, from_json
from rihma.selection.models import Search
from rihma.selection.posing import Posed, pose
from rihma.selection.saying import Sayer, choosing_of
from rihma.selection.scores import points


@dataclass(frozen=True)
class Option:
    """One of the sets that were found, beside the first."""

    number: int
    points: str
    lost: str
    teams: int
    seats: int
    joins: list[str]
    leaves: list[str]


@signed_in
@require_safe
def search(request: PersonRequest, slug: str, search_id: UUID) -> HttpResponse:
    intake, _cut_offs = intake_of(request, slug)
    found = get_object_or_404(Search.objects.filter(intake=intake).select_related("by"), pk=search_id)
    problem, said = from_json(found.problem), Sayer(found.names)
    answer = found.answer
    conflict = answer["conflict"]
    context = {
        "call": intake.call,
        "intake": intake,
        "choosing": choosing_of(intake),
        "programme": intake.programme,
        "found": found,
        "state": answer["state"],
        "options": list(_options(found, problem)),
        "cut_off": answer["cut_off"],
        "binding": [(said.limit(one["limit"]), _gain(one["gain"])) for one in answer["binding"]],
        "prices": [_price(said, one) for one in answer["prices"]],
        "conflict": [said.limit(one) for one in conflict["limits"]] if conflict else [],
        "smallest": bool(conflict and conflict["smallest"]),
        "whys": list(_whys(found, problem, said)),
        "unexplained": len(found.unexplained),
    }
    return render(request, "selection/search.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def take(request: PersonRequest, slug: str) -> HttpResponse:
    """A set on its way to become the decisions: what it is, whether the limits hold, and what is still asked."""
    intake, _cut_offs = intake_of(request, slug)
    posed = pose(intake)
    newest = choosing.newest_of(intake)
    chosen = _set_of(request.POST if request.method == "POST" else request.GET, intake, posed, newest)
    seen = taking.mark_of_decisions(posed.rows)
    form = TakeForm(posted(request), initial={"seen": seen})
    if form.is_valid() and form.attempt(_search_and_take, intake, chosen, by=request.user, **form.cleaned_data):
        messages.success(request, _("The set is written down as the decisions. Nobody is told before you announce."))
        return redirect(reverse("selection:announce", args=[slug]) + intake.query)
    asked = choosing.digest_of(as_json(posed.problem))
    context = {
        "call": intake.call,
        "intake": intake,
        "choosing": choosing_of(intake),
        "programme": intake.programme,
        "form": form,
        "chosen": sorted(map(str, chosen)),
        "teams": [row.team for row in posed.rows if row.application in chosen],
        "checks": list(checks(posed, chosen)),
        "is_best": newest is not None and newest.asked == asked and newest.found[:1] == [chosen],
        "decided": sum(row.outcome is not None for row in posed.rows),
    }
    return render(request, "selection/take.html", context, status=422 if form.errors else 200)


def _search_and_take(intake: Intake, chosen: frozenset[UUID], *, seen: str, by: Any, **said: Any) -> list[taking.Taken]:
    """Whatever is taken is explained by a search of things as they are now."""
    check_seen(seen, taking.mark_of_decisions(pose(intake).rows))
    return taking.take(choosing.search(intake, by=by), chosen, seen=seen, by=by, **said)


def _set_of(asked: QueryDict, intake: Intake, posed: Posed, newest: Search | None) -> frozenset[UUID]:
    number = asked.get("set", "")
    if "search" not in asked or not number.isdecimal():
        return ticked(asked, posed, newest)
    searches = {str(one.pk): one for one in Search.objects.filter(intake=intake)}
    if asked["search"] not in searches:
        raise Http404
    sets = dict(enumerate(searches[asked["search"]].found))
    return sets.get(whole(number), frozenset())


def _options(found: Search, problem: Problem) -> Iterator[Option]:
    names = found.names["application"]
    seats = Measure("seats", "", "most", 0)
    sets = [frozenset(one["chosen"]) for one in found.answer["sets"]]
    for number, (chosen, told) in enumerate(zip(sets, found.answer["sets"], strict=True)):
        yield Option(
            number,
            points(problem.score(chosen)),
            points(found.answer["sets"][0]["value"] - told["value"]),
            len(chosen),
            problem.amount(chosen, seats),
            sorted(names[one] for one in chosen - sets[0]),
            sorted(names[one] for one in sets[0] - chosen),
        )


def _gain(gain: int | None) -> str:
    if gain is None:
        return _("What it costs was not reckoned.")
    return _("Without it the best set would be worth %(points)s points more.") % {"points": points(gain)}


def _price(said: Sayer, told: Mapping[str, Any]) -> tuple[str, str]:
    measure = Measure(*told["wish"]["measure"])
    if told["score"] is None:
        cost = _("What it costs was not reckoned.")
    elif told["score"]:
        cost = _("The set has %(points)s points less because of it.") % {"points": points(told["score"])}
    else:
        cost = _("Without it the set would not have more points.")
    met = _("Met.") if not told["lacking"] else _("Missed by %(n)s.") % {"n": told["lacking"]}
    return said.measure(measure), f"{met} {cost}"


@dataclass(frozen=True)
class Explained:
    id: str
    team: str
    points: str
    rank: int
    seats: int
    chosen: bool
    words: str


def _whys(found: Search, problem: Problem, said: Sayer) -> Iterator[Explained]:
    """Those that are in first, then the others by rank."""
    for why in sorted(found.whys, key=lambda one: (not one["chosen"], one["rank"])):
        one = problem.by_id[why["id"]]
        words = " ".join(said.why(why, problem))
        yield Explained(
            one.id, found.names["application"][one.id], points(one.score), why["rank"], one.seats, why["chosen"], words
        )
