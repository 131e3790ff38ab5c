"""Who signed in last in a browser: it outlives the session, so that what is typed after its end stays theirs alone.

It opens nothing, and tells nobody who reads the cookie more than a number.
"""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from rihma.accounts.models import Person

SALT = "rihma.accounts.writer"
# Longer than any session, and than a page stays open.
LASTS = timedelta(days=60)


def remember(response: HttpResponse, person: Person) -> None:
    response.set_signed_cookie(
        settings.WRITER_COOKIE_NAME,
        str(person.pk),
        salt=SALT,
        max_age=LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def writer_of(request: HttpRequest) -> str:
    """Empty where nobody has signed in lately: for strangers nothing is kept."""
    return str(request.get_signed_cookie(settings.WRITER_COOKIE_NAME, default="", salt=SALT, max_age=LASTS))
