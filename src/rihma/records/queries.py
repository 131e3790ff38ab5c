from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.programmes.models import Programme
from rihma.records.models import Case, CaseQuerySet, DocumentRequest, RecordPlan, SecretPart
from rihma.records.parts import Copied, parts_of, redacted
from rihma.reviews.models import JUDGED, Conflict
from rihma.reviews.ties import TIED
from rihma.teams.queries import places_of

A_DAY = timedelta(days=1)


def plan_of(programme: Programme) -> RecordPlan:
    """As the programme set it, or as it is without."""
    return RecordPlan.objects.filter(programme=programme).first() or RecordPlan(programme=programme)


def register(programme: Programme) -> QuerySet[Case]:
    """With how many marks of secrecy each has that nobody has decided on."""
    open_marks = Count(
        "application__secret_parts", filter=Q(application__secret_parts__outcome=SecretPart.Outcome.ASKED)
    )
    found = Case.objects.filter(programme=programme).select_related("application__team", "application__receipt")
    # said again, since a count drops the order that the rows have by themselves
    return found.annotate(open_marks=open_marks).order_by("given_at", "pk")


def whole_for(person: Person) -> CaseQuerySet:
    """Cases that the person runs, without those of their own team or tied to them: what jurors say is in them."""
    tied = Conflict.objects.standing().filter(person=person).values("application")
    own = Application.objects.written_by(person).values("pk")
    found = Case.objects.run_by(person).exclude(application__in=tied).exclude(application__in=own)
    return found.exclude(Q(programme__in=JUDGED(person.pk)) & Q(application__in=TIED(person.pk)))


def marks_of(application: Application) -> dict[str, SecretPart]:
    found = SecretPart.objects.filter(application=application).select_related("marked_by", "decided_by")
    return {mark.part: mark for mark in found}


def copy_of(application: Application) -> list[Copied]:
    """The redacted copy."""
    return redacted(parts_of(application), marks_of(application).values(), places_of(application.team))


def asked_from(place: str, now: datetime) -> int:
    return DocumentRequest.objects.filter(asked_from=place, asked_at__gt=now - A_DAY).count()


def token_of(request: DocumentRequest) -> str:
    """Opens the answer to whoever asked. Worked out from the server's key, so no row of the database opens anything."""
    return salted_hmac("rihma.records.request", request.pk.hex, algorithm="sha256").hexdigest()[:40]


def opened_by(programme: Programme, pk: UUID, token: str) -> DocumentRequest | None:
    found = DocumentRequest.objects.filter(programme=programme, pk=pk).select_related("programme").first()
    return found if found and constant_time_compare(token, token_of(found)) else None
