"""What other areas' pages show of challenges."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from rihma.accounts.access import person_of
from rihma.base.written import Written
from rihma.challenges.models import Challenge
from rihma.challenges.rules import PUBLIC
from rihma.programmes.models import Programme

OF_PROGRAMME = Written(
    lambda programme: Challenge.objects.filter(call__programme=programme, state__in=PUBLIC).order_by("made_at", "pk")
)


def challenges_of_call(request: HttpRequest, programme: Programme) -> str:
    """On the page of the call: what teams may answer; and to those who run it, the way to post."""
    found = OF_PROGRAMME(programme.pk)
    runs = programme.is_run_by(person_of(request))
    context = {"programme": programme, "challenges": found, "runs": runs}
    return render_to_string("challenges/of_call.html", context, request) if found or runs else ""
