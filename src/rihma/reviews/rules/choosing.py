"""Which juror reads which application: what makes somebody the right one, and how it is said.

Every application gets its readers first; then nobody reads a language they do not know; then work is even; then those
read who know the challenge and the theme. `solving.py` finds the cheapest whole of it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

# What a pair costs. A place that stays empty must cost more than anything else could save.
EMPTY = 1_000_000
STRANGE_LANGUAGE = 10_000
STRANGE_THEME = 15
# Three steps, so that whoever knows a challenge reads what answers it unless work would become uneven.
STRANGE_CHALLENGE = 35
# The n-th application of one juror costs n times this, so that work is even and a known theme is worth one step of it.
STEP = 10

type Pair = tuple[UUID, UUID]


@dataclass(frozen=True)
class Text:
    """One application as the assignment sees it."""

    application: UUID
    language: str
    theme: UUID | None = None
    challenges: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Reader:
    person: UUID
    languages: frozenset[str]
    themes: frozenset[UUID] = frozenset()
    challenges: frozenset[UUID] = frozenset()
    most: int | None = None


@dataclass(frozen=True)
class Table:
    """All that an assignment is made from."""

    texts: Sequence[Text]
    readers: Sequence[Reader]
    wanted: int
    # pairs that stand already and stay; and pairs that must not be
    fixed: frozenset[Pair] = frozenset()
    barred: frozenset[Pair] = field(default_factory=frozenset)
    only_known: bool = False

    def may(self, text: Text, reader: Reader) -> bool:
        pair = (text.application, reader.person)
        strange = self.only_known and is_strange(text, reader)
        return pair not in self.barred and pair not in self.fixed and not strange

    def needs(self) -> dict[UUID, int]:
        """Application → how many readers it waits for."""
        have = Counter(application for application, _person in self.fixed)
        return {text.application: max(0, self.wanted - have[text.application]) for text in self.texts}

    def had(self) -> Counter[UUID]:
        return Counter(person for _application, person in self.fixed)

    def room(self, reader: Reader) -> int:
        """How many more somebody may get."""
        most = len(self.texts) if reader.most is None else reader.most
        return max(0, most - self.had()[reader.person])


def cost(text: Text, reader: Reader) -> int:
    strange = 0 if text.language in reader.languages else STRANGE_LANGUAGE
    theme = STRANGE_THEME if reader.themes and text.theme not in reader.themes else 0
    return strange + theme + (STRANGE_CHALLENGE if is_strange(text, reader) else 0)


def is_strange(text: Text, reader: Reader) -> bool:
    """It answers none of the challenges that they know, where any are said."""
    return bool(reader.challenges) and not reader.challenges & text.challenges


@dataclass(frozen=True)
class Chosen:
    pairs: tuple[Pair, ...]
    # application → how many readers it still lacks
    short: Mapping[UUID, int]


def reasons(table: Table, chosen: Iterable[Pair]) -> dict[Pair, list[list[object]]]:
    """Why each, as codes with values: whoever reads it later reads it in their own language."""
    pairs = list(chosen)
    load = Counter(person for _application, person in [*table.fixed, *pairs])
    texts = {text.application: text for text in table.texts}
    readers = {reader.person: reader for reader in table.readers}
    found = {}
    for application, person in pairs:
        text = texts[application]
        others = [other for other in table.readers if other.person != person and table.may(text, other)]
        found[application, person] = why(text, readers[person], others, load)
        if text.language not in readers[person].languages:
            found[application, person].insert(1, ["needed"])
    return found


def why(text: Text, reader: Reader, others: Sequence[Reader], load: Mapping[UUID, int]) -> list[list[object]]:
    """`others`: who could read it too; `load`: how many each reads when this one is theirs."""
    knows = text.language in reader.languages
    codes: list[list[object]] = [["language" if knows else "strange_language", text.language]]
    if knows and not any(text.language in other.languages for other in others):
        codes.append(["only"])
    if text.theme and text.theme in reader.themes:
        codes.append(["theme"])
    if reader.challenges & text.challenges:
        codes.append(["challenge"])
    codes.append(["load", load.get(reader.person, 0)])
    return codes


READS = {"fi": _("reads Finnish"), "sv": _("reads Swedish"), "en": _("reads English")}
STRANGE = {
    "fi": _("does not read Finnish"),
    "sv": _("does not read Swedish"),
    "en": _("does not read English"),
}
PLAIN = {
    "needed": _("nobody who does was free"),
    "only": _("the only one free who does"),
    "theme": _("knows the theme"),
    "challenge": _("knows the challenge"),
}


def in_words(because: Iterable[Sequence[object]]) -> list[str]:
    return [words for code, *values in because if (words := _said(str(code), values))]


def _said(code: str, values: Sequence[object]) -> str:
    match code, values:
        case "language", [language]:
            return str(READS.get(str(language), ""))
        case "strange_language", [language]:
            return str(STRANGE.get(str(language), ""))
        case "load", [int(n)]:
            return ngettext("%(n)s application in all", "%(n)s applications in all", n) % {"n": n}
    return str(PLAIN.get(code, ""))


def price(text: Text, reader: Reader, load: Mapping[UUID, int]) -> int:
    """What giving it to them would cost, beside what they read already."""
    return cost(text, reader) + STEP * (load.get(reader.person, 0) + 1)
