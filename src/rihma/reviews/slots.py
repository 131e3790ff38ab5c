"""What other areas' pages show of reviews."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from rihma.programmes.models import Programme
from rihma.reviews.models import Reviewing


def programme_tools(request: HttpRequest, programme: Programme) -> str:
    """For those who run the programme."""
    return render_to_string("reviews/programme_tools.html", {"programme": programme}, request)


def how_read(request: HttpRequest, programme: Programme) -> str:
    """On the call's page, to everybody: how many read each application, on which scale, and what is hidden from them."""
    reviewing = Reviewing.objects.filter(call__programme=programme).first()
    if reviewing is None:
        return ""
    return render_to_string("reviews/how_read.html", {"reviewing": reviewing}, request)
