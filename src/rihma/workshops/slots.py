"""What other areas' pages show of workshops."""

from datetime import datetime
from typing import Literal

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rihma.accounts.access import person_of
from rihma.accounts.models import Person
from rihma.base import clock, dates
from rihma.base.parts import Node
from rihma.programmes.models import Programme
from rihma.teams.models import Team
from rihma.teams.queries import confirmed, mentors_of, places_of
from rihma.workshops.models import Workshop
from rihma.workshops.queries import answer_of, asked, next_for, next_of


def programme_workshops(request: HttpRequest, programme: Programme) -> str:
    """The programme's dates as a thread with a node a workshop."""
    now = clock.now()
    nodes = [_node(workshop, now) for workshop in programme.workshops.all()]
    context = {"programme": programme, "nodes": nodes}
    return render_to_string("workshops/programme_workshops.html", context, request) if nodes else ""


def programme_tools(request: HttpRequest, programme: Programme) -> str:
    """For who runs the programme."""
    return render_to_string("workshops/programme_tools.html", {"programme": programme}, request)


def next_workshop(request: HttpRequest, team: Team) -> str:
    """When the team meets the others next, what to bring, and whether the reader comes."""
    now = clock.now()
    workshop = next_of(team.programme, now)
    if workshop is None:
        return ""
    person = person_of(request)
    takes_part = _is_of(team, person) or Workshop.objects.open_to(person).filter(pk=workshop.pk).exists()
    context = {
        "workshop": workshop,
        "takes_part": takes_part,
        "asked": asked(workshop, answer_of(person, workshop), now),
    }
    return render_to_string("workshops/next_workshop.html", context, request)


def _is_of(team: Team, person: Person | None) -> bool:
    """Whether they surely take part, from what the team's page has read already."""
    if person is None or team.state != Team.State.ADMITTED:
        return False
    members = {place.person_id for place in confirmed(places_of(team))}
    return person.pk in members or team.programme.is_run_by(person) or person in mentors_of(team)


def person_menu(request: HttpRequest, _person: Person) -> str:
    return render_to_string("workshops/person_menu.html", {}, request)


def home_workshop(request: HttpRequest, person: Person) -> str:
    """The next workshop of all that the person takes part in, with their answer."""
    now = clock.now()
    workshop = next_for(person, now)
    if workshop is None:
        return ""
    context = {"workshop": workshop, "takes_part": True, "asked": asked(workshop, answer_of(person, workshop), now)}
    return render_to_string("workshops/next_workshop.html", context, request)


def _node(workshop: Workshop, now: datetime) -> Node:
    state: Literal["done", "now", "ahead", "stopped"]
    if workshop.is_cancelled:
        state = "stopped"
    elif workshop.finishes <= now:
        state = "done"
    else:
        state = "now" if workshop.begins <= now else "ahead"
    language = get_language() or settings.LANGUAGE_CODE
    hours = "–".join(dates.clock_time(at, language) for at in (workshop.starts, workshop.ends))
    note = _("Cancelled") if workshop.is_cancelled else hours
    return Node(str(workshop), state, note, workshop.get_absolute_url(), workshop.date)
