"""A question as the rules see it, whoever asked it and when: a row of today, or a line of an older form."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from rihma.base.files.kinds import GROUPS
from rihma.base.words import Words
from rihma.calls.rules.two_stages import BOTH, is_asked_in

# What people answer: plain JSON, as each kind of question keeps it.
type Value = Any
type Answers = Mapping[str, Value]

WITH_OPTIONS = frozenset({"choice", "several", "ranking", "places"})
WITH_WORDS = frozenset({"short", "long"})
WITH_RANGE = frozenset({"number", "several", "members", "ranking", "challenge", "file"})
# Kinds whose answers can be told apart well enough for another question to depend on them.
DECIDING = frozenset({"choice", "several", "places", "consent"})
# Within one of these a question may change its kind while answers stay readable.
FAMILIES = (WITH_WORDS, frozenset({"choice", "several", "ranking"}))
READERS = ("jurors", "teams", "public")
# Of one question of files: as many at most, each as large at most.
MOST_FILES, MOST_MEGABYTES = 20, 10
MEGABYTE = 1024 * 1024
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Option:
    """One of the answers to choose from. Its key stands in answers for ever, also when its words change."""

    key: str
    label: Words
    places: int | None = None
    # Kept after it was taken out of an open call, so that an answer that chose it stays readable.
    retired: bool = False

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        return cls(given["key"], Words(given.get("label")), given.get("places"), bool(given.get("retired")))

    @property
    def facts(self) -> dict[str, object]:
        more = {"places": self.places, "retired": self.retired or None}
        said = {name: value for name, value in more.items() if value is not None}
        return {"key": self.key, "label": self.label.to_dict(), **said}


@dataclass(frozen=True)
class Condition:
    """Asked only of those who answered an earlier question in one of these ways."""

    question: str
    values: frozenset[str]

    @classmethod
    def of(cls, given: Mapping[str, Any] | None) -> Self | None:
        return cls(given["question"], frozenset(given["values"])) if given else None


@dataclass(frozen=True)
class Asked:
    key: str
    kind: str = "long"
    label: Words = field(default_factory=Words)
    help: Words = field(default_factory=Words)
    plain: Words = field(default_factory=Words)
    section: str = ""
    required: bool = True
    required_by: date | None = None
    frozen_after: date | None = None
    most_words: int = 300
    unit: Words = field(default_factory=Words)
    least: int | None = None
    most: int | None = None
    options: tuple[Option, ...] = ()
    condition: Condition | None = None
    readers: tuple[str, ...] = ("jurors",)
    secret_because: Words = field(default_factory=Words)
    kept_months: int | None = None
    file_kinds: tuple[str, ...] = tuple(GROUPS)
    most_megabytes: int = MOST_MEGABYTES
    ties_jurors: bool = False
    asked_in: str = BOTH
    is_retired: bool = False

    @classmethod
    def of(cls, facts: Mapping[str, Any], *, is_retired: bool = False) -> Self:
        """From plain values, as a line tells its facts and as an older form keeps them."""
        words: dict[str, Any] = {
            name: Words(facts.get(name)) for name in ("label", "help", "plain", "unit", "secret_because")
        }
        days: dict[str, Any] = {
            name: date.fromisoformat(facts[name]) for name in ("required_by", "frozen_after") if facts.get(name)
        }
        as_is = (
            *("key", "kind", "required", "most_words", "least", "most", "kept_months", "most_megabytes"),
            *("ties_jurors", "asked_in"),
        )
        return cls(
            **words,
            **days,
            **{name: facts[name] for name in as_is if name in facts},
            section=facts.get("section") or "",
            options=tuple(Option.of(one) for one in facts.get("options", ())),
            condition=Condition.of(facts.get("shown_if")),
            readers=tuple(facts.get("readers", ("jurors",))),
            file_kinds=tuple(facts.get("file_kinds", GROUPS)),
            is_retired=is_retired,
        )

    @property
    def most_files(self) -> int:
        return min(self.most or MOST_FILES, MOST_FILES)

    @property
    def most_bytes(self) -> int:
        """Of each file."""
        return min(self.most_megabytes, MOST_MEGABYTES) * MEGABYTE

    @property
    def offered(self) -> list[Option]:
        return [option for option in self.options if not option.retired]

    def option(self, key: object) -> Option | None:
        return next((one for one in self.options if one.key == key), None)

    def is_needed(self, today: date) -> bool:
        """Before its day has passed, an answer that may come later is not asked for."""
        return self.required and (self.required_by is None or today > self.required_by)

    def is_frozen(self, today: date) -> bool:
        return self.frozen_after is not None and today > self.frozen_after

    def may_come_later(self, today: date) -> bool:
        """Asked for after the application: until its last day, or until the day by which it is needed."""
        return self.required_by is not None and today <= (self.frozen_after or self.required_by)

    def is_asked_in(self, stage: str) -> bool:
        return is_asked_in(self.asked_in, stage)

    def is_read_by(self, role: str) -> bool:
        """Those who run the programme and the writers read everything; what is public is read by all."""
        return role in {"owners", "writers"} or role in self.readers or "public" in self.readers


def decides(kind: str, value: Value) -> Collection[str]:
    """The ways in which a question counts as answered, for those that depend on it."""
    if kind == "consent":
        return {YES if value is True else NO}
    if isinstance(value, list):
        return {one for one in value if isinstance(one, str)}
    return {value} if isinstance(value, str) else set()


def visible(questions: Iterable[Asked], answers: Answers) -> list[Asked]:
    """Those that are asked of who answered so far in this way. What depends on a hidden question is hidden too."""
    shown: dict[str, Asked] = {}
    for one in questions:
        condition = one.condition
        source = shown.get(condition.question) if condition else None
        if condition is None or (
            source and not condition.values.isdisjoint(decides(source.kind, answers.get(source.key)))
        ):
            shown[one.key] = one
    return list(shown.values())
