"""What other areas' pages show of mergers."""

from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string

from rihma.accounts.access import person_of
from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.base.written import Written
from rihma.mergers.models import Merger
from rihma.programmes.models import Programme

# What was agreed comes before what is proposed.
SHOWN = Written(
    lambda application, person: (
        Merger.objects.of(application)
        .filter(
            Q(state=Merger.State.AGREED)
            | Q(pk__in=Merger.objects.open().answered_by(Person(pk=person)).of(application).values("pk"))
        )
        .select_related("stays__team", "goes__team")
        .order_by("state", "-proposed_at")
    )
)


def merger_of_application(request: HttpRequest, application: Application) -> str:
    """To conveners what waits for their answer; to whoever reads an application what it became."""
    person = person_of(request)
    shown = SHOWN.first(application.pk, person.pk) if person else None
    if shown is None:
        return ""
    context = {"merger": shown, "application": application, "other": shown.other(application)}
    return render_to_string("mergers/of_application.html", context, request)


def programme_tools(request: HttpRequest, programme: Programme) -> str:
    """For those who run the programme, once something can be merged."""
    if not Application.objects.filter(call__programme=programme, state=Application.State.SUBMITTED).exists():
        return ""
    return render_to_string("mergers/programme_tools.html", {"programme": programme}, request)
