"""What other areas' pages show of the call."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from rihma.accounts.access import person_of
from rihma.base import clock
from rihma.base.written import Written
from rihma.calls.models import Call
from rihma.calls.queries import answerable
from rihma.calls.tabs import tabs
from rihma.programmes.models import Programme

OF_PROGRAMME = Written(lambda programme: Call.objects.select_related("programme").filter(programme=programme))


def call_of(programme: Programme) -> Call | None:
    """Asked once for each page: several parts of it want to know."""
    known = vars(programme)
    if "_call" not in known:
        known["_call"] = OF_PROGRAMME.first(programme.pk)
    found: Call | None = known["_call"]
    return found


def call_box(request: HttpRequest, programme: Programme) -> str:
    """Whether one can apply, and until when."""
    call = call_of(programme)
    if call is None:
        return ""
    shown = call.is_listed or programme.is_run_by(person_of(request))
    now = clock.now()
    context = {"call": call, "is_open": call.is_open(now), "is_over": bool(call.late_by(now)), "shown": shown}
    return render_to_string("calls/call_box.html", context, request)


def open_calls(request: HttpRequest, _user: object) -> str:
    """Calls that can be answered now, and those that will open."""
    calls = answerable(clock.now())
    return render_to_string("calls/open_calls.html", calls._asdict(), request) if calls.open or calls.ahead else ""


def programme_tools(request: HttpRequest, programme: Programme) -> str:
    """For those who run the programme."""
    context = {"programme": programme, "has_call": call_of(programme) is not None}
    return render_to_string("calls/programme_tools.html", context, request)


def programme_parts(request: HttpRequest, programme: Programme) -> str:
    """Where the parts of the call are written, beside those of the programme itself."""
    call = call_of(programme)
    parts = tabs(call) if call else []
    return render_to_string("calls/programme_parts.html", {"programme": programme, "parts": parts}, request)
