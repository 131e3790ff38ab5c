"""The best set with one more, or with one in the place of another: sets that need no solver to be tried."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rihma.selection.cohort.problem import Problem
from rihma.selection.cohort.program import Numbers, Places, Program


@dataclass(frozen=True, eq=False)
class Exchange:
    """`known`: the best set, of which one may leave."""

    problem: Problem
    program: Program
    known: Numbers

    def best(self, place: int) -> int | None:
        """How good the best of these sets is that keep to all limits; None where none does."""
        leaving = np.concatenate([np.zeros((len(self.brought), 1)), self.brought[:, self.chosen]], axis=1)
        sums = (self.brought @ self.known)[:, None] - leaving + self.brought[:, [place]]
        rows, limits = self.program.rows, len(self.problem.breakable)
        kept = (sums[:limits] >= rows.lows[:limits, None]) & (sums[:limits] <= rows.highs[:limits, None])
        lacking = np.maximum(
            0, np.maximum(rows.lows[limits:, None] - sums[limits:], sums[limits:] - rows.highs[limits:, None])
        )
        scores = self.program.costs[: len(self.known)]
        left = np.concatenate([[0.0], scores[self.chosen]])
        worth = scores @ self.known - left + scores[place] + self.program.costs[len(self.known) :] @ lacking
        allowed = worth[kept.all(axis=0)]
        return round(float(allowed.max())) if len(allowed) else None

    @cached_property
    def chosen(self) -> Places:
        return np.flatnonzero(self.known)

    @cached_property
    def brought(self) -> Numbers:
        """What each candidate brings to each row."""
        rows, people = self.program.rows, len(self.known)
        brought = np.zeros((len(rows.lows), people))
        candidates = rows.columns < people
        brought[rows.at[candidates], rows.columns[candidates]] = rows.weights[candidates]
        return brought
