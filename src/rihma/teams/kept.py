from collections.abc import Iterator
from functools import partial

from django.db.models import Count

from rihma.programmes.keeping import Thing, day_of
from rihma.programmes.models import Programme
from rihma.teams.erasing import forget_contact
from rihma.teams.models import Contact


def letters(programme: Programme) -> Iterator[Thing]:
    """An exchange as a whole, from its last letter: as long as they write they are not done."""
    # Of a sender who is barred the row stays, so that they stay barred.
    found = Contact.objects.filter(team__programme=programme).exclude(barred_at__isnull=False, letters=None)
    for one in found.select_related("team").annotate(count=Count("letters")).order_by("opened_at", "pk"):
        last = day_of(programme, one.last_at)
        yield Thing(str(one.team), last, partial(forget_contact, one), vars(one)["count"])
