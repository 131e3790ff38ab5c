"""Kinds of organisations and the sectors they belong to; without tables, so that rules may speak of them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Sector(TextChoices):
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


# Shape and tint, because colour must never be the only sign of a sector.
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


class Kind(TextChoices):
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


SECTORS = {
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


class Level(TextChoices):
    """How far what it does reaches: an ecosystem of one level only misses those who decide, or those who meet it daily."""

    INTERNATIONAL = "international", pgettext_lazy("level", "International")
    NATIONAL = "national", pgettext_lazy("level", "National")
    REGIONAL = "regional", pgettext_lazy("level", "Regional")
    LOCAL = "local", pgettext_lazy("level", "Local")


# Where nobody has said otherwise. Of a company or an association the kind tells nothing.
LEVELS = {
    Kind.MINISTRY: Level.NATIONAL,
    Kind.STATE_AGENCY: Level.NATIONAL,
    Kind.REGIONAL_STATE: Level.REGIONAL,
    Kind.WELLBEING_COUNTY: Level.REGIONAL,
    Kind.MUNICIPALITY: Level.LOCAL,
    Kind.REGION: Level.REGIONAL,
    Kind.UNIVERSITY: Level.NATIONAL,
    Kind.RESEARCH: Level.NATIONAL,
    Kind.PARISH: Level.LOCAL,
    Kind.CITIZENS: Level.LOCAL,
    Kind.INTERNATIONAL: Level.INTERNATIONAL,
}


def level_of(told: str, kind: str) -> str:
    """What somebody told of it, else what its kind tells; "" where neither does."""
    return told or (LEVELS.get(Kind(kind), "") if kind else "")
