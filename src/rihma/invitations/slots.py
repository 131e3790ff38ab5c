"""What other areas' pages show of invitations."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from rihma.accounts.access import person_of
from rihma.calls.models import Call
from rihma.invitations.queries import invitation_to


def invitation_box(request: HttpRequest, call: Call) -> str:
    """To the invited: that they are, and where they answer."""
    found = invitation_to(call, person_of(request)) if call.is_for_invited else None
    context = {"invitation": found, "call": call}
    return render_to_string("invitations/box.html", context, request) if found else ""


def access_of_call(request: HttpRequest, call: Call) -> str:
    """For those who say who may apply: the way to the list."""
    context = {"call": call, "programme": call.programme, "count": call.invitations.count()}
    return render_to_string("invitations/access.html", context, request)
