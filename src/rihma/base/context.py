from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.functional import SimpleLazyObject

from rihma.base.views import APPEARANCES


def page(request: HttpRequest) -> dict[str, object]:
    """What every page's frame needs."""
    appearance = request.COOKIES.get("appearance", "auto")
    return {
        "appearance": appearance if appearance in APPEARANCES else "auto",
        "csrf_token": _token(request),
        "demo": settings.DEMO,
        "languages": settings.LANGUAGES,
    }


def _token(request: HttpRequest) -> object:
    """One for all forms of a page: Django would write another one for each part that is drawn by itself."""
    known = vars(request)
    if "_token_of_page" not in known:
        known["_token_of_page"] = SimpleLazyObject(lambda: get_token(request))
    return known["_token_of_page"]
