from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from rihma.accounts.http import PersonRequest
from rihma.accounts.models import Person
from rihma.base.access import POLICY, public

__all__ = ["public", "signed_in"]


def signed_in[**P](
    view: Callable[Concatenate[PersonRequest, P], HttpResponse],
) -> Callable[Concatenate[PersonRequest, P], HttpResponse]:
    """Somebody must be known; the sign-in page leads back here."""

    @wraps(view)
    def guarded(request: PersonRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    setattr(guarded, POLICY, "signed_in")
    return guarded


def person_of(request: HttpRequest) -> Person | None:
    """The person who asks, or None: for pages that everybody may open and some see more on."""
    return request.user if request.user.is_authenticated else None
