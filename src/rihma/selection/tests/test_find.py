"""The exact solver beside every set there is, and beside another solver."""

import random
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from rihma.selection.cohort.finding import alternatives, conflict, find
from rihma.selection.cohort.problem import Candidate, Limit, Measure, Problem, as_json, from_json, must_be_in
from rihma.selection.cohort.solver import Solver
from rihma.selection.tests.brute import allowed, best_of, problems

MANY = 200


@given(problems())
@settings(max_examples=150)
def test_best_set_is_the_best_of_all_there_are_and_the_earliest_of_equals(problem: Problem) -> None:
    best = find(problem, Solver())
    assert (best.chosen if best else None) == best_of(problem)
    assert best is None or (best.proven and best.value == problem.value(best.chosen))


@given(problems(most=8), st.sampled_from([0, 100, 1000]))
@settings(max_examples=80)
def test_listed_sets_are_all_that_are_as_good_or_nearly(problem: Problem, within: int) -> None:
    best = find(problem, Solver())
    if best is None:
        return
    least = best.value - within
    there_are = {chosen: problem.value(chosen) for chosen in allowed(problem) if problem.value(chosen) >= least}
    found, cut_off = alternatives(problem, best, within=within, most=20, solver=Solver())
    assert found[0] == best
    assert cut_off == (len(there_are) > 20)
    listed = {one.chosen: one.value for one in found}
    assert listed.items() <= there_are.items()
    assert cut_off or listed == there_are
    # What is cut off is never better than what is listed.
    assert max(set(there_are.values()) - set(listed.values()), default=least) <= found[-1].value


@pytest.mark.long
@given(problems(most=16))
@settings(max_examples=25)
def test_sixteen_applications_give_the_same_optimum_and_the_same_optimal_sets(problem: Problem) -> None:
    there_are = {chosen: problem.value(chosen) for chosen in allowed(problem)}
    best = find(problem, Solver())
    assert (best.value if best else None) == max(there_are.values(), default=None)
    if best:
        equals = {chosen for chosen, value in there_are.items() if value == best.value}
        found, cut_off = alternatives(problem, best, within=0, most=60, solver=Solver())
        assert {one.chosen for one in found} <= equals
        assert cut_off or {one.chosen for one in found} == equals


@given(problems(), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_same_problem_in_another_order_gets_the_same_answer(problem: Problem, chance: random.Random) -> None:
    candidates, limits = list(problem.candidates), list(problem.limits)
    chance.shuffle(candidates)
    chance.shuffle(limits)
    again = Problem(tuple(candidates), tuple(limits), problem.wishes)
    assert find(again, Solver()) == find(problem, Solver())
    assert from_json(as_json(again)) == problem


@given(problems(most=7))
@settings(max_examples=150)
def test_named_conflict_is_the_smallest_there_is(problem: Problem) -> None:
    problem = replace(problem, wishes=())
    if find(problem, Solver()) is not None:
        return
    found = conflict(problem, Solver())
    assert found.smallest
    assert not _hold_together(problem, found.limits)
    fewer = combinations(problem.limits, len(found.limits) - 1)
    assert all(_hold_together(problem, limits) for limits in fewer)


def _hold_together(problem: Problem, limits: tuple[Limit, ...]) -> bool:
    return best_of(replace(problem, limits=limits)) is not None


def test_conflict_names_the_room_and_the_two_that_must_be_in() -> None:
    large = [Candidate(f"a{number}", f"{number}", seats=20) for number in range(3)]
    room, teams = Limit(Measure("seats", "", "most", 30)), Limit(Measure("teams", "", "most", 7))
    forced = [must_be_in("a0", "The minister asked"), must_be_in("a1", "A pilot")]
    found = conflict(Problem(tuple(large), (room, teams, *forced)), Solver())
    assert found.limits == (*forced, room)


@pytest.mark.parametrize("seed", range(4))
def test_another_solver_finds_the_same_optimum(seed: int) -> None:
    problem = larger(seed)
    best = find(problem, Solver())
    assert (best.value if best else None) == by_cp_sat(problem)


@pytest.mark.long
def test_another_solver_finds_the_same_optimum_two_hundred_times() -> None:
    problems = [larger(seed) for seed in range(MANY)]
    found = [find(problem, Solver()) for problem in problems]
    assert [best.value if best else None for best in found] == [by_cp_sat(problem) for problem in problems]


def larger(seed: int) -> Problem:
    """Between 40 and 150 applications under all kinds of limits at once."""
    chance = random.Random(seed)
    size = chance.randint(40, 150)
    sectors = ["state", "municipality", "company", "civic", "research"]
    candidates = [
        Candidate(
            id=f"a{number}",
            arrived=f"{number:03}",
            score=chance.randrange(2000, 9900, chance.choice([1, 50, 500])),
            seats=chance.randint(1, 8),
            eligible=chance.random() > 0.1,
            groups=frozenset(
                {("theme", str(chance.randint(0, 7)))}
                | {("sector", sector) for sector in chance.sample(sectors, chance.randint(1, 3))}
                | {("person", str(chance.randint(0, 3 * size))) for _ in range(3)}
            ),
        )
        for number in range(size)
    ]
    teams = chance.randint(5, 20)
    limits = [
        Measure("ineligible", "", "most", 0),
        Measure("teams", "", "least", teams - 2),
        Measure("teams", "", "most", teams),
        Measure("seats", "", "most", round(teams * chance.uniform(2.5, 4.5))),
        *(Measure("sector", sector, "least", chance.randint(0, 3)) for sector in sectors),
        *(Measure("theme", str(theme), "most", chance.randint(1, 4)) for theme in range(8)),
        *(Measure("person", str(person), "most", 1) for person in range(3 * size)),
    ]
    return Problem(tuple(candidates), tuple(map(Limit, limits)))


def by_cp_sat(problem: Problem) -> int | None:
    model = cp_model.CpModel()
    chosen = {one.id: model.new_bool_var(one.id) for one in problem.candidates}
    for limit in problem.limits:
        kind, what, sense, bound = limit.measure
        amount = sum(one.amount(kind, what) * chosen[one.id] for one in problem.candidates)
        model.add(amount >= bound if sense == "least" else amount <= bound)
    model.maximize(sum(one.score * chosen[one.id] for one in problem.candidates))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    assert status in {cp_model.OPTIMAL, cp_model.INFEASIBLE}
    return round(solver.objective_value) if status == cp_model.OPTIMAL else None
