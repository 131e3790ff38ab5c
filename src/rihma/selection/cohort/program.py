"""The same in the words of the solver: columns of whole numbers, rows between bounds.

Only the process that looks for the best set imports this, because the solver is heavy and is not needed to serve pages.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from rihma.selection.cohort.problem import Measure, Problem

INFINITY = float("inf")
# Whole numbers differ by one; what the solver's arithmetic leaves unsure is far below this.
HALF = 0.5
UNSURE = 0.001

type Numbers = NDArray[np.float64]
type Places = NDArray[np.int64]
type Marks = NDArray[np.bool_]


class Row(NamedTuple):
    columns: tuple[int, ...]
    weights: tuple[int, ...]
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Rows:
    """Entry after entry: in which row and column it stands and what it weighs; and between what the rows have to be.

    Programs that differ only in what is paid, settled or bounded share the entries.
    """

    at: Places
    columns: Places
    weights: Numbers
    lows: Numbers
    highs: Numbers

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Self:
        each = list(rows)
        return cls(
            np.repeat(np.arange(len(each)), [len(row.columns) for row in each]),
            np.array([column for row in each for column in row.columns], dtype=np.int64),
            np.array([weight for row in each for weight in row.weights], dtype=np.float64),
            np.array([row.low for row in each], dtype=np.float64),
            np.array([row.high for row in each], dtype=np.float64),
        )

    def having(self, row: Row) -> Self:
        return replace(
            self,
            at=np.concatenate([self.at, np.full(len(row.columns), len(self.lows), dtype=np.int64)]),
            columns=np.concatenate([self.columns, np.array(row.columns, dtype=np.int64)]),
            weights=np.concatenate([self.weights, np.array(row.weights, dtype=np.float64)]),
            lows=np.append(self.lows, row.low),
            highs=np.append(self.highs, row.high),
        )

    def sums(self, values: Numbers) -> Numbers:
        """What each row comes to."""
        return np.bincount(self.at, self.weights * values[self.columns], minlength=len(self.lows))


@dataclass(frozen=True, eq=False)
class Program:
    """The first columns are the candidates, yes or no, in order of arrival; others may come after them."""

    costs: Numbers
    lows: Numbers
    highs: Numbers
    rows: Rows
    # what room in each row is worth, as far as it is known; whatever these say, answers stay the same
    prices: Numbers = field(default_factory=lambda: np.zeros(0))

    def having(self, row: Row) -> Self:
        return replace(self, rows=self.rows.having(row))

    def holding(self, column: int, value: float) -> Self:
        """With this choice made."""
        return replace(self, lows=_with(self.lows, column, value), highs=_with(self.highs, column, value))

    def paying(self, column: int, cost: float) -> Self:
        return replace(self, costs=_with(self.costs, column, cost))

    def bounding(self, row: int, low: float, high: float) -> Self:
        """With another room for one row."""
        rows = replace(self.rows, lows=_with(self.rows.lows, row, low), highs=_with(self.rows.highs, row, high))
        return replace(self, rows=rows)

    def lighter(self, column: int, rows: Iterable[int], by: float) -> Self:
        """With this column bringing less to these rows."""
        touched = (self.rows.columns == column) & np.isin(self.rows.at, list(rows))
        return replace(self, rows=replace(self.rows, weights=self.rows.weights - by * touched))

    def reaching(self, least: int) -> Self:
        """Only what is worth at least this."""
        named = np.flatnonzero(self.costs)
        return self.having(Row(tuple(named), tuple(self.costs[named]), least - HALF, INFINITY))

    def value(self, values: Numbers) -> int:
        return round(float(self.costs @ values))

    def settled(self, places: Marks, values: Numbers) -> Self:
        return replace(self, lows=np.where(places, values, self.lows), highs=np.where(places, values, self.highs))

    def relaxed(self) -> tuple[float, Numbers]:
        """What nothing allowed can be worth more than, and what turning each column would lose of it at least.

        Both hold whatever the prices are; good ones only make them sharper.
        """
        paid = np.zeros(len(self.rows.lows))
        paid[: len(self.prices)] = self.prices
        room = np.where(paid > 0, self.rows.highs, np.where(paid < 0, self.rows.lows, 0))
        # Without a bound on that side nothing can be paid, because there is no room to pay for.
        paid, room = np.where(np.isfinite(room), paid, 0), np.where(np.isfinite(room), room, 0)
        spent = np.bincount(self.rows.columns, self.rows.weights * paid[self.rows.at], minlength=len(self.costs))
        gains = self.costs - spent
        return float(paid @ room + np.maximum(gains * self.lows, gains * self.highs).sum()), gains

    def proves(self, value: int) -> bool:
        """Whether the prices alone prove that nothing allowed is worth more, all worth being whole numbers."""
        return value > self.relaxed()[0] - 1 + UNSURE

    def narrowed(self, least: float) -> Self:
        """The same for whoever looks for a worth of at least this: without the choices that cannot reach it."""
        bound, gains = self.relaxed()
        return self.settled(np.abs(gains) > bound - least + HALF, np.where(gains > 0, self.highs, self.lows))


def _with(values: Numbers, place: int, value: float) -> Numbers:
    changed = values.copy()
    changed[place] = value
    return changed


def program_of(problem: Problem) -> Program:
    """Rows for what can be broken at all, then for the wishes, each with a column for how much it lacks."""
    people, wishes = len(problem.candidates), len(problem.wishes)
    rows = [bounded(row_of(problem, limit.measure), limit.measure) for limit in problem.breakable]
    for number, wish in enumerate(problem.wishes):
        row = row_of(problem, wish.measure)
        sign = 1 if wish.measure.sense == "least" else -1
        lacking = row._replace(columns=(*row.columns, people + number), weights=(*row.weights, sign))
        rows.append(bounded(lacking, wish.measure))
    most = [wish.measure.bound + sum(row_of(problem, wish.measure).weights) for wish in problem.wishes]
    is_shut_out = np.zeros(people + wishes, dtype=bool)
    for limit, row in zip(problem.breakable, rows, strict=False):
        if limit.measure.kind == "ineligible" and limit.measure.bound == 0:
            is_shut_out[list(row.columns)] = True
    return Program(
        costs=np.array([*(one.score for one in problem.candidates), *(-wish.weight for wish in problem.wishes)], float),
        lows=np.zeros(people + wishes),
        highs=np.where(is_shut_out, 0, np.array([*(1 for _ in problem.candidates), *most], float)),
        rows=Rows.of(rows),
    )


def row_of(problem: Problem, measure: Measure) -> Row:
    brought = problem.brought.get((measure.kind, measure.what), {})
    return Row(tuple(brought), tuple(brought.values()), -INFINITY, INFINITY)


def bounded(row: Row, measure: Measure) -> Row:
    return row._replace(low=measure.bound) if measure.sense == "least" else row._replace(high=measure.bound)
