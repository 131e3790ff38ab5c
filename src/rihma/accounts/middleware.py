from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from rihma.base import clock, unsent

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

BEGAN, SEEN = "began_at", "seen_at"


class SessionLimits:
    """A session ends a week after it was last used (Django's own clock), and 30 days after it began."""

    def __init__(self, get_response: "Callable[[HttpRequest], HttpResponseBase]") -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> "HttpResponseBase":
        began = settings.SESSION_COOKIE_NAME in request.COOKIES and BEGAN in request.session
        if began:
            now = clock.now()
            if now - datetime.fromisoformat(request.session[BEGAN]) > settings.SESSION_LONGEST:
                logout(request)
            elif now - datetime.fromisoformat(request.session[SEEN]) > settings.SESSION_TOUCHED_EVERY:
                request.session[SEEN] = now.isoformat()
        response = self.get_response(request)
        # What was refused for its token has not been sent.
        if began and request.method == "POST" and response.status_code != HTTPStatus.FORBIDDEN:
            unsent.forget_when_sent(request)
        return response


def begin(session: SessionBase) -> None:
    session[BEGAN] = session[SEEN] = clock.now().isoformat()
