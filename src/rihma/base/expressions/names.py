"""What an expression may speak of, as its user declares it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    type Text = str | _StrPromise


class Kind(Enum):
    NUMBER = "number"
    TEXT = "text"
    YES_NO = "yes_no"
    DATE = "date"
    # For what people filled in, because its kind is not known before it is read.
    ANY = "any"


KIND_WORDS = {
    Kind.NUMBER: _("a number"),
    Kind.TEXT: _("a text"),
    Kind.YES_NO: _("a yes or no"),
    Kind.DATE: _("a day"),
    Kind.ANY: _("an answer"),
}


AT_MOST = _("at most")
NOT_SURE = _("not sure yet")


@dataclass(frozen=True)
class Name:
    """One value or field: how people call it, and the texts it can be where they are few."""

    kind: Kind
    words: "Text"
    options: "Mapping[str, Text]" = field(default_factory=dict)


@dataclass(frozen=True)
class Rows:
    """Things that can be counted. `by` is the field that names one of them; without it they are told by number only."""

    words: "Text"
    fields: Mapping[str, Name]
    by: str = ""


@dataclass(frozen=True)
class Names:
    """`open_groups`: first words after which any second word is a name, because nobody knows them beforehand.

    `parts`: what may be asked of each of those names, after a second dot. `if_all` says when everything that is not sure comes, `only_unsure` that nothing else is there.
    """

    values: Mapping[str, Name]
    rows: Mapping[str, Rows]
    open_groups: frozenset[str] = frozenset()
    if_all: "Text" = AT_MOST
    only_unsure: "Text" = NOT_SURE
    parts: Mapping[str, Name] = field(default_factory=dict)

    def value(self, name: str) -> Name | None:
        known = self.values.get(name)
        group, *words = name.split(".")
        if known is not None or group not in self.open_groups:
            return known
        match words:
            case [_one]:
                return Name(Kind.ANY, name)
            case [_one, part] if part in self.parts:
                return replace(self.parts[part], words=name)
        return None
