from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import NamedTuple

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import get_language

from rihma.base import clock
from rihma.base.dates import moment
from rihma.base.written import Written
from rihma.calls.models import Call, CallQuerySet, Intake
from rihma.calls.rules import FULL, Stage, late_by
from rihma.programmes import queries as programmes
from rihma.programmes.models import Programme


class Answerable(NamedTuple):
    open: list[Call]
    ahead: list[Call]


def open_calls(now: datetime) -> list[Call]:
    """Public ones that can be answered, also those that stand on no list."""
    return [call for call in _not_closed(now) if call.is_open(now)]


def _not_closed(now: datetime) -> CallQuerySet:
    # A day more, because a zone's day may begin before that of the server.
    last_day = now.date() - timedelta(days=1)
    public = Call.objects.visible_to(None).filter(closes_on__gte=last_day)
    return public.order_by("closes_on", "closes_at").prefetch_related("intakes")


def answerable(now: datetime) -> Answerable:
    """Public calls that can be answered, the first to close first; and those that will open, in that order."""
    calls = _not_closed(now).listed()
    ahead = sorted(((call.opens, call) for call in calls if call.is_ahead(now) and call.opens), key=itemgetter(0))
    return Answerable([call for call in calls if call.takes_new(now)], [call for _opens, call in ahead])


def opens_in_words(call: Call, now: datetime) -> str:
    """In the reader's language; nothing once it has opened."""
    return said(call.opens, call) if call.opens and call.is_ahead(now) else ""


def said(at: datetime, call: Call) -> str:
    return moment(at, call.programme.zone, get_language() or settings.LANGUAGE_CODE)


def event_of(call: Call, address: str) -> dict[str, object]:
    """The call's programme as a schema.org Event, with the free offer to take part and until when it stands."""
    offer = {
        "@type": "Offer",
        "price": "0",
        "priceCurrency": "EUR",
        "validThrough": call.closes.isoformat(),
        "url": address,
    }
    if call.opens:
        offer["validFrom"] = call.opens.isoformat()
    return {**programmes.event_of(call.programme, address), "offers": offer}


def definition_of(call: Call) -> dict[str, list[dict[str, object]]]:
    """The form as it is asked now and what it is read by, as plain values."""
    return {
        "sections": [{"key": one.key, **one.facts} for one in call.sections.current()],
        "questions": [{"key": one.key, **one.facts} for one in call.questions.current()],
        "criteria": [{"key": one.pk, **one.facts} for one in call.criteria.current()],
    }


def stage_of(call: Call) -> Stage:
    """Whether applications have been sent is asked of the area that the settings name, because it stands above."""
    return call.stage(clock.now(), answered=import_string(settings.CALL_ANSWERED)(call))


def question_stage_of(call: Call, *asked_in: str) -> Stage:
    """Likewise of one question, by where it is asked: whoever sent an idea has not answered what only full applications are asked."""
    if not call.is_staged or set(asked_in) != {FULL}:
        return stage_of(call)
    return call.stage(clock.now(), answered=is_answered(call.last_intake))


def criteria_stage_of(call: Call) -> Stage:
    """Likewise of criteria: once jurors have begun to read by them, they stand, however open the call still is."""
    return Stage.READ if import_string(settings.CALL_READ)(call) else stage_of(call)


def is_announced(intake: Intake | None) -> bool:
    """Whether everybody has been told the decisions on what arrived for it: asked in the same way."""
    return intake is not None and import_string(settings.CALL_ANNOUNCED)(intake)


def is_answered(intake: Intake) -> bool:
    """Whether applications have been sent that count for it."""
    answered: bool = import_string(settings.CALL_ANSWERED)(intake.call, intake)
    return answered


INTAKES = Written(lambda call: Intake.objects.filter(call=call).order_by("number"))


def intakes_of(call: Call) -> list[Intake]:
    """In the order of their cut-offs."""
    listed = INTAKES(call.pk)
    for one in listed:
        one.call = call
    return listed


def intake_at(call: Call, now: datetime, *, goes_on: bool = False) -> Intake:
    """What arrives now counts for it: the first whose cut-off has not passed, or late for the last.

    `goes_on`: a whole application that continues an idea, which in a call of two stages counts for the second.
    """
    listed = intakes_of(call)
    if call.is_staged:
        return listed[-1 if goes_on else 0]
    return next((one for one in listed if not late_by(one.closing, now)), listed[-1])


def closed_on(programme: Programme) -> date:
    """The day on which its call closes; of a programme without a call its last day."""
    call = Call.objects.filter(programme=programme).select_related("programme").first()
    return call.closes.astimezone(programme.zone).date() if call else programme.ends
