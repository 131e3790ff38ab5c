from typing import ClassVar

from django.conf import settings
from django.db import models

from rihma.actors import kinds
from rihma.actors.kinds import Sector
from rihma.base import clock
from rihma.base.ids import new_id


class Organisation(models.Model):
    Kind = kinds.Kind
    SECTORS: ClassVar = kinds.SECTORS

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200)
    # What two spellings of the name share (`rules.name_key`); unique, so one body is one row.
    name_key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def sector(self) -> Sector:
        return self.SECTORS[self.Kind(self.kind)]

    @property
    def is_state_administration(self) -> bool:
        return self.sector == Sector.STATE


class Affiliation(models.Model):
    """A person acts for an organisation. One may act for several."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="affiliations")
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "organisation"], name="one_affiliation")]

    def __str__(self) -> str:
        return f"{self.person} ({self.organisation})"
