from collections.abc import Callable
from functools import wraps
from typing import Concatenate, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django_htmx.http import HttpResponseClientRedirect

from rihma.accounts import writers
from rihma.accounts.http import PersonRequest
from rihma.accounts.models import Person
from rihma.base import unsent
from rihma.base.access import POLICY, public
from rihma.base.middleware import came_from

NAVIGATE = "navigate"

__all__ = ["person_of", "public", "signed_in", "to_sign_in"]


def signed_in[**P](
    view: Callable[Concatenate[PersonRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Somebody must be known; the sign-in page leads back here."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        return view(cast("PersonRequest", request), *args, **kwargs)

    setattr(guarded, POLICY, "signed_in")
    return guarded


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Back leads to the page the person stood on: an address that only takes POST, or a fragment, is none."""
    fragment = request.headers.get("HX-Request") == "true"
    writer = writers.writer_of(request)
    # What a page saves by itself comes again when its form is sent; only a person who presses a button waits for it.
    if (
        request.method == "POST"
        and writer
        and (fragment or request.headers.get("Sec-Fetch-Mode", NAVIGATE) == NAVIGATE)
    ):
        unsent.keep(request, writer)
    stood_on_page = request.method == "GET" and not fragment
    response = redirect_to_login(request.get_full_path() if stood_on_page else came_from(request) or "")
    return HttpResponseClientRedirect(response["Location"]) if fragment else response


def person_of(request: HttpRequest) -> Person | None:
    """The person who asks, or None: for pages that everybody may open and some see more on."""
    return request.user if request.user.is_authenticated else None
