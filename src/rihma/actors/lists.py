"""A list of organisations as a spreadsheet writes it: first what it would do, then that.

What is known of an organisation stays; a list only fills what nobody has told yet, and adds those that are new.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rihma.accounts.models import Person
from rihma.actors import actions, likeness, municipalities, rules
from rihma.actors.kinds import Kind, Level
from rihma.actors.models import Organisation, Spelling
from rihma.actors.planned import Fault, Plan, Row
from rihma.actors.queries import of_today
from rihma.actors.regions import Region
from rihma.base.decoding import decode
from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.base.workbook import FORMULA

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LONGEST_FILE = 2_000_000
MOST_ROWS = 1_000
LONGEST_MUNICIPALITY = 100
# What a column may be called, in any language, so that a list of one can be read by another.
HEADS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "nimi", "namn"),
    "fi": ("name fi", "nimi fi", "namn fi", "nimi suomeksi", "namn på finska", "name in finnish"),
    "sv": ("name sv", "nimi sv", "namn sv", "nimi ruotsiksi", "namn på svenska", "name in swedish"),
    "en": ("name en", "nimi en", "namn en", "nimi englanniksi", "namn på engelska", "name in english"),
    "kind": ("kind", "laji", "slag", "art"),
    "region": ("region", "maakunta", "landskap"),
    "level": ("level", "taso", "nivå"),
    "municipality": ("municipality", "kunta", "kommun"),
    "business_id": ("business id", "y tunnus", "fo nummer"),
    "part_of": ("part of", "osa organisaatiota", "emo", "del av"),
}
CHOSEN: "Mapping[str, tuple[type[Kind | Region | Level], _StrPromise]]" = {
    "kind": (Kind, gettext_lazy("“%(said)s” is no kind of organisation that is known here.")),
    "region": (Region, gettext_lazy("“%(said)s” is no region that is known here.")),
    "level": (Level, gettext_lazy("“%(said)s” is no level that is known here.")),
}


def read(file: bytes) -> list[list[str]]:
    """The rows of a text with `;`, tabs or commas, in whichever encoding a spreadsheet wrote it."""
    if not file.strip():
        raise Refused("empty", _("The file is empty. Choose the list."), "upload")
    if len(file) > LONGEST_FILE:
        raise Refused("large", _("The file is larger than 2 MB. Bring the list in by parts."), "upload")
    text = decode(file)
    if "\x00" in text or "\N{REPLACEMENT CHARACTER}" in text or file.startswith(b"PK"):
        raise Refused(
            "unreadable", _("This file cannot be read. Save the list as CSV in UTF-8 and try again."), "upload"
        )
    sign = max(";\t,", key=text.partition("\n")[0].count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
    except csv.Error as error:
        raise Refused(
            "cells", _("A cell is far too long. Look whether a quotation mark is missing."), "upload"
        ) from error
    if len(rows) > MOST_ROWS + 1:
        raise Refused("long", _("The list has more than 1,000 rows. Bring it in by parts."), "upload")
    return rows


def as_text(table: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(table)
    return text.getvalue()


def rows_of(table: Sequence[Sequence[str]]) -> list[Row]:
    return list(_rows(table, _columns(table[0])))


def plan(read_rows: Sequence[Row]) -> Plan:
    by_key, by_id = _known()
    own = {*by_key, *(rules.key_of(row.name) for row in read_rows)}
    made, taken = Plan([], []), dict[object, int]()
    for row in read_rows:
        row.known = by_id.get(_tidy_id(row.business_id)) or by_key.get(rules.key_of(row.name))
        fault = " ".join(_faults(row, own))
        who = row.known.pk if row.known else rules.key_of(row.name)
        if not fault and who in taken:
            fault = _("Row %(n)s is about the same organisation.") % {"n": taken[who]}
        if fault:
            made.faults.append(Fault(row.line, fault))
            continue
        taken[who] = row.line
        row.region = row.region or municipalities.region_of(row.municipality)
        told = (row.name, *row.also, *(name for name, _until in row.past)) if row.known else row.also
        row.new_names = [name for name in dict.fromkeys(told) if rules.key_of(name) not in by_key]
        made.rows.append(row)
    _liken(made.new, by_key)
    return made


@transaction.atomic
def carry_out(planned: Plan, *, by: Person) -> None:
    """Parents last, because a list may name one before it comes."""
    done = []
    for row in planned.rows:
        if row.is_gone:
            continue
        if row.known is None:
            found = actions.add(row.name, kind=row.kind, names=row.names, by=by)
            row.known = actions.tell_past(found, row.past, by=by)
        done.append((row, Organisation.objects.get(pk=row.known.pk)))
    by_key, _by_id = _known()
    for row, known in done:
        parent = known.parent or (by_key.get(rules.key_of(row.part_of)) if row.part_of else None)
        actions.edit(
            known,
            names=Words({**row.names, **known.names}),
            region=known.region or row.region,
            level=known.level or row.level,
            municipality=known.municipality or row.municipality,
            business_id=known.business_id or row.business_id,
            parent=parent,
            by=by,
        )
        actions.spell(known, row.new_names)
        if row.ended_on and not known.ended_on:
            actions.end(known, ended_on=row.ended_on, by=by)


def _columns(head: Sequence[str]) -> dict[str, int]:
    said = [" ".join(cell.casefold().replace("-", " ").replace("_", " ").split()) for cell in head]
    found = {name: said.index(word) for name, words in HEADS.items() for word in words if word in said}
    if "name" not in found:
        raise Refused(
            "no_head",
            _("The first row must name the columns, and one of them must be “name”."),
            "upload",
        )
    return found


def _known() -> tuple[dict[str, Organisation], dict[str, Organisation]]:
    """By name and by business id, in two queries however long the list is."""
    listed = {one.pk: one for one in Organisation.objects.select_related("same_as__successor", "successor")}
    by_key = {key: of_today(listed[pk]) for pk, key in Spelling.objects.values_list("organisation", "key")}
    by_key |= {one.name_key: of_today(one) for one in listed.values()}
    return by_key, {one.business_id: one for one in listed.values() if one.business_id}


def _rows(table: Sequence[Sequence[str]], columns: Mapping[str, int]) -> Iterator[Row]:
    for line, cells in enumerate(table[1:], start=2):
        told: dict[str, Any] = {name: cells[at].strip() if at < len(cells) else "" for name, at in columns.items()}
        if any(told.values()):
            names = Words({lang: told.pop(lang, "") for lang, _name in settings.LANGUAGES})
            yield Row(line=line, names=names, **told)


def _faults(row: Row, names: set[str]) -> Iterator[str]:
    """What keeps a row from being brought in; on the way its words become what is kept."""
    try:
        for text in (row.name, *row.names.values()):
            if rules.check_name(text).startswith(FORMULA):
                yield _("“%(name)s” begins like a formula of a spreadsheet.") % {"name": text[:40]}
        row.business_id = rules.check_business_id(row.business_id)
        if row.known and row.business_id and row.known.business_id not in ("", row.business_id):
            yield _("%(name)s is known here with another business id.") % {"name": row.known}
    except Refused as refused:
        yield str(refused)
    if row.known is None and not row.kind and not row.ended_on:
        yield _("A new organisation needs its kind.")
    for name, (choices, words) in CHOSEN.items():
        said = getattr(row, name)
        kept = _said(choices).get(said.casefold(), "")
        if said and not kept:
            yield str(words) % {"said": said[:40]}
        setattr(row, name, kept)
    if len(row.municipality) > LONGEST_MUNICIPALITY:
        yield _("The municipality is too long.")
    if row.part_of and rules.key_of(row.part_of) not in names:
        yield _("“%(name)s”, whose part it is, is neither known nor in the list.") % {"name": row.part_of[:40]}


def _tidy_id(given: str) -> str:
    try:
        return rules.check_business_id(given)
    except Refused:
        return ""


def _liken(new: Iterable[Row], known: Mapping[str, Organisation]) -> None:
    begun: dict[str, list[str]] = {}
    for key in known:
        begun.setdefault(likeness.core(key)[: likeness.LEAST_LETTERS], []).append(key)
    for row in new:
        key = rules.key_of(row.name)
        near = begun.get(likeness.core(key)[: likeness.LEAST_LETTERS], [])
        row.like = sorted({str(known[other]) for other in near if likeness.are_alike(key, other)})


@cache
def _said(choices: type[Kind | Region | Level]) -> dict[str, str]:
    """Every word for it in every language → what is kept."""
    found = {one.value: one.value for one in choices}
    for lang, _name in settings.LANGUAGES:
        with translation.override(lang):
            found |= {str(one.label).casefold(): one.value for one in choices}
    return found
