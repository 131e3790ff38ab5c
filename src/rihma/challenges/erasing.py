"""Who asked and who might post, once that has not to be kept any more."""

from django.db import transaction
from django.db.models import QuerySet

from rihma.accounts.models import Person
from rihma.challenges.models import Enquiry, Poster
from rihma.notices.erasing import forget_about
from rihma.programmes.models import Programme

MAILS = ("challenges/notices/asked", "challenges/notices/answered")


@transaction.atomic
def forget_enquiry(enquiry: Enquiry) -> None:
    """Who asked, and what nobody answered. What was answered stays: it is part of what all were told of the call."""
    forget_about(MAILS, [enquiry.pk])
    if enquiry.answered_at is None:
        enquiry.delete()
        return
    enquiry.by = None
    enquiry.save(update_fields=["by"])


@transaction.atomic
def forget_poster(poster: Poster) -> None:
    """Their right, and that they had it. Who wrote a challenge stays with it."""
    forget_about(["challenges/notices/let_in"], [f"{poster.pk}:{poster.since.isoformat()}"])
    poster.delete()


@transaction.atomic
def erase_enquiries_of(programme: Programme, person: Person) -> int:
    """The words of all that one person asked; an answer that stands stays, without its question."""
    found: QuerySet[Enquiry] = Enquiry.objects.filter(challenge__call__programme=programme, by=person)
    keys = list(found.values_list("pk", flat=True))
    forget_about(MAILS, keys)
    found.filter(answered_at=None).delete()
    found.update(question="", by=None)
    return len(keys)
