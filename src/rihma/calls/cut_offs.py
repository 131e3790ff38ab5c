"""On pages about what arrived for one cut-off of a call: which one it is, and the way to the others."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from rihma.base import clock
from rihma.base.parts import Option
from rihma.calls.models import Intake
from rihma.calls.rules import late_by


class Looked(NamedTuple):
    """`options`: all of them to choose from; none where there is only one."""

    intake: Intake
    options: list[Option]


def look(request: HttpRequest, intakes: "QuerySet[Intake]", slug: str) -> Looked:
    """In one query. Without a choice in the address the one that was due last, which is what there is work with."""
    listed = list(intakes.filter(call__programme__slug=slug).order_by("number"))
    if not listed:
        raise Http404
    asked = request.GET.get("cut-off", "")
    intake = next((one for one in listed if str(one.number) == asked), None) or due(listed, clock.now())
    if intake.is_only:
        return Looked(intake, [])
    return Looked(intake, [Option(one.title, one.query, active=one == intake) for one in listed])


def due(listed: Sequence[Intake], now: datetime) -> Intake:
    passed = [one for one in listed if late_by(one.closing, now)]
    return passed[-1] if passed else listed[0]
