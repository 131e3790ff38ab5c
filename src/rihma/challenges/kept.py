from collections.abc import Iterator
from functools import partial

from rihma.calls.queries import closed_on
from rihma.challenges.erasing import forget_enquiry, forget_poster
from rihma.challenges.models import Enquiry, Poster
from rihma.programmes.keeping import Thing
from rihma.programmes.models import Programme


def enquiries(programme: Programme) -> Iterator[Thing]:
    """Who asked, and what nobody answered."""
    closed = closed_on(programme)
    known = Enquiry.objects.filter(challenge__call__programme=programme, by__isnull=False)
    for one in known.select_related("challenge"):
        yield Thing(str(one.challenge), closed, partial(forget_enquiry, one))


def posters(programme: Programme) -> Iterator[Thing]:
    closed = closed_on(programme)
    for one in Poster.objects.filter(call__programme=programme):
        yield Thing(one.organisation, closed, partial(forget_poster, one))
