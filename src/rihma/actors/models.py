from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rihma.base import clock
from rihma.base.ids import new_id


class Sector(models.TextChoices):
    """The eight sectors of the ecosystem map; each has a shape of its own wherever it is drawn."""

    STATE = "state", _("State")
    WELLBEING = "wellbeing", _("Wellbeing services county")
    MUNICIPALITY = "municipality", _("Municipality or region")
    COMPANY = "company", _("Company")
    RESEARCH = "research", _("Research and education")
    CIVIC = "civic", _("Association, foundation or parish")
    CITIZENS = "citizens", _("Citizens")
    INTERNATIONAL = "international", _("International")

    @property
    def shape(self) -> str:
        return SIGNS[self][0]

    @property
    def tint(self) -> str:
        return SIGNS[self][1]


# shape and tint: colour is never the only sign of a sector
SIGNS: dict[str, tuple[str, str]] = {
    Sector.STATE: ("circle", "moss"),
    Sector.WELLBEING: ("square", "sky"),
    Sector.MUNICIPALITY: ("diamond", "lichen"),
    Sector.COMPANY: ("hexagon", "rose"),
    Sector.RESEARCH: ("triangle", "lilac"),
    Sector.CIVIC: ("pentagon", "sand"),
    Sector.CITIZENS: ("star", "teal"),
    Sector.INTERNATIONAL: ("ring", "stone"),
}


class Organisation(models.Model):
    class Kind(models.TextChoices):
        MINISTRY = "ministry", _("Ministry")
        STATE_AGENCY = "state_agency", _("State agency")
        REGIONAL_STATE = "regional_state", _("Regional state administration")
        WELLBEING_COUNTY = "wellbeing_county", pgettext_lazy("kind of organisation", "Wellbeing services county")
        MUNICIPALITY = "municipality", _("Municipality or city")
        REGION = "region", _("Regional council or joint authority")
        COMPANY = "company", pgettext_lazy("kind of organisation", "Company")
        UNIVERSITY = "university", _("University or other education")
        RESEARCH = "research", _("Research institute")
        ASSOCIATION = "association", _("Association")
        FOUNDATION = "foundation", _("Foundation")
        PARISH = "parish", _("Parish or church")
        CITIZENS = "citizens", _("Group of citizens")
        INTERNATIONAL = "international", _("International organisation")

    SECTORS: ClassVar = {
        Kind.MINISTRY: Sector.STATE,
        Kind.STATE_AGENCY: Sector.STATE,
        Kind.REGIONAL_STATE: Sector.STATE,
        Kind.WELLBEING_COUNTY: Sector.WELLBEING,
        Kind.MUNICIPALITY: Sector.MUNICIPALITY,
        Kind.REGION: Sector.MUNICIPALITY,
        Kind.COMPANY: Sector.COMPANY,
        Kind.UNIVERSITY: Sector.RESEARCH,
        Kind.RESEARCH: Sector.RESEARCH,
        Kind.ASSOCIATION: Sector.CIVIC,
        Kind.FOUNDATION: Sector.CIVIC,
        Kind.PARISH: Sector.CIVIC,
        Kind.CITIZENS: Sector.CITIZENS,
        Kind.INTERNATIONAL: Sector.INTERNATIONAL,
    }

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
