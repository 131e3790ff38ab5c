"""Companies as the Finnish business register gives them as open data (PRH, YTJ version 3), as rows of a list.

Somebody has fetched the file; nothing is asked of anybody here. Of each company only what the register of organisations
keeps is read, and whatever else stands there may be of any shape.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from rihma.actors import municipalities
from rihma.actors.kinds import Kind
from rihma.actors.lists import MOST_ROWS
from rihma.actors.planned import Row
from rihma.actors.regions import Region
from rihma.base.decoding import decode
from rihma.base.refused import Refused
from rihma.base.words import Words

LONGEST_FILE = 10_000_000
# Of names: the firm itself, and the same in another language; what it calls a shop of its own is none of it.
FIRM, PARALLEL = "1", "2"
STREET = 1
FINNISH = "1"
# What a legal form in a name says of its language. A name with those of two says nothing.
OF_LANGUAGE = {
    "fi": {"oy", "oyj", "ry", "sr", "ky", "osk", "tmi"},
    "sv": {"ab", "abp", "rf", "kb", "andelslag"},
    "en": {"ltd", "plc", "inc", "llc"},
}
# The first that is found in the company form in Finnish, or, where that says nothing, in the name.
KINDS = (
    (r"hyvinvointialue", Kind.WELLBEING_COUNTY),
    (r"vakuutusyhdistys|hypoteekkiyhdistys|taloudellinen yhdistys", Kind.COMPANY),
    (r"yhdistys", Kind.ASSOCIATION),
    (r"säätiö", Kind.FOUNDATION),
    (r"seurakunta|kirkko|uskonnollinen", Kind.PARISH),
    (r"kuntayhtymä|maakuntaliitto", Kind.REGION),
    (r"\bkunta\b|\bkaupunki\b", Kind.MUNICIPALITY),
    (r"valtio", Kind.STATE_AGENCY),
    (r"yhtiö|osuuskunta|pankki|elinkeinonharjoittaja|liikelaitos|sivuliike|yhtymä", Kind.COMPANY),
)
KINDS_OF_NAMES = (
    (r"(yliopisto|korkeakoulu)$", Kind.UNIVERSITY),
    *((pattern, kind) for pattern, kind in KINDS if kind is not Kind.COMPANY),
)


def is_one(file: bytes) -> bool:
    """No list of a spreadsheet begins so."""
    return decode(file[:100]).lstrip().startswith(("{", "["))


def read(file: bytes) -> list[Mapping[str, Any]]:
    """The companies, or in words what the file is instead."""
    if len(file) > LONGEST_FILE:
        raise Refused(
            "large",
            _("The file is larger than 10 MB. Search the business register for fewer companies and bring in those."),
            "upload",
        )
    try:
        given = json.loads(decode(file))
    except (ValueError, RecursionError) as error:
        raise Refused("json", _("This is no whole JSON file. Fetch it anew and try again."), "upload") from error
    companies = given.get("companies") if isinstance(given, dict) else given
    if not isinstance(companies, list) or not all(isinstance(one, dict) and "businessId" in one for one in companies):
        raise Refused(
            "shape",
            _("No list of companies of the business register is in this file. It has “companies” with “businessId”."),
            "upload",
        )
    if not companies:
        raise Refused("empty", _("The file is empty. Choose the list."), "upload")
    if len(companies) > MOST_ROWS:
        raise Refused("long", _("The list has more than 1,000 rows. Bring it in by parts."), "upload")
    return companies


def as_text(companies: Sequence[Mapping[str, Any]]) -> str:
    """What is read of it, which is a small part."""
    kept = ("businessId", "names", "companyForms", "addresses", "endDate")
    return json.dumps([{name: one[name] for name in kept if name in one} for one in companies], ensure_ascii=False)


def rows_of(companies: Sequence[Mapping[str, Any]]) -> list[Row]:
    return [_row(number, company) for number, company in enumerate(companies, start=1)]


def _row(number: int, company: Mapping[str, Any]) -> Row:
    names = [one for one in _those(company, "names") if _text(one, "name")]
    now = [one for one in names if not _text(one, "endDate")]
    firm = next((_text(one, "name") for one in now if _text(one, "type") == FIRM), "")
    others = [_text(one, "name") for one in now if _text(one, "type") == PARALLEL]
    past = [(_text(one, "name"), _text(one, "endDate")[:10]) for one in names if one not in now]
    said = next((_text(one, "value") for one in [company["businessId"]] if isinstance(one, dict)), "")
    municipality, region = _place(company)
    return Row(
        line=number,
        name=firm or next(iter(others), ""),
        names=_in_languages([firm, *others]) if others else Words(),
        kind=_kind(company, firm),
        region=region,
        municipality=municipality,
        business_id=said or str(company["businessId"] if isinstance(company["businessId"], str) else ""),
        also=tuple(others),
        past=tuple((name, until) for name, until in past if _day(until) and name != firm),
        ended_on=_day(_text(company, "endDate")[:10]),
    )


def _in_languages(names: Sequence[str]) -> Words:
    found: dict[str, str] = {}
    for name in names:
        last = {word.strip(".").casefold() for word in name.split()}
        said = [lang for lang, forms in OF_LANGUAGE.items() if forms & last]
        if len(said) == 1:
            found.setdefault(said[0], name)
    return Words({lang: found[lang] for lang, _name in settings.LANGUAGES if lang in found})


def _kind(company: Mapping[str, Any], name: str) -> str:
    forms = [one for one in _those(company, "companyForms") if not _text(one, "endDate")]
    told = [_text(one, "description") for form in forms for one in _those(form, "descriptions") if _is_finnish(one)]
    for text, kinds in ((" ".join(told), KINDS), (name, KINDS_OF_NAMES)):
        for pattern, kind in kinds:
            if re.search(pattern, text.casefold()):
                return kind.value
    return ""


def _place(company: Mapping[str, Any]) -> tuple[str, str]:
    """The municipality, where the post office is called as one, and its region; else only whether it is abroad."""
    addresses = sorted(_those(company, "addresses"), key=lambda one: one.get("type") != STREET)
    for address in addresses:
        for office in _those(address, "postOffices"):
            name = municipalities.named(_text(office, "city"))
            if name and _is_finnish(office):
                return name, municipalities.region_of(name)
    countries = {_text(one, "country") for one in addresses} - {""}
    return "", Region.ABROAD.value if countries and "FI" not in countries else ""


def _those(thing: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    given = thing.get(name)
    yield from (one for one in given if isinstance(one, dict)) if isinstance(given, list) else ()


def _text(thing: Mapping[str, Any], name: str) -> str:
    given = thing.get(name)
    return " ".join(str(given).split()) if isinstance(given, str | int) else ""


def _is_finnish(thing: Mapping[str, Any]) -> bool:
    return _text(thing, "languageCode") == FINNISH


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
