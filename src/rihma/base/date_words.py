"""The words of dates in the three languages; what Django's own formats cannot say, above all Finnish cases."""

from dataclasses import dataclass
from typing import Literal

type Unit = Literal["minute", "hour", "day", "week", "month", "year"]

WEEKDAYS = {
    "fi": ("maanantaina", "tiistaina", "keskiviikkona", "torstaina", "perjantaina", "lauantaina", "sunnuntaina"),
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
# Only in English, because Finnish and Swedish write months as numbers.
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
ZONES = {
    "Europe/Helsinki": {"fi": "Suomen aikaa", "sv": "finsk tid", "en": "Finnish time"},
    "Europe/Mariehamn": {"fi": "Suomen aikaa", "sv": "finsk tid", "en": "Finnish time"},
    "Europe/Stockholm": {"fi": "Ruotsin aikaa", "sv": "svensk tid", "en": "Swedish time"},
    "Europe/Oslo": {"fi": "Norjan aikaa", "sv": "norsk tid", "en": "Norwegian time"},
    "Europe/Copenhagen": {"fi": "Tanskan aikaa", "sv": "dansk tid", "en": "Danish time"},
    "Europe/Tallinn": {"fi": "Viron aikaa", "sv": "estnisk tid", "en": "Estonian time"},
    "Atlantic/Reykjavik": {"fi": "Islannin aikaa", "sv": "isländsk tid", "en": "Icelandic time"},
    "UTC": {"fi": "UTC-aikaa", "sv": "UTC", "en": "UTC"},
}
NOW = {"fi": "juuri nyt", "sv": "just nu", "en": "just now"}
NEIGHBOURS = {
    "fi": {-1: "eilen", 1: "huomenna"},
    "sv": {-1: "i går", 1: "i morgon"},
    "en": {-1: "yesterday", 1: "tomorrow"},
}
LEFT = {"fi": "%s jäljellä", "sv": "%s kvar", "en": "%s left"}
OVER = {"fi": "aika on päättynyt", "sv": "tiden har gått ut", "en": "time is up"}


@dataclass(frozen=True)
class Counted:
    """One unit of time in one language: how it is counted, and how it lies behind or ahead."""

    one: str
    many: str
    behind: str
    ahead: str
    # Needed because Finnish counts what lies ahead in the genitive: kolmen päivän päästä.
    genitive: str = ""

    def counted(self, count: int) -> str:
        return f"{count} {self.one if count == 1 else self.many}"

    def told(self, count: int, *, ahead: bool) -> str:
        if ahead and self.genitive:
            return self.ahead % f"{count} {self.genitive}"
        return (self.ahead if ahead else self.behind) % self.counted(count)


def _fi(one: str, many: str, genitive: str) -> Counted:
    return Counted(one, many, "%s sitten", "%s päästä", genitive)


def _sv(one: str, many: str) -> Counted:
    return Counted(one, many, "för %s sedan", "om %s")


def _en(one: str) -> Counted:
    return Counted(one, f"{one}s", "%s ago", "in %s")


UNITS: dict[str, dict[Unit, Counted]] = {
    "fi": {
        "minute": _fi("minuutti", "minuuttia", "minuutin"),
        "hour": _fi("tunti", "tuntia", "tunnin"),
        "day": _fi("päivä", "päivää", "päivän"),
        "week": _fi("viikko", "viikkoa", "viikon"),
        "month": _fi("kuukausi", "kuukautta", "kuukauden"),
        "year": _fi("vuosi", "vuotta", "vuoden"),
    },
    "sv": {
        "minute": _sv("minut", "minuter"),
        "hour": _sv("timme", "timmar"),
        "day": _sv("dag", "dagar"),
        "week": _sv("vecka", "veckor"),
        "month": _sv("månad", "månader"),
        "year": _sv("år", "år"),
    },
    "en": {
        "minute": _en("minute"),
        "hour": _en("hour"),
        "day": _en("day"),
        "week": _en("week"),
        "month": _en("month"),
        "year": _en("year"),
    },
}
