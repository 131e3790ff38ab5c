"""What is made in the database before: python -m bench.applications.hand HOW_MANY JURORS, with RIHMA_DATA (and DATABASE_URL) set.

Without jurors a call with a tenth as many stands beside it, to tell whether more rows take more queries.
"""

import json
import os
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rihma.site.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - Django has to be set up first
from django.db import transaction  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import translation  # noqa: E402

from bench import seed  # noqa: E402
from rihma.accounts.actions import get_or_invite  # noqa: E402
from rihma.accounts.models import Person  # noqa: E402
from rihma.applications.searching import gather_due  # noqa: E402
from rihma.base import clock  # noqa: E402
from rihma.calls.models import Call  # noqa: E402
from rihma.programmes import actions as programmes  # noqa: E402
from rihma.programmes.models import Role  # noqa: E402
from rihma.reviews import actions as reviews  # noqa: E402
from rihma.reviews.models import Assignment  # noqa: E402
from rihma.reviews.queries import criteria_of  # noqa: E402
from rihma.site import demo  # noqa: E402

FEW = "few"


def main(how_many: int, jurors: int) -> None:
    call_command("migrate", verbosity=0)
    owner = seed.person(demo.load(), "owner")
    with transaction.atomic(), translation.override("en"):
        call = filled(owner, seed.SLUG, how_many)
        told = {"owner": seed.signed_in(owner), "list": listed(call), "few": ""}
        application = call.applications.order_by("receipt__number")[how_many // 2]
        told["detail"] = reverse("applications:application", args=[application.pk])
        if jurors:
            told |= read(call, jurors, by=owner)
        else:
            told["few"] = listed(filled(owner, FEW, how_many // 10))
    while gather_due(clock.now()):
        pass
    print(json.dumps(told))


def filled(owner: Person, slug: str, how_many: int) -> Call:
    call = seed.open_call(owner, slug)
    for number in range(how_many):
        seed.apply(call, number)
    return call


def listed(call: Call) -> str:
    return reverse("selection:applications", args=[call.programme.slug])


def read(call: Call, jurors: int, *, by: Person) -> dict[str, str]:
    """Everything lies before every juror, and each has sent every second one."""
    for role in Role.objects.filter(programme=call.programme, role=Role.Kind.JUROR, ended_at=None):
        programmes.end_role(role, by=by)
    people = [
        get_or_invite(f"juror{number}@example.org", name=f"Juror {number}", language="en") for number in range(jurors)
    ]
    for person in people:
        programmes.appoint(call.programme, person, Role.Kind.JUROR, by=by)
    # Past its action, which lets nobody bring a closing time so near.
    Call.objects.filter(pk=call.pk).update(closes_on=clock.now().date() - timedelta(days=1))
    intake = Call.objects.get(pk=call.pk).last_intake
    reviews.set_up(intake, readers=jurors, blind=False, by=by)
    for person in people:
        reviews.set_juror(intake, person, languages=["fi", "sv", "en"], by=by)
    reviews.assign_all(intake, by=by)
    criteria = [one.key for one in criteria_of(reviews.begin(intake, by=by))]
    lying = Assignment.objects.current().filter(application__intake=intake).select_related("person")
    for number, each in enumerate(lying.order_by("application__receipt__number", "person")):
        if number // jurors % 2 == 0:
            scores = {key: 1 + (number + place) % 5 for place, key in enumerate(criteria)}
            reviews.save(
                each, version=0, scores=scores, reasons={}, overall="Small enough to be tried.", by=each.person
            )
            reviews.send(each, by=each.person)
    own = lying.filter(person=people[0]).order_by("application__receipt__number")
    return {
        "juror": seed.signed_in(people[0]),
        "pile": reverse("reviews:mine"),
        "sent": own[0].get_absolute_url(),
        "waiting": own[1].get_absolute_url(),
        "lying": str(own.count()),
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
