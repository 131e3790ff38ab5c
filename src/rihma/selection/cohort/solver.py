"""Solves one program after the other until its time is over.

The whole program is given to HiGHS only where it has to be. Prices of the rows, once known, tell what turning a choice
loses at the very least; so the few choices that lose least are solved first, and the prices prove that no other matters.
"""

from dataclasses import dataclass, field, replace
from time import monotonic
from typing import NamedTuple

import highspy
import numpy as np

from rihma.base.solver import solver
from rihma.selection.cohort.program import HALF, INFINITY, Marks, Numbers, Program

Status = highspy.HighsModelStatus
# So many choices are looked at first, because a few settle most questions; otherwise four times as many.
FEW = 40
MORE = 4


class OutOfTime(Exception):
    """Neither a set that keeps to the limits nor that there is none was found in the time given."""


class Solved(NamedTuple):
    values: Numbers
    proven: bool


@dataclass
class Solver:
    until: float = INFINITY
    solved: int = field(default=0, init=False)

    def priced(self, program: Program) -> Program:
        """The same, knowing from the relaxed program what room in its rows is worth."""
        free = program.lows < program.highs
        run = self._run(_loaded(program, free, np.ones(len(program.rows.lows), dtype=bool), whole=False))
        if run.getModelStatus() != Status.kOptimal:
            return program
        return replace(program, prices=np.array(run.getSolution().row_dual, dtype=float))

    def best(self, program: Program) -> Solved | None:
        """The values of all columns where the worth is greatest; None where no values keep to all rows."""
        bound, gains = program.relaxed()
        losses, better = np.abs(gains), np.where(gains > 0, program.highs, program.lows)
        ordered = np.sort(losses)
        number = FEW
        while len(program.prices) and number < len(ordered) // 2:
            most = ordered[number]
            solved = self.whole(program.settled(losses > most, better))
            if solved is not None:
                if not solved.proven:
                    return solved
                lost = bound - program.value(solved.values)
                if lost <= most + HALF:
                    return solved
                number = max(number * MORE, int(np.searchsorted(ordered, lost, side="right")))
            else:
                number *= MORE
        return self.whole(program)

    def whole(self, program: Program) -> Solved | None:
        """The same without looking at few first: for whoever asks for something else than worth."""
        free = program.lows < program.highs
        lows, highs = _left(program, free)
        least, most = _ends(program, free)
        if (least > highs + HALF).any() or (most < lows - HALF).any():
            return None
        kept = (least < lows) | (most > highs)
        run = self._run(_loaded(program, free, kept, whole=True))
        status = run.getModelStatus()
        if status == Status.kInfeasible:
            return None
        if not free.any():
            return Solved(program.lows, proven=True)
        has_some = run.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        if not has_some:
            raise OutOfTime
        values = program.lows.copy()
        values[free] = np.round(run.getSolution().col_value)
        return Solved(values, proven=status == Status.kOptimal)

    def _run(self, model: highspy.HighsLp) -> highspy.Highs:
        left = self.until - monotonic()
        if left <= 0:
            raise OutOfTime
        self.solved += 1
        highs: highspy.Highs = solver()
        highs.setOptionValue("mip_rel_gap", 0.0)
        highs.setOptionValue("time_limit", left)
        highs.passModel(model)
        highs.run()
        return highs


def _left(program: Program, free: Marks) -> tuple[Numbers, Numbers]:
    """The room in each row beside what is settled."""
    given = program.rows.sums(np.where(free, 0, program.lows))
    return program.rows.lows - given, program.rows.highs - given


def _ends(program: Program, free: Marks) -> tuple[Numbers, Numbers]:
    """The least and the most that the free columns can bring to each row."""
    rows = program.rows
    low, high = (rows.weights * np.where(free, end, 0)[rows.columns] for end in (program.lows, program.highs))
    return (
        np.bincount(rows.at, np.minimum(low, high), minlength=len(rows.lows)),
        np.bincount(rows.at, np.maximum(low, high), minlength=len(rows.lows)),
    )


def _loaded(program: Program, free: Marks, kept: Marks, *, whole: bool) -> highspy.HighsLp:
    """Only what is still free, and of the rows those that are kept."""
    rows = program.rows
    lows, highs = _left(program, free)
    entries = np.flatnonzero(free[rows.columns] & kept[rows.at])
    entries = entries[np.argsort(rows.at[entries], kind="stable")]
    at = (np.cumsum(kept) - 1)[rows.at[entries]]
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = int(free.sum()), int(kept.sum())
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_, model.col_lower_, model.col_upper_ = program.costs[free], program.lows[free], program.highs[free]
    model.row_lower_, model.row_upper_ = lows[kept], highs[kept]
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.num_col_, matrix.num_row_ = model.num_col_, model.num_row_
    matrix.start_ = np.searchsorted(at, np.arange(model.num_row_ + 1)).astype(np.int32)
    matrix.index_ = (np.cumsum(free) - 1)[rows.columns[entries]].astype(np.int32)
    matrix.value_ = rows.weights[entries]
    if whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * model.num_col_
    return model
