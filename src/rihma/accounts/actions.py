import hashlib
import secrets

from django.db import transaction

from rihma.accounts.models import ApiToken, Person, tidy_email
from rihma.base import clock


@transaction.atomic
def get_or_invite(email: str, *, name: str = "", language: str = "fi") -> Person:
    """The person with this address; a new one cannot do anything before they prove the address is theirs."""
    person = Person.objects.with_email(email)
    return person or Person.objects.create_user(tidy_email(email), name=name.strip(), language=language)


def issue_api_token(person: Person, *, name: str) -> str:
    """Answers the token, which nobody can read again later."""
    token = secrets.token_urlsafe(32)
    ApiToken.objects.create(person=person, name=name, digest=digest_of(token))
    return token


def revoke_api_token(token: ApiToken) -> None:
    token.revoked_at = clock.now()
    token.save(update_fields=["revoked_at"])


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
