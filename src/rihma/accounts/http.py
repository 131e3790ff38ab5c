from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from rihma.accounts.models import Person


class PersonRequest(HttpRequest):
    """A request of somebody who has signed in."""

    user: Person
    htmx: HtmxDetails
