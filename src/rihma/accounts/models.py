from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from rihma.accounts.rules import tidy_email
from rihma.accounts.scopes import in_words
from rihma.base import clock
from rihma.base.ids import new_id


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, **fields: object) -> "Person":
        person = self.model(email=tidy_email(email), **fields)
        person.set_unusable_password()
        person.save()
        return person

    def create_superuser(self, email: str, **fields: object) -> "Person":
        return self.create_user(email, is_staff=True, is_superuser=True, **fields)

    def with_email(self, email: str) -> "Person | None":
        return self.filter(email=tidy_email(email)).first()


class Person(AbstractBaseUser, PermissionsMixin):
    """A human. Roles come from programmes and teams; nothing is ever known by the address alone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default="fi")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined = models.DateTimeField(default=clock.now)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="one_person_an_address")]

    def __str__(self) -> str:
        return self.name or self.email.split("@", maxsplit=1)[0]

    def get_full_name(self) -> str:
        return str(self)

    @property
    def initials(self) -> str:
        return "".join(part[0] for part in str(self).split()[:2]).upper()


class SignInCodeQuerySet(models.QuerySet["SignInCode"]):
    def since(self, moment: datetime) -> Self:
        return self.filter(asked_at__gt=moment)

    def unused(self) -> Self:
        return self.filter(used_at=None)


class SignInCode(models.Model):
    """One code, mailed to one person, good in the one browser that holds this row's id.

    The row counts the tries and the use, not the session: twenty requests at once see the same row. It is also the
    record that limits count, so they hold after a restart and on every node.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_in_codes")
    digest = models.CharField(max_length=64)
    asked_at = models.DateTimeField(default=clock.now, db_index=True)
    # Digests: of the network address, and of the form's token, by which a double click is known.
    asked_from = models.CharField(max_length=64)
    asked_with = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = SignInCodeQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "asked_at"]),
            models.Index(fields=["asked_from", "asked_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.asked_at:%Y-%m-%d %H:%M}"


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def live(self) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=clock.now())


class ApiToken(models.Model):
    """Only the digest is kept; the token itself is shown once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    # what the app may do, of all that its person may (accounts/scopes.py)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    # By the day: a write at every request would cost more than it tells.
    used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def may(self) -> list[str]:
        return in_words(self.scopes)
