"""The best set, the sets that are as good or nearly, and why there is none."""

from dataclasses import dataclass, replace

from rihma.selection.cohort.problem import Limit, Problem
from rihma.selection.cohort.program import HALF, INFINITY, OutOfTime, Program, Row, Rows, Solver, program_of, row_of

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
    program = program_of(problem)
    solved = solver.best(program)
    if solved is None:
        return None
    value = program.value(solved.values)
    if not solved.proven:
        return Best(_chosen(problem, solved.values), value, proven=False)
    return Best(_chosen(problem, earliest(program, value, len(problem.candidates), solver)), value, proven=True)


def find_value(program: Program, solver: Solver) -> int | None:
    """Only how good the best set is, which is quicker to say."""
    solved = solver.best(program)
    if solved is not None and not solved.proven:
        raise OutOfTime
    return None if solved is None else program.value(solved.values)


def earliest(program: Program, value: int, people: int, solver: Solver) -> list[int]:
    """Settle choice after choice in order of arrival, each as a yes if some set worth this much says yes."""
    program = solver.narrowed(program, value).reaching(value)
    values: list[int] = []
    while True:
        unsettled = [place for place in range(people) if program.lows[place] < program.highs[place]]
        now = unsettled[:AT_ONCE]
        values = _greatest(program, {place: 2**power for power, place in enumerate(reversed(now))}, solver)
        rest = unsettled[AT_ONCE:]
        # Where the places are gone, the many that came later need not be asked one after the other.
        if not rest or (not any(values[place] for place in now) and _none_of(rest, program, solver)):
            return values
        for place in now:
            program = program.holding(place, values[place])


def _none_of(places: list[int], program: Program, solver: Solver) -> bool:
    values = _greatest(program, dict.fromkeys(places, 1), solver)
    return not any(values[place] for place in places)


def _greatest(program: Program, costs: dict[int, int], solver: Solver) -> list[int]:
    """The values where these are greatest, whatever they are worth otherwise."""
    solved = solver.best(replace(program, costs=tuple(costs.get(place, 0) for place in range(len(program.costs)))))
    if solved is None or not solved.proven:
        raise OutOfTime
    return solved.values


def alternatives(problem: Problem, best: Best, *, within: int, most: int, solver: Solver) -> tuple[list[Best], bool]:
    """All sets worth at most `within` less than the best, the best first; and whether there are more than `most`."""
    program = program_of(problem)
    least = best.value - within
    program = solver.narrowed(program, least).reaching(least)
    found = [best]
    while True:
        program = program.having(_other_than(problem, found[-1].chosen))
        solved = solver.best(program)
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


def _chosen(problem: Problem, values: list[int]) -> Chosen:
    return frozenset(one.id for one, value in zip(problem.candidates, values, strict=False) if value)


def conflict(problem: Problem, solver: Solver) -> Conflict:
    """The fewest limits that cannot hold together.

    Whatever set of limits clashes must hold one of each repair, that is of limits whose loss lets all others hold. So
    the smallest set that holds one of each repair known is asked whether it clashes; if not, it tells a new repair.
    """
    limits = problem.limits
    repairs: list[list[int]] = []
    for _round in range(MOST_ROUNDS):
        picked = _smallest_holding(len(limits), repairs, solver)
        repair = _repair(problem, picked, solver)
        if repair is None:
            return Conflict(tuple(limits[place] for place in picked), smallest=True)
        repairs.append(repair)
    return _minimal(problem, solver)


def _smallest_holding(limits: int, repairs: list[list[int]], solver: Solver) -> list[int]:
    rows = Rows(tuple(Row(tuple(repair), (1,) * len(repair), 1, INFINITY) for repair in repairs))
    solved = solver.best(Program((-1,) * limits, (0,) * limits, (1,) * limits, rows))
    return [place for place, value in enumerate(solved.values) if value] if solved else []


def _repair(problem: Problem, picked: list[int], solver: Solver) -> list[int] | None:
    """The fewest other limits to give up so that all the rest hold; None where those picked clash already."""
    people = len(problem.candidates)
    rows = []
    for number, limit in enumerate(problem.limits):
        row, measure = row_of(problem, limit.measure), limit.measure
        # What giving the limit up makes room for: everything.
        room = measure.bound if measure.sense == "least" else measure.bound - sum(row.weights)
        columns, weights = (*row.columns, people + number), (*row.weights, room)
        rows.append(
            Row(columns, weights, measure.bound - HALF, INFINITY)
            if measure.sense == "least"
            else Row(columns, weights, -INFINITY, measure.bound + HALF)
        )
    kept = set(picked)
    solved = solver.best(
        Program(
            costs=(0,) * people + (-1,) * len(problem.limits),
            lows=(0,) * (people + len(problem.limits)),
            highs=(1,) * people + tuple(int(number not in kept) for number in range(len(problem.limits))),
            rows=Rows(tuple(rows)),
        )
    )
    return (
        None if solved is None else [number for number in range(len(problem.limits)) if solved.values[people + number]]
    )


def _minimal(problem: Problem, solver: Solver) -> Conflict:
    """Limits left out one after the other for as long as the others still clash."""
    for limit in problem.limits:
        fewer = problem.without(limit)
        if find_value(program_of(replace(fewer, wishes=())), solver) is None:
            problem = fewer
    return Conflict(problem.limits, smallest=False)
