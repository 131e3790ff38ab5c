from django.conf import settings
from django.utils.module_loading import import_string

from rihma.base import clock
from rihma.calls.models import Call
from rihma.calls.rules import Stage
from rihma.programmes import queries as programmes


def event_of(call: Call, address: str) -> dict[str, object]:
    """The call's programme as a schema.org Event, with the free offer to take part and until when it stands."""
    offer = {
        "@type": "Offer",
        "price": "0",
        "priceCurrency": "EUR",
        "validThrough": call.closes.isoformat(),
        "url": address,
    }
    return {**programmes.event_of(call.programme, address), "offers": offer}


def stage_of(call: Call) -> Stage:
    """Whether applications have been sent is asked of the area that the settings name, because it stands above."""
    return call.stage(clock.now(), answered=import_string(settings.CALL_ANSWERED)(call))
