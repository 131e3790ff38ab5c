"""Where an organisation works; without tables, so that rules may speak of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Region(TextChoices):
    """The nineteen regions of Finland in the order of their official numbers, and what is no region."""

    UUSIMAA = "uusimaa", _("Uusimaa")
    VARSINAIS_SUOMI = "varsinais_suomi", _("Southwest Finland")
    SATAKUNTA = "satakunta", _("Satakunta")
    KANTA_HAME = "kanta_hame", _("Kanta-Häme")
    PIRKANMAA = "pirkanmaa", _("Pirkanmaa")
    PAIJAT_HAME = "paijat_hame", _("Päijät-Häme")
    KYMENLAAKSO = "kymenlaakso", _("Kymenlaakso")
    ETELA_KARJALA = "etela_karjala", _("South Karelia")
    ETELA_SAVO = "etela_savo", _("South Savo")
    POHJOIS_SAVO = "pohjois_savo", _("North Savo")
    POHJOIS_KARJALA = "pohjois_karjala", _("North Karelia")
    KESKI_SUOMI = "keski_suomi", _("Central Finland")
    ETELA_POHJANMAA = "etela_pohjanmaa", _("South Ostrobothnia")
    POHJANMAA = "pohjanmaa", _("Ostrobothnia")
    KESKI_POHJANMAA = "keski_pohjanmaa", _("Central Ostrobothnia")
    POHJOIS_POHJANMAA = "pohjois_pohjanmaa", _("North Ostrobothnia")
    KAINUU = "kainuu", _("Kainuu")
    LAPPI = "lappi", _("Lapland")
    AHVENANMAA = "ahvenanmaa", _("Åland")
    WHOLE_COUNTRY = "whole_country", pgettext_lazy("region", "The whole country")
    ABROAD = "abroad", pgettext_lazy("region", "Abroad")


# Whoever works everywhere adds no region to a team.
COUNTED = [one for one in Region if one is not Region.WHOLE_COUNTRY]
