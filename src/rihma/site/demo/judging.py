"""How jurors of the demo read what has been submitted to the open call: one is done, one is in the middle of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.base import clock
from rihma.calls.models import Call
from rihma.programmes import actions as programmes
from rihma.programmes.models import Role
from rihma.reviews import actions
from rihma.reviews.models import Assignment
from rihma.reviews.types import ReviewingFields

OTHERS = (("kaisa@lukupiiri.example", "Kaisa Lumme", ["fi", "sv"]), ("johan@lasarna.example", "Johan Berglund", ["sv"]))
SAID = {
    "fi": "Asia on tosi, ja tiimi tuntee ne, joita se koskee. Kokeilun loppu jää vielä auki.",
    "sv": "Frågan är verklig och teamet känner dem den gäller. Hur försöket slutar är ännu öppet.",
}


def judge(call: Call, cast: Mapping[str, Person], at: datetime) -> None:
    owner, juror, intake = cast["owner"], cast["juror"], call.last_intake
    with clock.at(at):
        for email, name, languages in OTHERS:
            role = programmes.appoint_by_email(call.programme, email=email, name=name, role=Role.Kind.JUROR, by=owner)
            actions.set_juror(intake, role.person, languages=languages, by=owner)
        actions.set_juror(intake, juror, languages=["fi", "sv"], by=owner)
        # What is sent on the last day has to be read, too.
        day = call.closing.day
        phases: ReviewingFields = {
            "readers": 2,
            "blind": False,
            "due_on": day + timedelta(days=7),
            "talk_on": day + timedelta(days=8),
            "ends_on": day + timedelta(days=12),
        }
        actions.set_up(intake, by=owner, **phases)
        for application in Application.objects.filter(call=call, state="submitted").order_by("receipt__number")[:2]:
            actions.assign(application, juror, by=owner)
        actions.assign_all(intake, by=owner)
        actions.begin(intake, by=owner)
    own = Assignment.objects.current().filter(application__call=call).select_related("person")
    with clock.at(at + timedelta(days=1)):
        # The juror of the cast is at the last of what is theirs; the others have read it all.
        in_hand = own.filter(person=juror).order_by("application__receipt__number").last()
        for place, one in enumerate(own.order_by("application__receipt__number", "person__email")):
            _read(one, call, place, ends=one != in_hand)
            clock.step(timedelta(minutes=40))


def _read(assignment: Assignment, call: Call, place: int, *, ends: bool) -> None:
    keys = [str(pk) for pk in call.criteria.current().values_list("pk", flat=True)]
    scores = {key: 2 + (place + n) % 4 for n, key in enumerate(keys if ends else keys[:2])}
    said = SAID.get(assignment.person.language, SAID["fi"]) if ends else ""
    actions.save(assignment, version=0, scores=scores, reasons={}, overall=said, by=assignment.person)
    if ends:
        actions.send(assignment, by=assignment.person)
