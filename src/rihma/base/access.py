"""Every view says who may knock. What they find is decided by the look-up, which starts at the person."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.http import HttpRequest, HttpResponse

POLICY = "rihma_policy"
# What an answer says that is the same for every stranger; the server itself keeps it this long (site/kept.py).
KEPT_SECONDS = 1
FOR_EVERYBODY = f"public, max-age=0, s-maxage={KEPT_SECONDS}"


def public[View: Callable[..., Any]](view: View) -> View:
    """Anybody may open it; what it shows still depends on who asks."""
    setattr(view, POLICY, "public")
    return view


def same_for_strangers[**P](
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Who sends no cookie sees what every stranger sees, so that hundreds may open the page at once."""

    @wraps(view)
    def shown(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if not request.COOKIES:
            response.headers["Cache-Control"] = FOR_EVERYBODY
        return response

    return shown
