"""The same in the words of the solver: columns of whole numbers, rows between bounds.

Only the process that looks for the best set imports this, because the solver is heavy and is not needed to serve pages.
"""

from dataclasses import dataclass, field, replace
from functools import cached_property
from time import monotonic
from typing import NamedTuple, Self

import highspy
import numpy as np
from numpy.typing import NDArray

from rihma.base.solver import solver
from rihma.selection.cohort.problem import Measure, Problem

INFINITY = float("inf")
# Whole numbers differ by one; what the solver's arithmetic leaves unsure is far below this.
HALF = 0.5
Status = highspy.HighsModelStatus

type Numbers = NDArray[np.float64]


class OutOfTime(Exception):
    """Neither a set that keeps to the limits nor that there is none was found in the time given."""


class Row(NamedTuple):
    columns: tuple[int, ...]
    weights: tuple[int, ...]
    low: float
    high: float


@dataclass(frozen=True)
class Rows:
    """Laid out for the solver once, because many programs differ only in what is paid and what is settled."""

    each: tuple[Row, ...]

    @cached_property
    def laid_out(self) -> tuple[highspy.HighsSparseMatrix, Numbers, Numbers]:
        matrix = highspy.HighsSparseMatrix()
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.start_ = np.cumsum([0, *(len(row.columns) for row in self.each)], dtype=np.int32)
        matrix.index_ = np.array([column for row in self.each for column in row.columns], dtype=np.int32)
        matrix.value_ = np.array([weight for row in self.each for weight in row.weights], dtype=float)
        return matrix, np.array([row.low for row in self.each]), np.array([row.high for row in self.each])


class Solved(NamedTuple):
    values: list[int]
    proven: bool


@dataclass(frozen=True)
class Program:
    """The first columns are the candidates, yes or no, in order of arrival; others may come after them."""

    costs: tuple[int, ...]
    lows: tuple[int, ...]
    highs: tuple[int, ...]
    rows: Rows

    def having(self, *rows: Row) -> Self:
        return replace(self, rows=Rows((*self.rows.each, *rows)))

    def holding(self, column: int, value: int) -> Self:
        """With this choice made."""
        lows, highs = list(self.lows), list(self.highs)
        lows[column] = highs[column] = value
        return replace(self, lows=tuple(lows), highs=tuple(highs))

    def paying(self, column: int, cost: int) -> Self:
        return replace(self, costs=(*self.costs[:column], cost, *self.costs[column + 1 :]))

    def reaching(self, least: int) -> Self:
        """Only what is worth at least this."""
        named = [(column, cost) for column, cost in enumerate(self.costs) if cost]
        columns, costs = tuple(column for column, _ in named), tuple(cost for _, cost in named)
        return self.having(Row(columns, costs, least - HALF, INFINITY))

    def value(self, values: list[int]) -> int:
        return sum(cost * value for cost, value in zip(self.costs, values, strict=True))


def program_of(problem: Problem) -> Program:
    """Besides the candidates a column for each wish: how much it lacks."""
    people, wishes = len(problem.candidates), len(problem.wishes)
    rows = [bounded(row_of(problem, limit.measure), limit.measure) for limit in problem.limits]
    for number, wish in enumerate(problem.wishes):
        row = row_of(problem, wish.measure)
        sign = 1 if wish.measure.sense == "least" else -1
        lacking = row._replace(columns=(*row.columns, people + number), weights=(*row.weights, sign))
        rows.append(bounded(lacking, wish.measure))
    most = [wish.measure.bound + sum(row_of(problem, wish.measure).weights) for wish in problem.wishes]
    return Program(
        costs=(*(one.score for one in problem.candidates), *(-wish.weight for wish in problem.wishes)),
        lows=(0,) * (people + wishes),
        highs=((1,) * people + tuple(most)),
        rows=Rows(tuple(rows)),
    )


def row_of(problem: Problem, measure: Measure) -> Row:
    brought = problem.brought.get((measure.kind, measure.what), {})
    return Row(tuple(brought), tuple(brought.values()), -INFINITY, INFINITY)


def bounded(row: Row, measure: Measure) -> Row:
    return row._replace(low=measure.bound) if measure.sense == "least" else row._replace(high=measure.bound)


@dataclass
class Solver:
    """Solves one program after the other until its time is over."""

    until: float = INFINITY
    solved: int = field(default=0, init=False)

    def best(self, program: Program) -> Solved | None:
        """The values of all columns where the worth is greatest; None where no values keep to all rows."""
        highs = self._run(program, whole=True)
        status = highs.getModelStatus()
        if status == Status.kInfeasible:
            return None
        has_some = highs.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        if not has_some:
            raise OutOfTime
        values = [round(value) for value in highs.getSolution().col_value]
        return Solved(values, proven=status == Status.kOptimal)

    def narrowed(self, program: Program, least: int) -> Program:
        """The same for whoever looks for a worth of at least this: without the choices that cannot reach it.

        The relaxed program tells of each choice what turning it would cost at the very least.
        """
        highs = self._run(program, whole=False)
        if highs.getModelStatus() != Status.kOptimal:
            return program
        to_spare = highs.getInfo().objective_function_value - least + HALF
        solution = highs.getSolution()
        lows, tops = list(program.lows), list(program.highs)
        for column, (value, price) in enumerate(zip(solution.col_value, solution.col_dual, strict=True)):
            # Only at a bound does the price say what leaving it costs.
            if abs(price) > to_spare and value in {lows[column], tops[column]}:
                lows[column] = tops[column] = int(value)
        return replace(program, lows=tuple(lows), highs=tuple(tops))

    def _run(self, program: Program, *, whole: bool) -> highspy.Highs:
        left = self.until - monotonic()
        if left <= 0:
            raise OutOfTime
        self.solved += 1
        highs: highspy.Highs = solver()
        highs.setOptionValue("mip_rel_gap", 0.0)
        highs.setOptionValue("time_limit", left)
        highs.passModel(_loaded(program, whole=whole))
        highs.run()
        return highs


def _loaded(program: Program, *, whole: bool) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(program.costs), len(program.rows.each)
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = np.array(program.costs, dtype=float)
    model.col_lower_, model.col_upper_ = np.array(program.lows, dtype=float), np.array(program.highs, dtype=float)
    model.a_matrix_, model.row_lower_, model.row_upper_ = program.rows.laid_out
    model.a_matrix_.num_col_, model.a_matrix_.num_row_ = model.num_col_, model.num_row_
    if whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * len(program.costs)
    return model
