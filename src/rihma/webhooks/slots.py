"""What other areas' pages show of endpoints."""

from django.http import HttpRequest
from django.template.loader import render_to_string


def programme_tools(request: HttpRequest, programme: object) -> str:
    """For those who run the programme."""
    return render_to_string("webhooks/programme_tools.html", {"programme": programme}, request)
