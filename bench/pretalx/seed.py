"""One event with an open call, an organiser who is signed in, and submissions. Prints where to look as JSON.

bench/pretalx/seed.py HOW_MANY
"""

import datetime as dt
import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django has to be set up first
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils.timezone import now  # noqa: E402
from django_scopes import scope, scopes_disabled  # noqa: E402
from pretalx.event.domain.event import create_event, post_create_event  # noqa: E402
from pretalx.event.domain.organiser import create_organiser_with_team  # noqa: E402
from pretalx.event.models import Event  # noqa: E402
from pretalx.person.domain.user import create_user  # noqa: E402
from pretalx.person.models import User  # noqa: E402
from pretalx.submission.domain.submission import create_submission  # noqa: E402
from pretalx.submission.models import Submission, Track  # noqa: E402

SLUG = "open"
CALL_TEXT = """We look for teams that want to try something small and true together.

**Why.** Some questions belong to nobody: they lie between offices, towns and associations. This round gives each
team half a year, a mentor and a room full of others who try as well.

**How.** Six workshops, one bounded experiment a team, one lesson that stays public.

- Bring two organisations at least.
- Say what you would try first.
- Be willing to show your work.
"""
THEMES = ("Over-indebtedness", "Loneliness", "Rural services", "First job")


def main(how_many: int) -> None:
    organiser = create_user(email="organiser@example.org", name="Aino Lehtoranta", locale="en", timezone="UTC")
    with transaction.atomic():
        event = open_call(organiser)
        with scope(event=event):
            for number in range(how_many):
                submit(event, number)
            remember_rows(organiser, event, how_many)
    told = {
        "call": f"/{SLUG}/cfp",
        "list": f"/orga/event/{SLUG}/submissions/",
        "cookie": f"{settings.SESSION_COOKIE_NAME}={signed_in(organiser)}",
        "versions": {"pretalx": settings.PRETALX_VERSION, "django": django.get_version()},
    }
    sys.stdout.write(json.dumps(told) + "\n")


def open_call(organiser: User) -> Event:
    house, _team = create_organiser_with_team(name="Office", slug="office", users=[organiser])
    starts = now().date() + dt.timedelta(days=60)
    with scopes_disabled():
        event = create_event(
            organiser=house,
            locales=["en"],
            locale="en",
            name="Spring programme",
            slug=SLUG,
            is_public=True,
            date_from=starts,
            date_to=starts + dt.timedelta(days=150),
            timezone="Europe/Helsinki",
            email="office@example.org",
        )
    with scope(event=event):
        # Also gives the organiser a team that may see what was submitted.
        post_create_event(event, user=organiser, deadline=dt.datetime.now() + dt.timedelta(days=18))  # noqa: DTZ005 - naive is asked for
        for name in THEMES:
            Track.objects.create(event=event, name=name, color="#336699")
        event.cfp.headline = "Open call: Spring programme"
        event.cfp.text = CALL_TEXT
        event.cfp.save()
    return event


def submit(event: Event, number: int) -> None:
    people = [
        create_user(
            email=f"person{number}-{place}@example.org", name=f"Person {number} {place}", locale="en", timezone="UTC"
        )
        for place in range(3)
    ]
    submission = Submission(
        event=event,
        title=f"Team number {number:03d}",
        submission_type=event.cfp.default_type,
        track=event.tracks.all()[number % len(THEMES)],
        abstract="Letters arrive too late for anybody to act on them.",
        description="We call twenty people before the second letter leaves, and count who answers.",
        content_locale="en",
    )
    speakers = [person.get_speaker(event=event).user for person in people]
    create_submission(submission=submission, user=people[0], speakers=speakers)


def remember_rows(organiser: User, event: Event, how_many: int) -> None:
    """The page size that an organiser chose is kept for her; before she does it is 50."""
    organiser.get_event_preferences(event).set("tables.SubmissionTable.page_size", how_many, commit=True)


def signed_in(organiser: User) -> str:
    client = Client()
    client.force_login(organiser, backend="django.contrib.auth.backends.ModelBackend")
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert SessionStore().exists(key)
    return str(key)


main(int(sys.argv[1]))
