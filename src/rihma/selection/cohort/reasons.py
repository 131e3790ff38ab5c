"""What held the best set back, and for each candidate what decided and the smallest change that turns it.

Nothing here is reckoned from prices: whatever is said to turn a choice was solved again with just that changed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

import numpy as np

from rihma.selection.cohort.exchanging import Exchange
from rihma.selection.cohort.finding import Best, conflict, find, find_in, find_value, is_before
from rihma.selection.cohort.problem import BEST_SCORE, Candidate, Limit, Problem, Wish, must_be_in
from rihma.selection.cohort.program import INFINITY, Program, program_of
from rihma.selection.cohort.solver import OutOfTime, Solver

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
    """Asked of one problem and its best set; remembers what was solved, because many candidates ask the same.

    What is changed about one candidate changes nothing for the sets without it. So only those with it are looked at
    again, and held against the best set; that is another only where one of them is better, or as good and before it.
    """

    problem: Problem
    best: Best
    solver: Solver
    loosened: dict[tuple[Limit, int], frozenset[str]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.program = self.solver.priced(program_of(self.problem))
        self.known = np.array([float(one.id in self.best.chosen) for one in self.problem.candidates])
        self.exchange = Exchange(self.problem, self.program, self.known)
        self.rows = {limit: row for row, limit in enumerate(self.problem.breakable)}
        self.amounts = {limit: self.problem.amount(self.best.chosen, limit.measure) for limit in self.problem.breakable}

    def binding(self) -> list[Binding]:
        """Limits that are used up, without those whose loss would change nothing."""
        found = [
            Binding(limit, self._gain(limit))
            for limit, amount in self.amounts.items()
            if amount == limit.measure.bound and limit.measure.kind != "ineligible"
        ]
        return [one for one in found if one.gain != 0]

    def _gain(self, limit: Limit) -> int | None:
        try:
            value = find_value(self.program.bounding(self.rows[limit], -INFINITY, INFINITY), self.solver)
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

    def whys(self, asked: Iterable[Candidate]) -> Iterator[Why]:
        """Ends early when the time is over."""
        try:
            for candidate in asked:
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
        if candidate not in self.in_question:
            return Why(candidate.id, chosen, rank, "ineligible", changes=tuple(self._eligible(candidate)))
        with_it = self.program.holding(self.problem.places[candidate.id], 1)
        value = self._value_with(with_it, self.problem.places[candidate.id])
        limits, decided = self._in_the_way(candidate, value)
        changes = (
            *self._fewer_seats(candidate, with_it, value),
            *self._loosened(candidate, limits),
            *self._more_points(candidate, with_it, value),
        )
        return Why(candidate.id, chosen, rank, decided, limits, changes)

    def _value_with(self, with_it: Program, place: int) -> int | None:
        """How good the best set with it is; known at once where it in the place of another is as good as any can be."""
        swapped = self.exchange.best(place)
        if swapped is not None and with_it.proves(swapped):
            return swapped
        return find_value(with_it, self.solver)

    @cached_property
    def in_question(self) -> frozenset[Candidate]:
        return frozenset(self.problem.in_question)

    def rank(self, candidate: Candidate) -> int:
        """Among those who may be chosen, the same for the same score."""
        return 1 + sum(one.score > candidate.score for one in self.problem.in_question)

    def _in_the_way(self, candidate: Candidate, value: int | None) -> tuple[tuple[Limit, ...], Decided]:
        """The limits that it would break as one more; or those that keep it out of every set whatever."""
        own = must_be_in(candidate.id)
        if value is None:
            clash = conflict(self.problem.having(own), self.solver)
            return tuple(limit for limit in clash.limits if limit != own), "limits"
        broken = tuple(
            limit
            for limit, amount in self.amounts.items()
            if limit.measure.lacks(amount + candidate.amount(limit.measure.kind, limit.measure.what))
        )
        if broken:
            return broken, "limits"
        return (), "wishes" if self.problem.wishes else "score"

    def _eligible(self, candidate: Candidate) -> Iterator[Change]:
        place = self.problem.places[candidate.id]
        rows = [row for limit, row in self.rows.items() if limit.measure.kind == "ineligible"]
        if self._wins(self.program.holding(place, 1).lighter(place, rows, 1)):
            yield Change("eligible", 1)

    def _wins(self, program: Program, least: int | None = None) -> bool:
        """Whether one of these sets, in all of which something is changed, is taken rather than the best one.

        `least`: what one of them is worth at least.
        """
        value = least if least is not None and program.proves(least) else find_value(program, self.solver)
        return value is not None and (value > self.best.value or self._is_before(program, value))

    def _is_before(self, program: Program, value: int) -> bool:
        return value == self.best.value and is_before(program, value, self.known, self.solver)

    def _fewer_points(self, candidate: Candidate) -> Iterator[Change]:
        """How many points fewer would have lost the place; nothing where no allowed set is without it."""
        without_it = self.program.holding(self.problem.places[candidate.id], 0)
        value = find_value(without_it, self.solver)
        if value is None:
            return
        spare = self.best.value - value
        fewer = spare if spare and is_before(without_it, value, self.known, self.solver) else spare + 1
        if fewer <= candidate.score:
            yield Change("score", -fewer)

    def _more_points(self, candidate: Candidate, with_it: Program, value: int | None) -> Iterator[Change]:
        """How many points more would have won a place: as many as sets with it lack, or one more where others win ties."""
        if value is None:
            return
        missing = self.best.value - value
        more = missing if missing and is_before(with_it, value, self.known, self.solver) else missing + 1
        if candidate.score + more <= BEST_SCORE:
            yield Change("score", more)

    def _fewer_seats(self, candidate: Candidate, with_it: Program, value: int | None) -> Iterator[Change]:
        """Sets without it stay as good when it asks for fewer, so some set with it has to become as good as the best."""
        if not self.seat_rows or not candidate.seats:
            return
        least, place = (
            1 if value == self.best.value else self._seats_to_give(candidate),
            self.problem.places[candidate.id],
        )
        known = value
        if any(self.seat_rows.values()):
            # Nothing is known of the others then, because fewer seats may break what asks for many.
            known = None
        elif not least or not self._wins(with_it.lighter(place, self.seat_rows, candidate.seats), known):
            return
        for fewer in range(least or 1, candidate.seats + 1):
            if self._wins(with_it.lighter(place, self.seat_rows, fewer), known):
                yield Change("seats", -fewer)
                return

    def _seats_to_give(self, candidate: Candidate) -> int | None:
        given = len(self.giving.costs) - 1
        program = self.giving.holding(self.problem.places[candidate.id], 1)
        program = replace(program, highs=np.append(program.highs[:-1], candidate.seats))
        asked = program.narrowed(self.best.value).reaching(self.best.value)
        solved = self.solver.whole(replace(asked, costs=np.append(np.zeros(given), -1.0)))
        return int(solved.values[given]) if solved and solved.proven else None

    @cached_property
    def giving(self) -> Program:
        """With a last column for the seats that somebody gives."""
        program, seats = self.program, np.array(list(self.seat_rows))
        given = len(program.costs)
        rows = replace(
            program.rows,
            at=np.concatenate([program.rows.at, seats]),
            columns=np.concatenate([program.rows.columns, np.full(len(seats), given)]),
            weights=np.concatenate([program.rows.weights, np.full(len(seats), -1.0)]),
        )
        return replace(
            program,
            costs=np.append(program.costs, 0.0),
            lows=np.append(program.lows, 0.0),
            highs=np.append(program.highs, 0.0),
            rows=rows,
        )

    @cached_property
    def seat_rows(self) -> dict[int, bool]:
        """The rows that count seats, and whether they ask for many."""
        measures = [limit.measure for limit in self.problem.breakable]
        measures += [wish.measure for wish in self.problem.wishes]
        return {row: one.sense == "least" for row, one in enumerate(measures) if one.kind == "seats"}

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
            bound = limit.measure.bound
            low, high = (bound - by, INFINITY) if limit.measure.sense == "least" else (-INFINITY, bound + by)
            program = self.solver.priced(self.program.bounding(self.rows[limit], low, high))
            best = find_in(self.problem, program, self.solver, hint=self.known)
            self.loosened[limit, by] = best.chosen if best and best.proven else frozenset()
        return self.loosened[limit, by]
