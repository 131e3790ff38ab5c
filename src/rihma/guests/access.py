"""Whether whoever asks is a guest here. One cookie holds a secret for each thing the device has come to."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from rihma.base import clock
from rihma.guests.models import Guest
from rihma.guests.secrets import digest_of

MOST = 8
KEPT_SECONDS = 60 * 24 * 3600
BETWEEN = "."


def guest_of(request: HttpRequest, key: str) -> Guest | None:
    """The guest of this thing on this device, as long as their link lets them."""
    digests = digests_of(request.COOKIES.get(settings.GUEST_COOKIE_NAME, ""))
    if not digests:
        return None
    guests = Guest.objects.valid_at(clock.now()).filter(digest__in=digests, link__key=key).select_related("link")
    return guests.order_by("-came_at").first()


def remember(request: HttpRequest, response: HttpResponse, secret: str) -> None:
    kept = request.COOKIES.get(settings.GUEST_COOKIE_NAME, "")
    secrets = [secret, *_split(kept)][:MOST]
    response.set_cookie(
        settings.GUEST_COOKIE_NAME,
        BETWEEN.join(secrets),
        max_age=KEPT_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def digests_of(cookie: str) -> list[str]:
    return [digest_of(secret) for secret in _split(cookie)]


def _split(cookie: str) -> list[str]:
    return [secret for secret in cookie.split(BETWEEN) if secret][:MOST]
