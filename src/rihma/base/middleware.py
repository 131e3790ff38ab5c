from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from rihma.base.refused import Refused

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase


class SentBack(HttpResponseRedirect):
    """To where somebody came from, because what they wanted was refused."""

    status_code = 303


class RefusedMiddleware:
    """A refusal that no form took becomes a message on the page the person came from."""

    def __init__(self, get_response: "Callable[[HttpRequest], HttpResponseBase]") -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> "HttpResponseBase":
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        if request.headers.get("HX-Request") == "true":
            return render(request, "base/refused.html", {"refused": exception}, status=409)
        back = came_from(request)
        if back is None:
            return render(request, "base/refused_page.html", {"refused": exception}, status=409)
        messages.error(request, str(exception))
        return SentBack(back)


def came_from(request: HttpRequest) -> str | None:
    """The path of the page the person stood on, or None when that is unknown, elsewhere or this very address."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}):
        return None
    parts = urlsplit(referer)
    if not parts.netloc or (request.method == "GET" and parts.path == request.path):
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")
