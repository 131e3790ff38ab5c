from django.db import transaction

from rihma.accounts.models import Person
from rihma.applications.actions.row import locked, note
from rihma.applications.actions.writing import take_up
from rihma.applications.models import Judgement, Receipt
from rihma.applications.rules import check_may_judge
from rihma.applications.versions import fields_in
from rihma.base import clock
from rihma.calls.queries import is_announced
from rihma.notices.actions import tell
from rihma.teams.queries import confirmed, places_of


@transaction.atomic
def judge(receipt: Receipt, *, admitted: bool, reason: str, by: Person) -> Judgement:
    """Admit or decline what arrived late; the team is told at once, with the reason. What is admitted counts."""
    application = locked(receipt.application)
    late = receipt.late_seconds > 0
    check_may_judge(late=late, announced=is_announced(application.intake), reason=reason)
    judgement = Judgement.objects.create(receipt=receipt, admitted=admitted, reason=reason, by=by, at=clock.now())
    if admitted and application.receipt != receipt:
        take_up(application, fields_in(receipt), by=by)
        application.receipt = receipt
        application.save(update_fields=["receipt", "answers"])
    verb = "late_admitted" if admitted else "late_declined"
    note(application, verb, by, number=receipt.number, version=receipt.version)
    for place in confirmed(places_of(application.team)):
        tell(
            "applications/notices/judgement",
            place.person,
            key=str(judgement.pk),
            scope=application.call.programme_id,
            judgement=judgement,
            receipt=receipt,
            application=application,
        )
    return judgement
