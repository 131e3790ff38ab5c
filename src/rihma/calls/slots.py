"""What other areas' pages show of the call."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from rihma.base import clock
from rihma.calls.models import Call
from rihma.programmes.models import Programme


def call_box(request: HttpRequest, programme: Programme) -> str:
    """Whether one can apply, and until when."""
    call = Call.objects.select_related("programme").filter(programme=programme).first()
    if call is None:
        return ""
    return render_to_string("calls/call_box.html", {"call": call, "is_open": call.is_open(clock.now())}, request)


def programme_tools(request: HttpRequest, programme: Programme) -> str:
    """For those who run the programme."""
    has_call = Call.objects.filter(programme=programme).exists()
    return render_to_string("calls/programme_tools.html", {"programme": programme}, request) if has_call else ""
