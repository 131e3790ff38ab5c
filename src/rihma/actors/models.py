from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import get_language

from rihma.actors import kinds
from rihma.actors.dated import kind_on, name_on
from rihma.actors.kinds import Sector
from rihma.actors.regions import Region
from rihma.base import clock
from rihma.base.fields import WordsField
from rihma.base.ids import new_id
from rihma.base.words import Words


class Organisation(models.Model):
    """A body that people act for. It may change its name and its kind, end, and live on in another one."""

    Kind = kinds.Kind
    SECTORS: ClassVar = kinds.SECTORS

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # The name by which it is known here, which rules and files speak of; `names` are those in each language.
    name = models.CharField(max_length=200)
    names = WordsField()
    # What two spellings of the name share (`rules.name_key`); unique, so one body is one row.
    name_key = models.CharField(max_length=200, unique=True)
    # What it is now. `dated_kinds`: since when, where it has been something else (see `dated`).
    kind = models.CharField(max_length=20, choices=Kind)
    dated_kinds = models.JSONField(null=True, blank=True)
    earlier_names = models.JSONField(default=list, blank=True)
    region = models.CharField(max_length=20, choices=Region, blank=True)
    # Only where its kind does not tell it, or tells it wrongly (`kinds.level_of`).
    level = models.CharField(max_length=20, choices=kinds.Level, blank=True)
    municipality = models.CharField(max_length=100, blank=True)
    business_id = models.CharField(max_length=9, blank=True)
    # Whose part it is. Nobody is a part of the state only by belonging to it: someone says so here.
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    # The last day it was there, and who carries on: for ever the last in the line, so that nobody has to walk it.
    ended_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors")
    split_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="split_off")
    # Somebody had added it a second time: that other row is who it is.
    same_as = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="duplicates")
    # The same for all that hang together by parents, successors and splits (`families`).
    family = models.UUIDField(default=new_id, editable=False, db_index=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["business_id"], condition=~models.Q(business_id=""), name="one_business_id"
            ),
        ]

    def __str__(self) -> str:
        return _said(self.names, self.name)

    def name_on(self, day: date) -> str:
        """As it was called then, so that what was done under an old name still reads so."""
        then = name_on(self.earlier_names, day)
        return _said(Words(then["names"]), then["name"]) if then else str(self)

    def kind_on(self, day: date) -> str:
        return kind_on(self.dated_kinds, self.kind, day)

    @property
    def level_by_kind(self) -> str:
        """In words, for where nobody has told one."""
        told = kinds.LEVELS.get(self.Kind(self.kind))
        return str(told.label) if told else ""

    @property
    def sector(self) -> Sector:
        return self.SECTORS[self.Kind(self.kind)]

    @property
    def is_state_administration(self) -> bool:
        return self.sector == Sector.STATE


def _said(names: Words, name: str) -> str:
    return names.get(get_language() or "") or name


class Spelling(models.Model):
    """One of the names by which an organisation is found: in another language, or one that it had."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="spellings")
    key = models.CharField(max_length=200, db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "key"], name="one_spelling")]


class Affiliation(models.Model):
    """A person acts for an organisation. One may act for several."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="affiliations")
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "organisation"], name="one_affiliation")]

    def __str__(self) -> str:
        return f"{self.person} ({self.organisation})"
