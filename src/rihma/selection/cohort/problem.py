"""What is asked, as plain values: who may be chosen, what must hold, what is wished for."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any, Literal, NamedTuple, Self

# Scores are counted in hundredths of a point, as whole numbers, so that equally good means equal.
HUNDREDTHS = 100
BEST_SCORE = 100 * HUNDREDTHS

type Sense = Literal["least", "most"]
type Group = tuple[str, str]


@dataclass(frozen=True)
class Candidate:
    """One application. `groups`: what it belongs to, as ("sector", "state") or ("person", their id)."""

    id: str
    # what orders it among equals: sorts as it arrived
    arrived: str
    score: int = 0
    seats: int = 0
    eligible: bool = True
    groups: frozenset[Group] = frozenset()

    def amount(self, kind: str, what: str) -> int:
        """How much of what a limit counts this one brings."""
        if kind == "seats":
            return self.seats
        if kind == "ineligible":
            return int(not self.eligible)
        return int(kind == "teams" or (kind == "application" and what == self.id) or (kind, what) in self.groups)


class Measure(NamedTuple):
    """At least or at most so much of something among the chosen."""

    kind: str
    what: str
    sense: Sense
    bound: int

    def lacks(self, amount: int) -> int:
        """By how much it is missed."""
        return max(0, self.bound - amount if self.sense == "least" else amount - self.bound)


@dataclass(frozen=True, order=True)
class Limit:
    """Must hold. `reason`: why a person said so, where one did."""

    measure: Measure
    reason: str = ""


@dataclass(frozen=True, order=True)
class Wish:
    """Should hold: each one missing costs `weight` hundredths of a point."""

    measure: Measure
    weight: int


@dataclass(frozen=True)
class Problem:
    """Sorted as soon as it is made, so that the order in which things were given changes nothing."""

    candidates: tuple[Candidate, ...]
    limits: tuple[Limit, ...] = ()
    wishes: tuple[Wish, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "candidates", tuple(sorted(self.candidates, key=lambda one: (one.arrived, one.id))))
        object.__setattr__(self, "limits", tuple(sorted(set(self.limits))))
        object.__setattr__(self, "wishes", tuple(sorted(self.wishes)))

    @cached_property
    def brought(self) -> dict[Group, dict[int, int]]:
        """For each thing that is counted, which candidates (by place) bring how much of it."""
        found: dict[Group, dict[int, int]] = {}
        for place, one in enumerate(self.candidates):
            for group in (*one.groups, ("teams", ""), ("seats", ""), ("ineligible", ""), ("application", one.id)):
                if amount := one.amount(*group):
                    found.setdefault(group, {})[place] = amount
        return found

    @cached_property
    def in_question(self) -> tuple[Candidate, ...]:
        """Those that the rules of the programme do not shut out."""
        is_asked = any(limit.measure.kind == "ineligible" for limit in self.limits)
        return tuple(one for one in self.candidates if one.eligible or not is_asked)

    @cached_property
    def breakable(self) -> tuple[Limit, ...]:
        """Limits that some set breaks: a limit of one team for somebody who is in one team only holds whatever is chosen."""
        return tuple(limit for limit in self.limits if self._is_breakable(limit.measure))

    def _is_breakable(self, measure: Measure) -> bool:
        if measure.sense == "least":
            return measure.bound > 0
        return sum(self.brought.get((measure.kind, measure.what), {}).values()) > measure.bound

    @cached_property
    def by_id(self) -> dict[str, Candidate]:
        return {one.id: one for one in self.candidates}

    @cached_property
    def places(self) -> dict[str, int]:
        return {one.id: place for place, one in enumerate(self.candidates)}

    def having(self, *limits: Limit) -> Self:
        return replace(self, limits=(*self.limits, *limits))

    def without(self, gone: Limit | Wish) -> Self:
        return replace(
            self,
            limits=tuple(one for one in self.limits if one != gone),
            wishes=tuple(one for one in self.wishes if one != gone),
        )

    def changed(self, candidate: Candidate) -> Self:
        """With this one as it would be then."""
        return replace(self, candidates=tuple(candidate if one.id == candidate.id else one for one in self.candidates))

    def loosened(self, limit: Limit, by: int) -> Self:
        step = by if limit.measure.sense == "most" else -by
        return self.without(limit).having(
            replace(limit, measure=limit.measure._replace(bound=limit.measure.bound + step))
        )

    def amount(self, chosen: Iterable[str], measure: Measure) -> int:
        brought = self.brought.get((measure.kind, measure.what), {})
        return sum(brought.get(self.places[one], 0) for one in chosen) if brought else 0

    def score(self, chosen: Iterable[str]) -> int:
        return sum(self.by_id[one].score for one in chosen)

    def value(self, chosen: frozenset[str]) -> int:
        """What is made as great as possible: the scores, less what unmet wishes cost."""
        lost = sum(wish.weight * wish.measure.lacks(self.amount(chosen, wish.measure)) for wish in self.wishes)
        return self.score(chosen) - lost

    def broken(self, chosen: frozenset[str]) -> list[Limit]:
        return [one for one in self.limits if one.measure.lacks(self.amount(chosen, one.measure))]

    def order(self, chosen: frozenset[str]) -> tuple[bool, ...]:
        """Of equally good sets the one with the smallest order is taken: the earliest application in only one decides."""
        return tuple(one.id not in chosen for one in self.candidates)


def must_be_in(candidate: str, reason: str = "") -> Limit:
    return Limit(Measure("application", candidate, "least", 1), reason)


def must_be_out(candidate: str, reason: str = "") -> Limit:
    return Limit(Measure("application", candidate, "most", 0), reason)


def as_json(problem: Problem) -> dict[str, Any]:
    told = asdict(problem)
    for one in told["candidates"]:
        one["groups"] = sorted(one["groups"])
    return told


def from_json(told: Mapping[str, Any]) -> Problem:
    return Problem(
        candidates=tuple(
            Candidate(**{**one, "groups": frozenset((kind, what) for kind, what in one["groups"])})
            for one in told["candidates"]
        ),
        limits=tuple(Limit(Measure(*one["measure"]), one["reason"]) for one in told["limits"]),
        wishes=tuple(Wish(Measure(*one["measure"]), one["weight"]) for one in told["wishes"]),
    )
