import logging
import secrets
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest

from rihma.base.access import FOR_EVERYBODY
from rihma.site.health import healthz, readyz
from rihma.site.log import correlation, place_of

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    type Answer = Callable[[HttpRequest], HttpResponseBase]

logger = logging.getLogger("rihma.requests")

# Answers that Django's own middleware never saw, such as a refused host name, get these as well.
ALWAYS = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


PROBES: "dict[str, Answer]" = {"/healthz": healthz, "/readyz": readyz}


# Whoever sends or gets one of these gets pages made for them.
PERSONAL = (settings.SESSION_COOKIE_NAME, settings.GUEST_COOKIE_NAME)


class RequestLog:
    """A line for each request, and the id that ties it to an error page."""

    def __init__(self, get_response: "Answer") -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> "HttpResponseBase":
        # From the moment it arrived, because waiting for a free thread counts too.
        began = request.META.get("asgi.scope", {}).get("rihma.arrived", time.perf_counter())
        token = correlation.set(secrets.token_hex(6))
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = correlation.get()
            facts = {
                "method": request.method,
                "place": place_of(request),
                "status": response.status_code,
                "ms": round((time.perf_counter() - began) * 1000, 1),
            }
            logger.info("request", extra={"facts": facts})
            return response
        finally:
            correlation.reset(token)


class Probes:
    """Those who watch ask by the number of a server, not by its name: these two answer whatever `Host` says."""

    def __init__(self, get_response: "Answer") -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> "HttpResponseBase":
        probe = PROBES.get(request.path_info)
        return probe(request) if probe else self.get_response(request)


class Headers:
    """The last word on headers: what every answer carries, and nothing personal in any cache."""

    def __init__(self, get_response: "Answer") -> None:
        self.get_response = get_response
        self.always = dict(ALWAYS)
        if settings.SECURE_HSTS_SECONDS:
            self.always["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"

    def __call__(self, request: HttpRequest) -> "HttpResponseBase":
        response = self.get_response(request)
        for name, value in self.always.items():
            response.headers.setdefault(name, value)
        if response.cookies and response.headers.get("Cache-Control") == FOR_EVERYBODY:
            del response.headers["Cache-Control"]
        if any(name in request.COOKIES or name in response.cookies for name in PERSONAL):
            # Also so that the back button cannot show a page of somebody who has signed out.
            response.headers.setdefault("Cache-Control", "no-store")
        else:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response
