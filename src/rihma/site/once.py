"""A form that is sent twice, by a double click or a browser that tries again, is done once.

Each form carries a token that was drawn when its page was made. What is sent with the same token to the same address and
says the same is the same press of a button: it waits for the first and is led where that led. Programs and scripts of our
own pages name what they send themselves and pass by.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256, shake_256
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponseRedirect

from rihma.base import clock
from rihma.base.middleware import SentBack
from rihma.site.models import Sent

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of the field
# No longer, because then somebody came back to an open page and means it.
WINDOW = timedelta(minutes=1)
# No longer, because a server that died never answers the first.
PATIENCE, STEP = 10.0, 0.05
LONGEST = 2_000
DONE = (302, 303)


class Once:
    def __init__(self, get_response: "Callable[[HttpRequest], HttpResponseBase]") -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> "HttpResponseBase":
        if not _is_form(request):
            return self.get_response(request)
        seed = _seed(request)
        key = sha256(seed).hexdigest()
        if led := _led_before(key, seed):
            return HttpResponseRedirect(led)
        response = self.get_response(request)
        own = Sent.objects.filter(pk=key)
        # What was refused, or answered with a page, may be tried again; and who comes in gets a key that no other answer has.
        if _is_done(response):
            own.update(led_to=_sealed(response.headers["Location"].encode(), seed).hex())
        else:
            own.delete()
        return response


def _is_form(request: HttpRequest) -> bool:
    """Sent by a browser that goes on to the page that comes back. Signing in sees itself to being done once."""
    if request.method != "POST" or "text/html" not in request.headers.get("Accept", ""):
        return False
    if "/account/" in request.path:
        return False
    by_script = request.headers.get("HX-Request") or request.headers.get("X-Requested-With")
    return not by_script and bool(request.POST.get(TOKEN))


def _is_done(response: "HttpResponseBase") -> bool:
    if isinstance(response, SentBack) or response.cookies:
        return False
    return response.status_code in DONE and len(response.headers["Location"]) <= LONGEST


def _seed(request: HttpRequest) -> bytes:
    files = [(name, file.name, file.size) for name, several in request.FILES.lists() for file in several]
    return repr((request.get_full_path(), sorted(request.POST.lists()), sorted(files))).encode()


def _led_before(key: str, seed: bytes) -> str:
    """Where the first one led; nothing if this is the first, which from now on it is known to be."""
    give_up = time.monotonic() + PATIENCE
    while True:
        now = clock.now()
        sent, new = Sent.objects.get_or_create(pk=key, defaults={"at": now})
        if new or (sent.at < now - WINDOW and _take_over(sent, now)):
            return ""
        if sent.led_to:
            return _sealed(bytes.fromhex(sent.led_to), seed).decode()
        if time.monotonic() > give_up and _take_over(sent, now):
            return ""
        time.sleep(STEP)


def _take_over(sent: Sent, now: datetime) -> bool:
    """By one of those who wait."""
    return bool(Sent.objects.filter(pk=sent.pk, at=sent.at).update(at=now, led_to=""))


def _sealed(text: bytes, seed: bytes) -> bytes:
    """And opened in the same way. Addresses may hold secrets, so what is kept is read only by who sent the same form."""
    return bytes(a ^ b for a, b in zip(text, shake_256(seed + b"led to").digest(len(text)), strict=True))
