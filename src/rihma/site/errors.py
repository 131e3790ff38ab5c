"""What people and programs see when something went wrong: what to do next, and an id to ask with. Never a trace."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rihma.base.access import public
from rihma.base.unsent import Unsent
from rihma.site.log import correlation

# For when the pages themselves cannot be drawn: needs neither database, templates nor translations.
BARE = """<!DOCTYPE html>
<html lang="fi"><head><meta charset="utf-8"><title>{status} – Rihma</title></head><body>
<h1>Rihma</h1>
<p>Sivua ei voida juuri nyt näyttää. Yritä hetken päästä uudelleen.</p>
<p lang="sv">Sidan kan inte visas just nu. Försök igen om en stund.</p>
<p lang="en">The page cannot be shown just now. Please try again in a moment.</p>
<p>{status} · {request}</p>
</body></html>
"""


@public
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, HTTPStatus.BAD_REQUEST, _("The request could not be understood."))


@public
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, HTTPStatus.FORBIDDEN, _("This is not allowed."))


@public
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, HTTPStatus.NOT_FOUND, _("There is nothing here, or you may not see it."))


@public
def failed(request: HttpRequest) -> HttpResponse:
    return answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, _("Something went wrong on our side."))


@public
def no_csrf_token(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's words, not ours
    """Mostly a page that was open while its reader signed in beside it: it gets what was typed, to be sent again.

    Only when the browser says that it comes from a page of ours, or others could write what is sent with one click.
    """
    detail = _("This page had stood open too long. Go back, reload it and send again.")
    own = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    typed = Unsent.of(request) if own and request.user.is_authenticated else None
    return answer(request, HTTPStatus.FORBIDDEN, detail, template="403_csrf.html", unsent=typed)


def answer(
    request: HttpRequest, status: HTTPStatus, detail: str, *, template: str = "", unsent: Unsent | None = None
) -> HttpResponse:
    if request.path.startswith("/api/"):
        return problem(status, detail)
    try:
        context = {"correlation": correlation.get(), "unsent": unsent}
        return render(request, template or f"{status.value}.html", context, status=status)
    except Exception:  # noqa: BLE001 - an error page must not fail in turn, whatever is broken
        return HttpResponse(BARE.format(status=status.value, request=correlation.get()), status=status)


def problem(status: HTTPStatus, detail: str) -> JsonResponse:
    body = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
        "request": correlation.get(),
    }
    return JsonResponse(body, status=status, content_type="application/problem+json")
