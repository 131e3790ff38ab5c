"""What held the best set back, and for each candidate what decided and the smallest change that turns it.

Nothing here is reckoned from prices: whatever is said to turn a choice was solved again with just that changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from rihma.selection.cohort.finding import Best, conflict, earliest, find, find_value
from rihma.selection.cohort.problem import BEST_SCORE, Candidate, Limit, Measure, Problem, Wish, must_be_in
from rihma.selection.cohort.program import OutOfTime, Program, Rows, Solver, program_of, row_of

# A limit is loosened step by step up to here; what needs more is said to be out of its reach.
MOST_STEPS = 12

type Decided = Literal["chosen", "forced_in", "forced_out", "ineligible", "limits", "wishes", "score"]


@dataclass(frozen=True)
class Binding:
    """A limit that is used up. `gain`: how much better the best set would be without it; None if not reckoned."""

    limit: Limit
    gain: int | None


@dataclass(frozen=True)
class Price:
    """What a wish does: by how much it is still missed, and how many hundredths of score it costs the best set."""

    wish: Wish
    lacking: int
    score: int | None


@dataclass(frozen=True)
class Change:
    """One thing that, changed by `by` alone, turns the choice. `limit`: which is loosened, of kind "limit"."""

    kind: Literal["eligible", "seats", "limit", "score"]
    by: int
    limit: Limit | None = None


@dataclass(frozen=True)
class Why:
    """For one candidate: where it stands by score, what decided, what stands in its way, and what would turn it."""

    id: str
    chosen: bool
    rank: int
    decided: Decided
    limits: tuple[Limit, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass
class Reasons:
    """Asked of one problem and its best set; remembers what was solved, because many candidates ask the same."""

    problem: Problem
    best: Best
    solver: Solver
    loosened: dict[tuple[Limit, int], frozenset[str]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.program = program_of(self.problem)
        self.places = {one.id: place for place, one in enumerate(self.problem.candidates)}

    def binding(self) -> list[Binding]:
        """Limits that are used up, without those whose loss would change nothing."""
        found = []
        for limit in self.problem.limits:
            measure = limit.measure
            if self.problem.amount(self.best.chosen, measure) == measure.bound and measure.kind != "ineligible":
                found.append(Binding(limit, self._gain(limit)))
        return [one for one in found if one.gain != 0]

    def _gain(self, limit: Limit) -> int | None:
        try:
            value = find_value(program_of(self.problem.without(limit)), self.solver)
        except OutOfTime:
            return None
        return None if value is None else value - self.best.value

    def prices(self) -> list[Price]:
        return [self._price(wish) for wish in self.problem.wishes]

    def _price(self, wish: Wish) -> Price:
        lacking = wish.measure.lacks(self.problem.amount(self.best.chosen, wish.measure))
        try:
            free = find(self.problem.without(wish), self.solver)
        except OutOfTime:
            free = None
        mine = self.problem.score(self.best.chosen)
        return Price(wish, lacking, self.problem.score(free.chosen) - mine if free else None)

    def whys(self) -> Iterator[Why]:
        """In order of arrival; ends early when the time is over."""
        try:
            for candidate in self.problem.candidates:
                yield self.why(candidate)
        except OutOfTime:
            return

    def why(self, candidate: Candidate) -> Why:
        chosen, rank = candidate.id in self.best.chosen, self.rank(candidate)
        forced = [limit for limit in self.problem.limits if limit.measure[:2] == ("application", candidate.id)]
        if forced:
            return Why(candidate.id, chosen, rank, "forced_in" if chosen else "forced_out", tuple(forced))
        if chosen:
            return Why(candidate.id, chosen, rank, "chosen", changes=tuple(self._fewer_points(candidate)))
        if candidate not in self.problem.in_question:
            return Why(candidate.id, chosen, rank, "ineligible", changes=tuple(self._eligible(candidate)))
        with_it = self.program.holding(self.places[candidate.id], 1)
        value = find_value(with_it, self.solver)
        limits, decided = self._in_the_way(candidate, value)
        changes = (
            *self._fewer_seats(candidate, with_it),
            *self._loosened(candidate, limits),
            *self._more_points(candidate, value),
        )
        return Why(candidate.id, chosen, rank, decided, limits, changes)

    def rank(self, candidate: Candidate) -> int:
        """Among those who may be chosen, the same for the same score."""
        return 1 + sum(one.score > candidate.score for one in self.problem.in_question)

    def _in_the_way(self, candidate: Candidate, value: int | None) -> tuple[tuple[Limit, ...], Decided]:
        """The limits that it would break as one more; or those that keep it out of every set whatever."""
        own = must_be_in(candidate.id)
        if value is None:
            clash = conflict(self.problem.having(own), self.solver)
            return tuple(limit for limit in clash.limits if limit != own), "limits"
        broken = self.problem.broken(self.best.chosen | {candidate.id})
        if broken:
            return tuple(broken), "limits"
        return (), "wishes" if self.problem.wishes else "score"

    def _eligible(self, candidate: Candidate) -> Iterator[Change]:
        best = find(self.problem.changed(replace(candidate, eligible=True)), self.solver)
        if best and best.proven and candidate.id in best.chosen:
            yield Change("eligible", 1)

    def _fewer_points(self, candidate: Candidate) -> Iterator[Change]:
        """How many points fewer would have lost the place; nothing where no allowed set is without it."""
        place = self.places[candidate.id]
        value = find_value(self.program.holding(place, 0), self.solver)
        if value is None:
            return
        spare = self.best.value - value
        changed = self.program.paying(place, candidate.score - spare)
        fewer = spare if spare and not self._is_first(changed, value, place) else spare + 1
        if fewer <= candidate.score:
            yield Change("score", -fewer)

    def _more_points(self, candidate: Candidate, value: int | None) -> Iterator[Change]:
        """How many points more would have won a place: as many as sets with it lack, or one more where others win ties."""
        if value is None:
            return
        missing, place = self.best.value - value, self.places[candidate.id]
        changed = self.program.paying(place, candidate.score + missing)
        more = missing if missing and self._is_first(changed, self.best.value, place) else missing + 1
        if candidate.score + more <= BEST_SCORE:
            yield Change("score", more)

    def _is_first(self, changed: Program, value: int, place: int) -> bool:
        """Whether it is in the first of the best sets, where sets with it and without it are equally good."""
        return bool(earliest(changed, value, len(self.places), self.solver)[place])

    def _fewer_seats(self, candidate: Candidate, with_it: Program) -> Iterator[Change]:
        """Sets without it stay as good when it asks for fewer, so some set with it has to become as good as the best."""
        if any(limit.measure.kind == "seats" for limit in self.problem.limits):
            least = self._seats_to_give(candidate, with_it)
            for fewer in range(least, candidate.seats + 1) if least else ():
                best = find(self.problem.changed(replace(candidate, seats=candidate.seats - fewer)), self.solver)
                if best and best.proven and candidate.id in best.chosen:
                    yield Change("seats", -fewer)
                    return

    def _seats_to_give(self, candidate: Candidate, with_it: Program) -> int | None:
        program, given = with_it.reaching(self.best.value), len(with_it.costs)
        seats = row_of(self.problem, Measure("seats", "", "most", 0))
        rows = tuple(
            row._replace(columns=(*row.columns, given), weights=(*row.weights, -1)) if row[:2] == seats[:2] else row
            for row in program.rows.each
        )
        lows, highs = (*program.lows, 0), (*program.highs, candidate.seats)
        solved = self.solver.best(Program((*(0 for _ in program.costs), -1), lows, highs, Rows(rows)))
        return solved.values[given] if solved and solved.proven else None

    def _loosened(self, candidate: Candidate, limits: tuple[Limit, ...]) -> Iterator[Change]:
        """The one limit that needs the least: each that stands in the way is loosened alone, step by step."""
        found: Change | None = None
        for limit in limits:
            if limit.measure.kind in {"application", "ineligible"}:
                continue
            # What few share is asked for few: all the others use the answers of teams and seats again.
            steps = MOST_STEPS if limit.measure.kind in {"teams", "seats"} else 1
            for by in range(1, (min(steps, found.by - 1) if found else steps) + 1):
                if candidate.id in self._chosen_with(limit, by):
                    found = Change("limit", by, limit)
                    break
        if found:
            yield found

    def _chosen_with(self, limit: Limit, by: int) -> frozenset[str]:
        if (limit, by) not in self.loosened:
            best = find(self.problem.loosened(limit, by), self.solver)
            self.loosened[limit, by] = best.chosen if best and best.proven else frozenset()
        return self.loosened[limit, by]
