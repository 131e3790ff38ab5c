"""Signing in with one click, in the demo only: the views answer 404 anywhere else."""

from django.core import signing
from django.urls import reverse
from django.utils import translation

from rihma.accounts.models import Person

SALT = "rihma.accounts.demo"


def sign_in_path(person: Person) -> str:
    with translation.override(person.language):
        return reverse("accounts:demo_sign_in", args=[signing.dumps(str(person.pk), salt=SALT)])


def known_by(token: str) -> Person | None:
    try:
        return Person.objects.filter(pk=signing.loads(token, salt=SALT), is_active=True).first()
    except signing.BadSignature:
        return None
