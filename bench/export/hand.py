"""What is made in the database before: python -m bench.export.hand COUNT, with RIHMA_DATA set."""

import json
import os
import random
import sys
from hashlib import sha256

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rihma.site.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django has to be set up first
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import translation  # noqa: E402

from bench import seed  # noqa: E402
from bench.closing.hand import draft  # noqa: E402
from rihma.accounts.models import Person  # noqa: E402
from rihma.applications import actions as applications  # noqa: E402
from rihma.applications.models import AnswerFile, Application  # noqa: E402
from rihma.base.files import store  # noqa: E402
from rihma.base.words import Words  # noqa: E402
from rihma.calls.models import Question  # noqa: E402
from rihma.site import demo  # noqa: E402

FILES, USUAL, LARGE, EVERY = 2, 200_000, 9_000_000, 100


def main(count: int) -> None:
    call_command("migrate", verbosity=0)
    facts = demo.load()
    chance, files = random.Random("export"), 0
    with transaction.atomic(), translation.override("en"):
        owner = seed.person(facts, "owner")
        call = seed.open_call(owner)
        Question.objects.create(
            call=call, key="papers", number=99, label=Words(en="Your papers"), kind="file", required=False
        )
        for number in range(count):
            application = Application.objects.get(pk=draft(call, number)["id"])
            by = application.started_by
            size = LARGE if number % EVERY == 0 else USUAL
            application.answers["papers"] = [_sent(application, by, chance.randbytes(size)) for _n in range(FILES)]
            application.save(update_fields=["answers"])
            files += FILES
            applications.submit(application, by=by)
        told = {
            "session": seed.signed_in(owner),
            "csrf": settings.CSRF_COOKIE_NAME,
            "one": reverse("records:take_out", args=[application.pk]),
            "all": reverse("records:take_all_out", args=[call.programme.slug]),
            "files": files,
        }
    print(json.dumps(told))


def _sent(application: Application, by: Person, content: bytes) -> dict[str, object]:
    """Past its action, which would look into each for half a second and find that it is none."""
    file = AnswerFile.objects.create(
        application=application,
        key="papers",
        kind="pdf",
        name="paper.pdf",
        file=store.put(content, b""),
        digest=sha256(content).hexdigest(),
        size=len(content),
        by=by,
    )
    return file.facts


if __name__ == "__main__":
    main(int(sys.argv[1]))
