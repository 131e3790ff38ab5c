"""Signing in with one click, in the demo only: the views answer 404 anywhere else."""

from datetime import timedelta

from django.core import signing
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac

from rihma.accounts.actions import digest_of
from rihma.accounts.models import ApiToken, Person
from rihma.accounts.scopes import EVERYTHING
from rihma.base import clock

SALT = "rihma.accounts.demo"


def sign_in_path(person: Person) -> str:
    with translation.override(person.language):
        return reverse("accounts:demo_sign_in", args=[signing.dumps(str(person.pk), salt=SALT)])


def api_token(person: Person) -> str:
    """The same each time, so that `rihma demo --json` can say it again; kept as a digest like any other."""
    token = f"rihma_{salted_hmac(SALT, str(person.pk), algorithm='sha256').hexdigest()}"
    good = {"scopes": [EVERYTHING], "expires_at": clock.now() + timedelta(days=365), "revoked_at": None}
    ApiToken.objects.update_or_create(
        digest=digest_of(token), defaults=good, create_defaults={**good, "person": person, "name": "demo"}
    )
    return token


def known_by(token: str) -> Person | None:
    try:
        return Person.objects.filter(pk=signing.loads(token, salt=SALT), is_active=True).first()
    except signing.BadSignature:
        return None
