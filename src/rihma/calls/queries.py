from django.utils.translation import get_language

from rihma.calls.models import Call


def event_of(call: Call, address: str) -> dict[str, object]:
    """The call's programme as a schema.org Event, for search engines and calendars of events."""
    programme = call.programme
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": str(programme.title),
        "description": str(programme.purpose),
        "startDate": programme.starts.isoformat(),
        "endDate": programme.ends.isoformat(),
        "inLanguage": get_language(),
        "url": address,
        "eventStatus": "https://schema.org/EventScheduled",
        "organizer": [{"@type": "Organization", "name": name} for name in programme.organisers],
        "offers": {
            "@type": "Offer",
            "price": "0",
            "priceCurrency": "EUR",
            "validThrough": call.closes.isoformat(),
            "url": address,
        },
    }
