"""What other areas' pages show of mergers."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from rihma.accounts.access import person_of
from rihma.applications.models import Application
from rihma.mergers.models import Merger
from rihma.programmes.models import Programme


def merger_of_application(request: HttpRequest, application: Application) -> str:
    """To conveners what waits for their answer; to whoever reads an application what it became."""
    person = person_of(request)
    known = Merger.objects.of(application)
    seen = known.filter(state=Merger.State.AGREED) | known.open().answered_by(person)
    # What was agreed comes before what is proposed.
    shown = seen.select_related("stays__team", "goes__team").order_by("state", "-proposed_at").first()
    if shown is None:
        return ""
    context = {"merger": shown, "application": application, "other": shown.other(application)}
    return render_to_string("mergers/of_application.html", context, request)


def programme_tools(request: HttpRequest, programme: Programme) -> str:
    """For those who run the programme, once something can be merged."""
    if not Application.objects.filter(call__programme=programme, state=Application.State.SUBMITTED).exists():
        return ""
    return render_to_string("mergers/programme_tools.html", {"programme": programme}, request)
