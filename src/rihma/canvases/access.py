"""Who asks for a canvas: somebody who has signed in, or a guest who came to it by a link."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from rihma.accounts.access import to_sign_in
from rihma.accounts.models import Person
from rihma.base.access import POLICY
from rihma.canvases.doers import key_of
from rihma.canvases.models import Canvas
from rihma.guests.access import guest_of
from rihma.guests.models import Guest

type Who = Person | Guest


class WhoRequest(HttpRequest):
    who: Who
    htmx: HtmxDetails


def who_asks(request: HttpRequest, canvas_id: UUID) -> Who | None:
    """An account comes first where it opens the canvas by itself."""
    guest = guest_of(request, key_of(canvas_id))
    if not request.user.is_authenticated:
        return guest
    if guest and not Canvas.objects.seen_by(request.user).filter(pk=canvas_id).exists():
        return guest
    return request.user


def open_to_guests[**P](
    view: Callable[Concatenate[WhoRequest, UUID, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, canvas_id: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        who = who_asks(request, canvas_id)
        if who is None:
            return to_sign_in(request)
        asked = cast("WhoRequest", request)
        asked.who = who
        return view(asked, canvas_id, *args, **kwargs)

    setattr(guarded, POLICY, "open_to_guests")
    return guarded
