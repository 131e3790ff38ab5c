"""What other areas' pages show of teams."""

from collections.abc import Mapping
from typing import Protocol

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from rihma.accounts.access import person_of
from rihma.base.written import Written
from rihma.programmes.models import Programme
from rihma.programmes.requirements import Requirement
from rihma.teams.board import looking_in
from rihma.teams.models import Team
from rihma.teams.queries import partners_of, places_of
from rihma.teams.rules import check
from rihma.teams.trials import TrialForm

CARDS_AT_THE_CALL = 4


class Trial(Protocol):
    """What whoever writes rules hands over."""

    @property
    def programme(self) -> Programme: ...
    @property
    def holds(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def remedy(self) -> str: ...
    @property
    def given(self) -> Mapping[str, str] | None: ...


ADMITTED = Written(
    lambda programme: Team.objects.admitted().filter(programme=programme).select_related("theme").order_by("name")
)


def programme_tools(request: HttpRequest, _programme: Programme) -> str:
    """For those who run the programme: the register of organisations, which is one for all programmes."""
    return render_to_string("teams/register/programme_tools.html", {}, request)


def people(request: HttpRequest, team: Team) -> str:
    """Who is in, beside the application they write."""
    places = places_of(team)
    own = next((place for place in places if place.person_id == request.user.pk), None)
    return render_to_string(
        "teams/people.html", {"team": team, "places": places, "own": own, "partners": partners_of(team)}, request
    )


def partners(request: HttpRequest, programme: Programme) -> str:
    """The newest cards of teams that look for people, and the way to the board with all of them."""
    cards = looking_in(programme)
    context = {"programme": programme, "teams": cards[:CARDS_AT_THE_CALL], "count": len(cards)}
    return render_to_string("teams/partners.html", context, request)


def programme_teams(request: HttpRequest, programme: Programme) -> str:
    """The teams of the programme, as the public sees them."""
    teams = ADMITTED(programme.pk)
    return render_to_string("teams/programme_teams.html", {"teams": teams}, request)


def trial(request: HttpRequest, asked: Trial | None) -> str:
    """A rule on its way to being saved, held against a made-up team or one of those there are."""
    person = person_of(request)
    if asked is None or person is None:
        return ""
    form = TrialForm(person, asked.programme, asked.given)
    rule = Requirement("trial", asked.title or _("The rule"), asked.holds, asked.remedy)
    context = {"form": form, "checked": check(form.facts(), [rule]), "team": form.team}
    return render_to_string("teams/trial.html", context, request)


def eligibility(request: HttpRequest, programme: Programme) -> str:
    """What the programme asks of a team, in words."""
    asked = [rule for rule in programme.requirements if rule.key != "convener"]
    return render_to_string("teams/eligibility.html", {"asked": asked}, request)
