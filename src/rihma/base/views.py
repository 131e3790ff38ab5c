from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from rihma.base.access import public
from rihma.base.gallery import examples as gallery_examples
from rihma.base.middleware import came_from

APPEARANCES = ("auto", "light", "dark")
YEAR = 365 * 24 * 3600


# Nobody gains by turning somebody else's pages dark, and a token would set a cookie on every stranger's first page.
@csrf_exempt
@public
@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Light, dark or as the system says; kept in a cookie so that the first paint is right."""
    response = HttpResponseRedirect(came_from(request) or "/")
    response.status_code = 303
    wanted = request.POST.get("appearance", "auto")
    if wanted in APPEARANCES:
        response.set_cookie("appearance", wanted, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response


@public
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every part of a page with an example, for those who build pages."""
    if not (settings.DEMO or settings.DEBUG):
        raise Http404
    return render(request, "base/gallery.html", gallery_examples())
