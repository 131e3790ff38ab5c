import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from rihma.accounts import rules
from rihma.accounts.models import ApiToken, Person, SignInCode
from rihma.accounts.rules import tidy_code, tidy_email, tidy_name
from rihma.accounts.scopes import check_may_hold
from rihma.base import clock
from rihma.base.refused import Refused


@transaction.atomic
def get_or_invite(email: str, *, name: str = "", language: str = "fi") -> Person:
    """The person with this address; a new one cannot do anything before they prove the address is theirs."""
    # Locked, so that limits of one address hold when many ask at once.
    person, _new = Person.objects.select_for_update(no_key=True).get_or_create(
        email=tidy_email(email),
        defaults={"name": tidy_name(name), "language": language, "password": make_password(None)},
    )
    return person


@transaction.atomic
def ask_for_code(email: str, *, language: str, asked_from: str, asked_with: str = "") -> tuple[SignInCode, str]:
    """Mails a code. A known address, a new one and one that was closed take the same way, told apart only by the mail."""
    now = clock.now()
    SignInCode.objects.filter(asked_at__lte=now - timedelta(days=1)).delete()
    person = get_or_invite(email, language=language)
    code = "".join(secrets.choice(rules.LETTERS) for _place in range(rules.LENGTH))
    recent = SignInCode.objects.since(now - rules.LONGEST).order_by("-asked_at")
    to_person = recent.filter(person=person)
    clicked_twice = to_person.unused().since(now - rules.DOUBLE_CLICK).filter(asked_with=asked_with, tries=0).first()
    if asked_with and clicked_twice:
        return clicked_twice, ""
    rules.check_not_too_often(_times(to_person), rules.CODES_TO_AN_ADDRESS, now)
    rules.check_not_too_often(_times(recent.unused().filter(asked_from=asked_from)), rules.UNUSED_CODES_TO_A_PLACE, now)
    asked = SignInCode(person=person, asked_at=now, asked_from=asked_from, asked_with=asked_with)
    asked.digest = _digest_of_code(asked, code)
    asked.save(force_insert=True)
    _mail(asked, code)
    return asked, code


def enter_code(code: UUID, typed: str, *, asked_from: str) -> Person:
    """Uses the code up and answers whose it is. A wrong one is counted, which is why the refusal waits for the commit."""
    now = clock.now()
    with transaction.atomic():
        # Locked: of many requests with the right code one finds it unused.
        asked = SignInCode.objects.select_for_update(no_key=True, of=("self",)).filter(pk=code).first()
        if asked is None:
            raise rules.refused_as("expired")
        rules.check_still_good(asked_at=asked.asked_at, tries=asked.tries, used=asked.used_at is not None, now=now)
        rules.check_not_too_often(_wrong_from(asked_from), rules.WRONG_CODES_FROM_A_PLACE, now)
        right = constant_time_compare(asked.digest, _digest_of_code(asked, tidy_code(typed))) and asked.person.is_active
        if right:
            asked.used_at = now
        else:
            asked.tries += 1
            asked.tried_at = now
        asked.save(update_fields=["used_at", "tries", "tried_at"])
    rules.check_right(right=right, tries=asked.tries)
    return asked.person


@transaction.atomic
def sign_out_everywhere(person: Person) -> None:
    """Every session holds a digest of the password. Nobody has one: this random value is there for sessions only."""
    person.set_unusable_password()
    person.save(update_fields=["password"])


@transaction.atomic
def name_oneself(person: Person, *, name: str, language: str) -> Person:
    tidy = tidy_name(name)
    rules.check_name(tidy)
    person.name, person.language = tidy, language
    person.save(update_fields=["name", "language"])
    return person


@transaction.atomic
def issue_api_token(person: Person, *, name: str, scopes: Collection[str], days: int = 365) -> str:
    """Answers the token, which nobody can read again later."""
    check_may_hold(scopes)
    # Sending the form again would otherwise make a second token that nobody knows of.
    if person.api_tokens.live().filter(name=name).exists():
        raise Refused("name_taken", _("You have a token with this name. Revoke it first, or use another name."), "name")
    token = f"rihma_{secrets.token_urlsafe(32)}"
    expires = clock.now() + timedelta(days=days)
    ApiToken.objects.create(
        person=person, name=name, digest=digest_of(token), scopes=sorted(scopes), expires_at=expires
    )
    return token


def revoke_api_token(token: ApiToken) -> None:
    token.revoked_at = clock.now()
    token.save(update_fields=["revoked_at"])


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _mail(asked: SignInCode, code: str) -> None:
    """Into the outbox, which is where mail goes: sent after the commit, and its text forgotten after that."""
    person = asked.person
    kind = "code" if person.is_active else "closed"
    with translation.override(person.language):
        text = render_to_string(f"accounts/notices/{kind}.txt", {"code": code})
    subject, _line, body = text.strip().partition("\n")
    EmailMessage(subject, body.strip() + "\n", to=[person.email]).send()


def _times(asked: QuerySet[SignInCode]) -> list[datetime]:
    return list(asked.values_list("asked_at", flat=True)[: rules.MOST])


def _wrong_from(place: str) -> list[datetime]:
    """When the last wrong codes were entered from there; all tries with one code count as the last of them."""
    tried = SignInCode.objects.filter(asked_from=place, tries__gt=0, tried_at__isnull=False).order_by("-tried_at")
    pairs = tried.values_list("tried_at", "tries")[: rules.MOST]
    return [moment for moment, tries in pairs if moment for _try in range(tries)]


def _digest_of_code(asked: SignInCode, code: str) -> str:
    """Keyed, because six characters are soon tried through; of the address too, so a moved mailbox ends the code."""
    return salted_hmac("rihma.accounts.code", f"{asked.pk}:{asked.person.email}:{code}", algorithm="sha256").hexdigest()
