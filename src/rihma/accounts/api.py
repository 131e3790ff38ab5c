from typing import Literal

from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth

from rihma.accounts.actions import digest_of
from rihma.accounts.models import ApiToken, Person
from rihma.accounts.scopes import check_scope
from rihma.base import clock

# Under this name a request holds the id of the token that it came with.
CAME_WITH = "rihma.api_token"


class Bearer(HttpBearer):
    """A token, good for what it was made for: `about` is the first word of the scopes that are asked for here."""

    def __init__(self, about: str) -> None:
        super().__init__()
        self.about = about

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        found = ApiToken.objects.live().filter(digest=digest_of(token), person__is_active=True).select_related("person")
        known = found.first()
        if known is None:
            return None
        check_scope(known.scopes, self.about, request.method or "")
        today = clock.now().date()
        if known.used_on != today:
            ApiToken.objects.filter(pk=known.pk).update(used_on=today)
        request.user = known.person
        request.META[CAME_WITH] = str(known.pk)
        return known.person


def anybody(request: HttpRequest) -> Literal[True]:
    """After `person_auth`, where everybody may read something and whoever is known sees more."""
    return True


def person_auth(about: str) -> list[Bearer | SessionAuth]:
    """Either a token or the signed-in browser (with its CSRF token); the rest of an API function reads `request.user`."""
    return [Bearer(about), SessionAuth()]
