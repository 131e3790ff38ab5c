"""What other areas' pages show of own kinds."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from rihma.programmes.models import Programme


def programme_tools(request: HttpRequest, programme: Programme) -> str:
    """For those who run the programme."""
    return render_to_string("tailoring/programme_tools.html", {"programme": programme}, request)
