"""What is done in the database before and after: python -m bench.closing.hand drafts|close|check, with RIHMA_DATA set."""

import json
import os
import sys
from datetime import datetime
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rihma.site.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django has to be set up first
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import translation  # noqa: E402

from bench import seed  # noqa: E402
from bench.words import LANGUAGES  # noqa: E402
from rihma.accounts.actions import get_or_invite  # noqa: E402
from rihma.applications import actions as applications  # noqa: E402
from rihma.applications.models import Receipt  # noqa: E402
from rihma.applications.reminding import remind  # noqa: E402
from rihma.base import clock  # noqa: E402
from rihma.calls.models import Call  # noqa: E402
from rihma.notices.delivery import deliver_due  # noqa: E402
from rihma.notices.models import Message  # noqa: E402
from rihma.site import demo  # noqa: E402
from rihma.teams import actions as teams  # noqa: E402


def drafts(how_many: int) -> None:
    """So many drafts, each whole enough to be sent, and whoever writes it signed in."""
    call_command("migrate", verbosity=0)
    facts = demo.load()
    told = []
    with transaction.atomic(), translation.override("en"):
        call = seed.open_call(seed.person(facts, "owner"))
        for number in range(how_many):
            told.append(draft(call, number))
    print(json.dumps({"cookie": settings.CSRF_COOKIE_NAME, "drafts": told}))


def draft(call: Call, number: int) -> dict[str, str]:
    writer = get_or_invite(f"writer{number}@example.org", name=f"Writer {number}", language=LANGUAGES[number % 3])
    application = applications.start(call, by=writer)
    team = application.team
    teams.act_for(team.members.get(person=writer), seed.organisation(number), by=writer)
    themes = list(call.programme.themes.all())
    applications.save(
        application,
        answers={
            question.key: "Letters arrive too late." for question in call.questions.current().filter(required=True)
        },
        by=writer,
        name=f"Team {number:03d}",
        theme=themes[number % len(themes)] if themes else None,
        phenomenon="Letters arrive too late for anybody to act on them.",
        language=LANGUAGES[number % 3],
        willing_to_open=True,
        experiment_idea="We call twenty people before the second letter leaves.",
    )
    return {"id": str(application.pk), "cookie": seed.signed_in(writer)}


def close(at: str) -> None:
    """The call closes at this instant: past its action, which moves no closing time nearer than a week, as is right.

    Whoever has begun was reminded a day before, so those mails do not leave in the last minutes.
    """
    call = Call.objects.select_related("programme").get(programme__slug=seed.SLUG)
    local = datetime.fromisoformat(at).astimezone(call.programme.zone)
    Call.objects.filter(pk=call.pk).update(closes_on=local.date(), closes_at=local.time())
    remind(clock.now())
    deliver_due(clock.now())


def check(expected: dict[str, Any]) -> None:
    """What was answered as saved or sent, beside what is there."""
    call = Call.objects.select_related("programme").get(programme__slug=seed.SLUG)
    lost = []
    for application in call.applications.select_related("team", "receipt"):
        wanted = expected["saved"].get(str(application.pk), {})
        # What is written after it was submitted is kept beside it, to be submitted anew.
        found = {**{f"question_{key}": value for key, value in application.answers.items()}, **application.edits}
        lost += [f"{application.pk} {name}" for name, text in wanted.items() if found.get(name) != text]
    receipts = Receipt.objects.filter(application__call=call)
    late = [str(one.application_id) for one in receipts if one.late_seconds]
    mails = Message.objects.filter(kind="applications/notices/receipt", scope=call.programme_id)
    print(
        json.dumps(
            {
                "lost": lost,
                "receipts": sorted(str(one.application_id) for one in receipts),
                "numbers": len({one.number for one in receipts}),
                "late": late,
                "mails": mails.count(),
                "sent": mails.filter(state=Message.State.SENT).count(),
            }
        )
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["drafts", number]:
            drafts(int(number))
        case ["close", at]:
            close(at)
        case ["check"]:
            check(json.load(sys.stdin))
        case _:
            sys.exit(__doc__)
