"""What each column of a table holds: said by its head in any of our languages, or chosen by the person."""

import re
from collections.abc import Iterator, Mapping, Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from rihma.canvases.kinds import Kind

NOTHING, TEXT, ZONE, WHAT, LANG = "", "text", "zone", "what", "lang"
GROUP, TAGS, PEOPLE, ACTOR_KIND = "group", "tags", "people", "actor_kind"
FIELD, IN_ZONE = "field:", "zone:"
AROUND = re.compile(r"\(.*?\)|[:*?.]")


def common() -> dict[str, str]:
    """The columns of every canvas, by what they are called in the reader's language."""
    return {
        TEXT: _("Text"),
        ZONE: _("Zone"),
        WHAT: _("What"),
        LANG: _("Language"),
        GROUP: _("Group"),
        TAGS: _("Tags"),
        PEOPLE: _("Said by"),
    }


def targets(kind: Kind) -> dict[str, str]:
    """Everything that a column can hold on a canvas of this kind."""
    fields = {
        FIELD + field.key: str(field.name) for item in kind.items for field in item.fields if field != item.identity
    }
    actors = {ACTOR_KIND: _("What is it?")} if any(item.identity for item in kind.items) else {}
    zones = {IN_ZONE + zone.key: _("Items of “%(zone)s”") % {"zone": zone.name} for zone in kind.zones}
    return {NOTHING: _("Leave out"), **common(), **actors, **fields, **zones}


def recognised(kind: Kind, row: Sequence[str]) -> list[str] | None:
    """What the columns under this row hold, or None when it is no row of heads."""
    known = _known(kind)
    meanings = [known.get(folded(cell), []) for cell in row]
    found = [NOTHING] * len(row)
    # What can mean one thing only goes first, since “actor” may be the text, or whom the text is about.
    for n in sorted(range(len(row)), key=lambda n: len(meanings[n])):
        found[n] = next((target for target in meanings[n] if target not in found), NOTHING)
    holds_words = any(target == TEXT or target.startswith(IN_ZONE) for target in found)
    return found if holds_words or sum(map(bool, found)) > 1 else None


def guessed(width: int) -> list[str]:
    """Without heads the first column is the text."""
    return [TEXT, *[NOTHING] * (width - 1)]


def folded(text: str) -> str:
    return " ".join(AROUND.sub(" ", text).casefold().split())


def _known(kind: Kind) -> Mapping[str, list[str]]:
    """What each name can mean, in all languages; what every canvas has goes before what this kind has."""
    names: dict[str, list[str]] = {}
    for name, target in _names(kind):
        meanings = names.setdefault(folded(name), [])
        if target not in meanings:
            meanings.append(target)
    return names


def _names(kind: Kind) -> Iterator[tuple[str, str]]:
    for code, _name in settings.LANGUAGES:
        with override(code):
            yield from ((name, target) for target, name in common().items())
            yield _("What is it?"), ACTOR_KIND
    for item in kind.items:
        for field in item.fields:
            target = TEXT if field == item.identity else FIELD + field.key
            yield from ((name, target) for name in (*field.name.values(), field.key))
        yield from ((name, TEXT) for name in item.name.values())
    for zone in kind.zones:
        yield from ((name, IN_ZONE + zone.key) for name in (*zone.name.values(), zone.key))
