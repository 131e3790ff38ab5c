"""One event with an open call, an organiser who is signed in, submissions and reviewers. Prints where to look as JSON.

bench/pretalx/seed.py HOW_MANY JURORS
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
from pretalx.event.models import Event, Team  # noqa: E402
from pretalx.person.domain.user import create_user  # noqa: E402
from pretalx.person.models import User  # noqa: E402
from pretalx.submission.domain.review import activate_review_phase, create_or_update_review  # noqa: E402
from pretalx.submission.domain.submission import create_submission  # noqa: E402
from pretalx.submission.models import Submission, Track  # noqa: E402

from bench.words import said  # noqa: E402

SLUG = "open"
# What an organiser has on a page, as ours has.
A_PAGE = 100
CALL_TEXT = """We look for teams that want to try something small and true together.

**Why.** Some questions belong to nobody: they lie between offices, towns and associations. This round gives each
team half a year, a mentor and a room full of others who try as well.

**How.** Six workshops, one bounded experiment a team, one lesson that stays public.

- Bring two organisations at least.
- Say what you would try first.
- Be willing to show your work.
"""
THEMES = ("Over-indebtedness", "Loneliness", "Rural services", "First job")


def main(how_many: int, jurors: int) -> None:
    organiser = create_user(email="organiser@example.org", name="Aino Lehtoranta", locale="en", timezone="UTC")
    with transaction.atomic():
        event = open_call(organiser)
        with scope(event=event):
            for number in range(how_many):
                submit(event, number)
            remember_rows(organiser, event, "SubmissionTable", min(how_many, A_PAGE))
            reviewing = review(event, organiser, jurors) if jurors else {}
    told = {
        "pages": {name: path for name, (path, _user) in reviewing.items()},
        "cookies": {name: cookie_of(user) for name, (_path, user) in reviewing.items()},
        "call": f"/{SLUG}/cfp",
        "list": f"/orga/event/{SLUG}/submissions/",
        "cookie": cookie_of(organiser),
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
    told = said(number)
    people = [
        create_user(
            email=f"person{number}-{place}@example.org", name=f"Person {number} {place}", locale="en", timezone="UTC"
        )
        for place in range(3)
    ]
    submission = Submission(
        event=event,
        title=told.title,
        submission_type=event.cfp.default_type,
        track=event.tracks.all()[number % len(THEMES)],
        abstract=told.problem,
        description=told.idea,
        content_locale="en",
    )
    speakers = [person.get_speaker(event=event).user for person in people]
    create_submission(submission=submission, user=people[0], speakers=speakers)


def review(event: Event, organiser: User, jurors: int) -> dict[str, tuple[str, User]]:
    """Every juror may read everything, and has read every second one. Answers what each looks at."""
    people = [
        create_user(email=f"juror{number}@example.org", name=f"Juror {number}", locale="en", timezone="UTC")
        for number in range(jurors)
    ]
    team = Team.objects.create(organiser=event.organiser, name="Jury", is_reviewer=True, all_events=True)
    team.members.set(people)
    phase = event.review_phases.order_by("pk").first()
    phase.start = now() - dt.timedelta(days=1)
    phase.save()
    activate_review_phase(phase)
    scores = list(event.score_categories.get().scores.all())
    sent = list(event.submissions.order_by("pk"))
    for number, submission in enumerate(sent):
        for person in people if number % 2 == 0 else ():
            score = scores[number % len(scores)]
            text = "Small enough to be tried."
            create_or_update_review(submission=submission, user=person, text=text, scores=[score])
    remember_rows(people[0], event, "ReviewTable", len(sent))
    half = sent[len(sent) // 2]
    return {
        "organiser's list": (f"/orga/event/{SLUG}/submissions/", organiser),
        "organiser's detail": (str(half.orga_urls.base), organiser),
        "juror's list": (f"/orga/event/{SLUG}/reviews/", people[0]),
        "juror's detail": (str(sent[1].orga_urls.reviews), people[0]),
    }


def remember_rows(user: User, event: Event, table: str, how_many: int) -> None:
    """The page size that somebody chose is kept for them; before they do it is 50."""
    user.get_event_preferences(event).set(f"tables.{table}.page_size", how_many, commit=True)


def cookie_of(user: User) -> str:
    return f"{settings.SESSION_COOKIE_NAME}={signed_in(user)}"


def signed_in(organiser: User) -> str:
    client = Client()
    client.force_login(organiser, backend="django.contrib.auth.backends.ModelBackend")
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert SessionStore().exists(key)
    return str(key)


main(int(sys.argv[1]), int(sys.argv[2]))
