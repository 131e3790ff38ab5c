from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyCookie

from rihma.base import clock
from rihma.guests.access import digests_of
from rihma.guests.models import Guest


class GuestAuth(APIKeyCookie):
    """A guest's cookie, with the page's CSRF token. What it opens, the look-up decides."""

    param_name = settings.GUEST_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Guest | None:
        return Guest.objects.valid_at(clock.now()).filter(digest__in=digests_of(key or "")).first()
