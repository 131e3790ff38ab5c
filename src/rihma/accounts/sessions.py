"""Who asks is looked up at every request, so both questions to the database are written once."""

from typing import cast
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends.db import SessionStore as Kept
from django.contrib.sessions.models import Session
from django.utils import timezone

from rihma.accounts.models import Person
from rihma.base.written import Written

SESSION = Written(lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now))
PERSON = Written(lambda pk: Person.objects.filter(pk=pk))


class SessionStore(Kept):
    """Django's own sessions in the database."""

    def _get_session_from_db(self) -> Session | None:
        # By Django's own clock, which says when it ends.
        found = SESSION.first(cast("str", self.session_key), timezone.now())
        if found is None:
            self._session_key = None
        return found


class Backend(AuthenticationBackend):
    def get_user(self, user_id: UUID) -> Person | None:
        found = PERSON.first(user_id)
        return found if found and found.is_active else None
