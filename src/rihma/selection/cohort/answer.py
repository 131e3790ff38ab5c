"""Everything that is said of one problem, as plain values that can be kept and shown again."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from time import monotonic
from typing import Any, Literal

from rihma.selection.cohort.finding import Best, Conflict, alternatives, conflict, find
from rihma.selection.cohort.problem import Candidate, Problem, from_json
from rihma.selection.cohort.reasons import Binding, Price, Reasons, Why
from rihma.selection.cohort.solver import OutOfTime, Solver

# Sets worth at most this many hundredths less are listed beside the best.
NEARLY = 100
MOST_SETS = 12

type State = Literal["best", "unproven", "impossible", "out_of_time"]


@dataclass(frozen=True)
class Answer:
    """`best`: proven. `unproven`: a set, and a better one may exist. `impossible`: proven, with the smallest clash."""

    state: State
    sets: tuple[Best, ...] = ()
    # there are more sets as good or nearly than are listed
    cut_off: bool = False
    binding: tuple[Binding, ...] = ()
    prices: tuple[Price, ...] = ()
    whys: tuple[Why, ...] = ()
    conflict: Conflict | None = None


def reply(asked: Mapping[str, Any], seconds: float) -> Answer:
    """What is asked as plain values: a problem; or why, for some of one whose best set is known."""
    problem = from_json(asked["problem"])
    if "ids" not in asked:
        return answer(problem, seconds)
    best = Best(frozenset(asked["best"]["chosen"]), asked["best"]["value"], proven=True)
    return Answer("best", whys=tuple(explain(problem, best, asked["ids"], Solver(monotonic() + seconds))))


def explain(problem: Problem, best: Best, ids: Sequence[str], solver: Solver) -> list[Why]:
    """Why for each of these, in this order, for as long as the time suffices."""
    try:
        reasons = Reasons(problem, best, solver)
    except OutOfTime:
        return []
    return list(reasons.whys(problem.by_id[one] for one in ids))


def answer(problem: Problem, seconds: float) -> Answer:
    solver = Solver(monotonic() + seconds)
    try:
        best = find(problem, solver)
        if best is None:
            return Answer("impossible", conflict=conflict(problem, solver))
    except OutOfTime:
        return Answer("out_of_time")
    if not best.proven:
        return Answer("unproven", (best,))
    sets, cut_off = _sets(problem, best, solver)
    reasons = Reasons(problem, best, solver)
    return Answer(
        "best",
        tuple(sets),
        cut_off,
        binding=tuple(reasons.binding()),
        prices=tuple(reasons.prices()),
        whys=tuple(sorted(reasons.whys(_in_turn(problem, best)), key=lambda why: problem.places[why.id])),
    )


def _in_turn(problem: Problem, best: Best) -> list[Candidate]:
    """Those left out first, because letters tell them why."""
    return sorted(problem.candidates, key=lambda one: one.id in best.chosen)


def _sets(problem: Problem, best: Best, solver: Solver) -> tuple[list[Best], bool]:
    try:
        return alternatives(problem, best, within=NEARLY, most=MOST_SETS, solver=solver)
    except OutOfTime:
        return [best], True


def as_json(answer: Answer) -> dict[str, Any]:
    told = asdict(answer)
    for one in told["sets"]:
        one["chosen"] = sorted(one["chosen"])
    return told
