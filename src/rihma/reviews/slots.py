"""What other areas' pages show of reviews."""

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.template.loader import render_to_string

from rihma.accounts.access import person_of
from rihma.applications.models import Application
from rihma.challenges.models import Challenge
from rihma.programmes.models import Programme
from rihma.reviews import queries
from rihma.reviews.models import Reviewing


def programme_tools(request: HttpRequest, programme: Programme) -> str:
    """For those who run the programme."""
    return render_to_string("reviews/programme_tools.html", {"programme": programme}, request)


def reviews_of_application(request: HttpRequest, application: Application) -> str:
    """To those who run the programme: what the reviews come to so far. To the team nothing."""
    person = person_of(request)
    if person is None or not application.call.programme.is_run_by(person):
        return ""
    reviewing, readings = queries.heard_of(application, person)
    if reviewing is None:
        return ""
    standing = queries.standing_of(readings, queries.criteria_of(reviewing), reviewing.readers)
    return render_to_string("reviews/of_application.html", {"application": application, "standing": standing}, request)


def how_read(request: HttpRequest, programme: Programme) -> str:
    """On the call's page, to everybody: how many read each application, on which scale, and what is hidden from them."""
    reviewing = (
        Reviewing.objects.filter(intake__call__programme=programme)
        .select_related("intake__call")
        .annotate(has_challenges=Exists(Challenge.objects.public().filter(call=OuterRef("intake__call"))))
        .order_by("-intake__number")
        .first()
    )
    if reviewing is None:
        return ""
    reviewing.intake.call.programme = programme
    spans = [span for span in reviewing.times.spans() if span.is_said]
    context = {"reviewing": reviewing, "programme": programme, "spans": spans}
    return render_to_string("reviews/how_read.html", context, request)
