from ipaddress import IPv6Address, IPv6Network, ip_address

from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django_htmx.middleware import HtmxDetails

from rihma.accounts.models import Person


class PersonRequest(HttpRequest):
    """A request of somebody who has signed in."""

    user: Person
    htmx: HtmxDetails


def place_of(request: HttpRequest) -> str:
    """Where the request comes from, as a keyed digest: enough to count by, and nobody's network address is kept."""
    address = request.META.get("REMOTE_ADDR", "")
    try:
        parsed = ip_address(address)
    except ValueError:
        parsed = None
    if isinstance(parsed, IPv6Address):
        # A home has a /64 of its own, so single addresses would count nothing.
        address = str(IPv6Network((parsed, 64), strict=False))
    return salted_hmac("rihma.accounts.place", address, algorithm="sha256").hexdigest()
