"""The demo as one JSON object, for outside tests and scripts. Keys are added, never taken away or renamed."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from rihma.accounts import demo
from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.calls.models import Call
from rihma.canvases.models import Canvas
from rihma.experiments.models import Experiment
from rihma.library.models import Lesson
from rihma.programmes.models import Programme
from rihma.site.cast import CAST
from rihma.teams.models import Team
from rihma.workshops.models import Workshop
from rihma.workshops.queries import free_seats, with_counts

LANGUAGE = "en"


def describe() -> dict[str, Any]:
    with translation.override(LANGUAGE):
        return {
            "base_url": settings.BASE_URL,
            "data_dir": str(settings.DATA),
            "mail_dir": str(settings.MAIL_DIR),
            "people": {part.role: _person(Person.objects.get(email=part.email)) for part in CAST},
            "programmes": _each(Programme.objects.all(), lambda one: {"slug": one.slug}),
            "calls": _each(Call.objects.select_related("programme"), _call),
            "applications": _each(Application.objects.all(), lambda one: {"edit_link": _full(one.get_absolute_url())}),
            "teams": _each(Team.objects.all(), lambda one: {"name": one.name, "programme": str(one.programme_id)}),
            "canvases": _each(Canvas.objects.all(), lambda one: {"kind": one.kind, "team": str(one.team_id)}),
            "workshops": _each(with_counts(Workshop.objects.select_related("programme")), _workshop),
            "experiments": _each(Experiment.objects.all(), lambda one: {"team": str(one.team_id)}),
            "lessons": _each(Lesson.objects.all(), lambda one: {"slug": one.slug, "decision": one.decision}),
        }


def _person(person: Person) -> dict[str, str]:
    return {
        "name": person.name,
        "email": person.email,
        "sign_in_url": _full(demo.sign_in_path(person)),
        "api_token": demo.api_token(person),
    }


def _each(things: Iterable[Any], more: Any) -> list[dict[str, Any]]:
    return [
        {
            "id": str(thing.pk),
            "state": getattr(thing, "state", ""),
            "url": _full(thing.get_absolute_url()),
            **more(thing),
        }
        for thing in things
    ]


def _call(call: Call) -> dict[str, Any]:
    return {
        "slug": call.programme.slug,
        "opens": call.opens.isoformat() if call.opens else None,
        "closes": call.closes.isoformat(),
        "apply_url": _full(reverse("applications:start", args=[call.programme.slug])),
    }


def _workshop(workshop: Any) -> dict[str, Any]:
    return {
        "programme": workshop.programme.slug,
        "date": workshop.date.isoformat(),
        "ics_url": _full(reverse("calendar:workshop", args=[workshop.pk])),
        "free_seats": free_seats(workshop),
    }


def _full(path: str) -> str:
    return settings.BASE_URL + path
