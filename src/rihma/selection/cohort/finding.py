"""The best set, the sets that are as good or nearly, and why there is none."""

from dataclasses import dataclass, replace

import numpy as np

from rihma.selection.cohort.problem import Limit, Problem
from rihma.selection.cohort.program import (
    HALF,
    INFINITY,
    Marks,
    Numbers,
    Places,
    Program,
    Row,
    Rows,
    program_of,
    row_of,
)
from rihma.selection.cohort.solver import OutOfTime, Solver

# So many choices are settled at once: 2**16 is exact in the solver's arithmetic, with room to spare.
AT_ONCE = 16
MOST_ROUNDS = 200

type Chosen = frozenset[str]


@dataclass(frozen=True)
class Best:
    chosen: Chosen
    value: int
    proven: bool


@dataclass(frozen=True)
class Conflict:
    """Limits that no set keeps all at once, while it could if any one of them were gone."""

    limits: tuple[Limit, ...]
    # no smaller one exists
    smallest: bool


def find(problem: Problem, solver: Solver) -> Best | None:
    """The best set; of equally good ones the one that holds the earliest application in which they differ."""
    return find_in(problem, solver.priced(program_of(problem)), solver)


def find_in(problem: Problem, program: Program, solver: Solver, hint: Numbers | None = None) -> Best | None:
    """The same where the program is known, or is another than that of the problem. `hint`: a set that it allows."""
    solved = solver.best(program)
    if solved is None:
        return None
    value = program.value(solved.values)
    if not solved.proven:
        return Best(_chosen(problem, solved.values), value, proven=False)
    people, known = len(problem.candidates), solved.values
    if hint is not None and problem.value(_chosen(problem, hint)) == value and _comes_first(hint, known[:people]):
        known = np.concatenate([hint, known[people:]])
    first = earliest(program, value, known, people, solver)
    return Best(_chosen(problem, first), value, proven=True)


def find_value(program: Program, solver: Solver) -> int | None:
    """Only how good the best set is, which is quicker to say."""
    solved = solver.best(program)
    if solved is not None and not solved.proven:
        raise OutOfTime
    return None if solved is None else program.value(solved.values)


def earliest(program: Program, value: int, known: Numbers, people: int, solver: Solver) -> Numbers:
    """Settle choice after choice in order of arrival, each as a yes if some set worth this much says yes.

    Where the set that is known says yes, nothing has to be asked; where it says no many times, whether all could be no.
    """
    program = program.narrowed(value).reaching(value)
    while True:
        unsettled = _unsettled(program, people)
        refused = np.flatnonzero(known[unsettled] == 0)
        if not len(refused):
            return known
        start = refused[0]
        program = program.settled(_marked(unsettled[:start], program), known)
        later = unsettled[start:]
        taken = np.flatnonzero(known[later])
        run = later[: taken[0]] if len(taken) else later
        asked, costs = (run, np.ones(len(run))) if len(run) > AT_ONCE else _in_order(later)
        found = _greatest(program, asked, costs, solver)
        if found is None:
            return known
        known = found
        if len(run) <= AT_ONCE or not known[run].any():
            program = program.settled(_marked(asked, program), known)


def is_before(program: Program, value: int, known: Numbers, solver: Solver) -> bool:
    """Whether some set worth this much comes before the one that is known, as equally good ones are ordered.

    Asked as `earliest` asks, but it ends with the first choice in which the two differ. Whatever the known set takes, the
    other has to take as well until then; so only from the first open choice on that it leaves there is something to ask.
    """
    program = program.narrowed(value).reaching(value)
    people = len(known)
    while True:
        unsettled, settled = _unsettled(program, people), program.lows[:people]
        left = unsettled[known[unsettled] == 0]
        differing = np.setdiff1d(np.flatnonzero(settled != known), unsettled)
        first = min([*left[:1], *differing[:1]], default=people)
        program = program.settled(
            _marked(unsettled[unsettled < first], program), np.append(known, program.lows[people:])
        )
        if first == people:
            return False
        if first in differing:
            return bool(settled[first] > known[first]) and solver.whole(program) is not None
        now, costs = _in_order(unsettled[unsettled >= first])
        values = _greatest(program, now, costs, solver)
        if values is None or (values[: now[-1] + 1] != known[: now[-1] + 1]).any():
            return values is not None and _comes_first(values[: now[-1] + 1], known)
        program = program.settled(_marked(now, program), values)


def _comes_first(values: Numbers, known: Numbers) -> bool:
    differs = np.flatnonzero(values != known[: len(values)])
    return bool(len(differs) and values[differs[0]] > known[differs[0]])


def _unsettled(program: Program, people: int) -> Places:
    return np.flatnonzero(program.lows[:people] < program.highs[:people])


def _marked(places: Places, program: Program) -> Marks:
    return np.isin(np.arange(len(program.costs)), places)


def _in_order(places: Places) -> tuple[Places, Numbers]:
    """The next few, each worth more than all after it."""
    now = places[:AT_ONCE]
    return now, np.exp2(np.arange(len(now), dtype=np.float64)[::-1])


def _greatest(program: Program, places: Places, costs: Numbers, solver: Solver) -> Numbers | None:
    """The values where these are greatest, whatever they are worth otherwise."""
    paid = np.zeros(len(program.costs))
    paid[places] = costs
    solved = solver.whole(replace(program, costs=paid))
    if solved is not None and not solved.proven:
        raise OutOfTime
    return None if solved is None else solved.values


def alternatives(problem: Problem, best: Best, *, within: int, most: int, solver: Solver) -> tuple[list[Best], bool]:
    """All sets worth at most `within` less than the best, the best first; and whether there are more than `most`."""
    program = solver.priced(program_of(problem))
    least = best.value - within
    program = program.narrowed(least).reaching(least)
    found = [best]
    while True:
        program = program.having(_other_than(problem, found[-1].chosen))
        solved = solver.whole(program)
        if solved is None:
            return _sorted(problem, found), False
        if len(found) == most:
            return _sorted(problem, found), True
        found.append(Best(_chosen(problem, solved.values), program.value(solved.values), solved.proven))


def _sorted(problem: Problem, found: list[Best]) -> list[Best]:
    return sorted(found, key=lambda one: (-one.value, problem.order(one.chosen)))


def _other_than(problem: Problem, chosen: Chosen) -> Row:
    """Keeps this one set out and no other."""
    signs = tuple(1 if one.id in chosen else -1 for one in problem.candidates)
    return Row(tuple(range(len(signs))), signs, -INFINITY, len(chosen) - 1)


def _chosen(problem: Problem, values: Numbers) -> Chosen:
    return frozenset(one.id for one, value in zip(problem.candidates, values, strict=False) if value)


def conflict(problem: Problem, solver: Solver) -> Conflict:
    """The fewest limits that cannot hold together.

    Whatever set of limits clashes must hold one of each repair, that is of limits whose loss lets all others hold. So
    the smallest set that holds one of each repair known is asked whether it clashes; if not, it tells a new repair.
    """
    limits = problem.breakable
    repairs: list[list[int]] = []
    for _round in range(MOST_ROUNDS):
        picked = _smallest_holding(len(limits), repairs, solver)
        repair = _repair(problem, picked, solver)
        if repair is None:
            return Conflict(tuple(limits[place] for place in picked), smallest=True)
        repairs.append(repair)
    return _minimal(problem, solver)


def _smallest_holding(limits: int, repairs: list[list[int]], solver: Solver) -> list[int]:
    rows = Rows.of(Row(tuple(repair), (1,) * len(repair), 1, INFINITY) for repair in repairs)
    solved = solver.whole(Program(-np.ones(limits), np.zeros(limits), np.ones(limits), rows))
    return [place for place, value in enumerate(solved.values) if value] if solved else []


def _repair(problem: Problem, picked: list[int], solver: Solver) -> list[int] | None:
    """The fewest other limits to give up so that all the rest hold; None where those picked clash already."""
    people = len(problem.candidates)
    rows = []
    for number, limit in enumerate(problem.breakable):
        row, measure = row_of(problem, limit.measure), limit.measure
        # What giving the limit up makes room for: everything.
        room = measure.bound if measure.sense == "least" else measure.bound - sum(row.weights)
        columns, weights = (*row.columns, people + number), (*row.weights, room)
        rows.append(
            Row(columns, weights, measure.bound - HALF, INFINITY)
            if measure.sense == "least"
            else Row(columns, weights, -INFINITY, measure.bound + HALF)
        )
    given_up = np.isin(np.arange(len(rows)), picked, invert=True).astype(float)
    solved = solver.whole(
        Program(
            costs=np.concatenate([np.zeros(people), -np.ones(len(rows))]),
            lows=np.zeros(people + len(rows)),
            highs=np.concatenate([np.ones(people), given_up]),
            rows=Rows.of(rows),
        )
    )
    return None if solved is None else [int(number) for number in np.flatnonzero(solved.values[people:])]


def _minimal(problem: Problem, solver: Solver) -> Conflict:
    """Limits left out one after the other for as long as the others still clash."""
    for limit in problem.limits:
        fewer = problem.without(limit)
        if find_value(program_of(replace(fewer, wishes=())), solver) is None:
            problem = fewer
    return Conflict(problem.limits, smallest=False)
