from django.conf import settings
from django.http import HttpRequest

from rihma.base.views import APPEARANCES


def page(request: HttpRequest) -> dict[str, object]:
    """What every page's frame needs."""
    appearance = request.COOKIES.get("appearance", "auto")
    return {
        "appearance": appearance if appearance in APPEARANCES else "auto",
        "demo": settings.DEMO,
        "languages": settings.LANGUAGES,
    }
