from rihma.calls.models import Call
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
