"""What a cell means to a field: words in any of our languages, numbers with a comma, days as people write them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from rihma.actors.models import Organisation
from rihma.actors.rules import name_key
from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.base.workbook import FORMULA
from rihma.canvases import rules
from rihma.canvases.bringing_in.heads import folded
from rihma.canvases.field_widgets import Here, form_field
from rihma.canvases.kinds import FULL, ActorField, Choice, Field, Kind, Scale, YesNo


def words_of(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from running it (`taking_out.table`)."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def value_of(field: Field, cell: str, here: Here) -> Any:
    """None for an empty cell; refused where nobody could say what is meant."""
    text = words_of(cell)
    if not text:
        return None
    try:
        return _value(field, text, here)
    except (ValidationError, LookupError, ValueError) as error:
        raise Refused("invalid", f"{field.name}: {rules.WRONG[type(field)]}", field.key) from error


def _value(field: Field, text: str, here: Here) -> Any:
    match field:
        case Scale():
            known: dict[str, Any] = _by_name((step.name, step.at) for step in field.steps)
            return known[folded(text)] if folded(text) in known else _whole(text)
        case Choice():
            named = [(option.name, option.key) for option in field.options]
            return (_by_name(named) | {folded(key): key for _name, key in named})[folded(text)]
        case YesNo():
            return _by_name([(field.yes, True), (field.no, False), (YES, True), (NO, False)])[folded(text)]
        case ActorField():
            there = {name_key(actor.name): str(actor.pk) for actor in here.standing_in(field.among)}
            return there[name_key(text)]
    return form_field(field, None, here).clean(text)


YES = Words(fi="kyllä", sv="ja", en="yes")
NO = Words(fi="ei", sv="nej", en="no")


def _by_name(named: Iterable[tuple[Words, Any]]) -> dict[str, Any]:
    return {folded(name): value for words, value in named for name in words.values()}


def _whole(text: str) -> int:
    number = int(text)
    if not 0 <= number <= FULL:
        raise ValueError(text)
    return number


def key_of(named: Mapping[str, Words], text: str) -> str | None:
    """The zone, or the kind of item, that goes by this name in any language."""
    known = {folded(key): key for key in named} | _by_name((words, key) for key, words in named.items())
    return known.get(folded(text))


def zone_of(kind: Kind, text: str) -> str | None:
    return key_of({zone.key: zone.name for zone in kind.zones}, text)


def item_kind_of(kind: Kind, text: str) -> str | None:
    return key_of({item.key: item.name for item in kind.items}, text)


def actor_kind_of(text: str) -> str:
    """What an actor is, by its word; nothing where the word is unknown."""
    known = {folded(str(label)): value for value, label in Organisation.Kind.choices}
    return known.get(folded(text), text if text in Organisation.Kind.values else "")
