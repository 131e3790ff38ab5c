"""Ours for the bench: the demo, and beside it a round with an open call and many applications, all by actions.

python -m bench.seed HOW_MANY, with RIHMA_DATA (and DATABASE_URL) set. Prints where to look as JSON.
"""

import json
import os
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rihma.site.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django has to be set up first
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import translation  # noqa: E402

from bench.words import said  # noqa: E402
from rihma.accounts.actions import get_or_invite  # noqa: E402
from rihma.accounts.models import Person  # noqa: E402
from rihma.actors.actions import name_organisation  # noqa: E402
from rihma.actors.models import Organisation  # noqa: E402
from rihma.applications import actions as applications  # noqa: E402
from rihma.base import clock  # noqa: E402
from rihma.base.words import Words  # noqa: E402
from rihma.calls import actions as calls  # noqa: E402
from rihma.calls.models import Call  # noqa: E402
from rihma.notices.delivery import deliver_due  # noqa: E402
from rihma.programmes import actions as programmes  # noqa: E402
from rihma.programmes.models import Programme  # noqa: E402
from rihma.site import demo  # noqa: E402
from rihma.teams import actions as teams  # noqa: E402

SLUG = "hundred"
ORGANISATIONS = (
    ("Uudistusvirasto", Organisation.Kind.STATE_AGENCY),
    ("Saarnilan kaupunki", Organisation.Kind.MUNICIPALITY),
    ("Skärgårdens byar rf", Organisation.Kind.ASSOCIATION),
    ("Jokilaakson yliopisto", Organisation.Kind.UNIVERSITY),
    ("Konkari osk", Organisation.Kind.COMPANY),
)
ROLES = ("owner", "convener", "mentor")


def main(how_many: int) -> None:
    call_command("migrate", verbosity=0)
    facts = demo.load()
    owner = person(facts, "owner")
    with transaction.atomic(), translation.override("en"):
        call = open_call(owner)
        for number in range(how_many):
            apply(call, number)
        # Sent before the bench starts, so that no mail is written while pages are timed.
        deliver_due(clock.now())
    cookies = {role: signed_in(person(facts, role)) for role in ROLES}
    told = {
        "call": f"/en/programmes/{SLUG}/call/",
        "list": f"/en/programmes/{SLUG}/applications/",
        "cookies": cookies,
        "starts": starts(facts),
    }
    sys.stdout.write(json.dumps(told) + "\n")


def person(facts: dict[str, dict[str, dict[str, str]]], role: str) -> Person:
    return Person.objects.get(email=facts["people"][role]["email"])


def open_call(owner: Person, slug: str = SLUG) -> Call:
    last = Programme.objects.filter(call__isnull=False).order_by("starts")[0]
    today = clock.now().date()
    programme = programmes.copy(last, slug, today + timedelta(days=60), by=owner)
    title = Words(fi="Sadan tiimin kierros", sv="Hundra teams omgång", en="Round of a hundred")
    programmes.edit(programme, title=title, by=owner)
    call = programme.call
    calls.set_times(
        call,
        opens_on=None,
        opens_at=None,
        closes_on=today + timedelta(days=18),
        closes_at=call.closes_at,
        seen=call.times.mark,
        by=owner,
    )
    programmes.publish(programme, by=owner)
    return Call.objects.select_related("programme").get(programme=programme)


def apply(call: Call, number: int) -> None:
    """Three people of one to three organisations; every seventh team still waits for its third one."""
    told = said(number)
    people = [
        get_or_invite(f"team{number}-{place}@example.org", name=f"Person {number} {place}", language=told.language)
        for place in range(3)
    ]
    application = applications.start(call, by=people[0])
    team = application.team
    teams.act_for(team.members.get(person=people[0]), organisation(number), by=people[0])
    for place, each in enumerate(people[1:], start=1):
        member = teams.invite(team, each.email, organisation=organisation(number + place), by=people[0])
        if number % 7 or place == 1:
            teams.join(member, by=each)
    themes = list(call.programme.themes.all())
    application = applications.save(
        application,
        version=application.version,
        answers={question.key: told.problem for question in call.questions.current().filter(required=True)},
        by=people[0],
        name=told.title,
        theme=themes[number % len(themes)] if themes else None,
        phenomenon=told.problem,
        language=told.language,
        willing_to_open=number % 5 > 0,
        experiment_idea=told.idea,
    )
    applications.submit(application, by=people[0])


def organisation(number: int) -> Organisation:
    name, kind = ORGANISATIONS[number % len(ORGANISATIONS)]
    return name_organisation(name, kind=kind)


def signed_in(who: Person) -> str:
    client = Client()
    client.force_login(who, backend=settings.AUTHENTICATION_BACKENDS[0])
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def starts(facts: dict[str, object]) -> list[str]:
    """Where every kind of thing in the demo has its page."""
    listed = (things for things in facts.values() if isinstance(things, list))
    return [str(thing["url"]).removeprefix(settings.BASE_URL) for things in listed for thing in things]


if __name__ == "__main__":
    main(int(sys.argv[1]))
