"""make bench B=choosing: how long the exact answer takes, beside CP-SAT on the same problems, in turn in one run.

Kinds of problems: scores that all differ, many equal scores (so that ties have to be settled), a room in which the
seats hardly ever come out even, and no scores at all. What is timed is the proven answer with its tie-break; for 60
applications, as many as a call gets in a good year, also everything said of it. Last line: one JSON object.
"""

import gc
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from bench.table import Goal, Report, rows
from rihma.selection.asking import SECONDS
from rihma.selection.cohort.finding import find
from rihma.selection.cohort.problem import Candidate, Limit, Measure, Problem, Wish, as_json
from rihma.selection.cohort.solver import Solver

SEEDS = range(3)
PATIENCE = 120
SECTORS = ("state", "wellbeing", "municipality", "company", "research", "civic")
SIZES = {300: 1.0, 2000: 20.0}
ALL_OF_IT = 60
EXPLAINED = 300
EXPLAINED_SEEDS = range(5)


@dataclass(frozen=True)
class Kind:
    """What makes a problem hard in its own way: the step between scores, and the sizes of teams."""

    step: int
    seats: tuple[int, ...]
    scored: bool = True


KINDS = {
    "all differ": Kind(1, (2, 3, 4, 5, 6)),
    "many equal": Kind(500, (2, 3, 4, 5, 6)),
    "uneven seats": Kind(1, (7, 9, 11, 13)),
    "no scores": Kind(1, (2, 3, 4, 5, 6), scored=False),
}


def main() -> None:
    report = Report("choosing", facts={"cores": os.cpu_count(), "python": sys.version.split()[0]})
    lines = []
    worst: dict[int, float] = dict.fromkeys(SIZES, 0.0)
    same = True
    for size in SIZES:
        for name, kind in KINDS.items():
            ours, theirs, agree = measured(size, kind)
            same = same and agree
            worst[size] = max(worst[size], *ours)
            peer = f"{statistics.median(theirs):.2f}" if theirs else f"> {PATIENCE}"
            lines.append([str(size), name, f"{statistics.median(ours):.2f}", f"{max(ours):.2f}", peer])
            if theirs:
                report.ratios[f"{size}, {name}: CP-SAT ÷ ours"] = statistics.median(theirs) / statistics.median(ours)
    print(rows(["applications", "kind", "ours, median s", "ours, slowest s", "CP-SAT, median s"], lines) + "\n")
    report.goals = [
        *(Goal(f"best of {size}, slowest", worst[size], most, "s") for size, most in SIZES.items()),
        Goal("same optimum as CP-SAT, all", float(same), 1, kind="least"),
        Goal(f"everything said of {ALL_OF_IT}, in its process", all_of_it(ALL_OF_IT, "all differ", 0)[0], 10, "s"),
    ]
    told = explained()
    print(
        rows(
            [
                "applications",
                "kind",
                "all said, median s",
                "slowest s",
                "of that cpu, median s",
                "most s",
                "explained in the time",
            ],
            told.lines,
        )
        + "\n"
    )
    report.goals += [
        Goal(f"everything said of {EXPLAINED} with points, slowest", told.slowest, 25, "s"),
        Goal(f"explained of {EXPLAINED} with points, least", told.least, EXPLAINED, kind="least"),
    ]
    print(report.table())
    print(report.as_json())


def measured(size: int, kind: Kind) -> tuple[list[float], list[float], bool]:
    ours, theirs, agree = [], [], True
    for seed in SEEDS:
        problem = made(size, kind, seed)
        mine, took = timed(lambda problem=problem: find(problem, Solver()))
        ours.append(took)
        value, peer = timed(lambda problem=problem: by_cp_sat(problem))
        if value is not None:
            theirs.append(peer)
            agree = agree and mine is not None and mine.proven and mine.value == value
    return ours, theirs, agree


def timed[T](work: Callable[[], T]) -> tuple[T, float]:
    gc.collect()
    began = time.perf_counter()
    return work(), time.perf_counter() - began


@dataclass
class Told:
    lines: list[list[str]]
    slowest: float = 0.0
    least: int = EXPLAINED


def explained() -> Told:
    """All of a large call, within the time that the page gives; what is not reached then is left to a job."""
    told = Told([])
    for name, kind in KINDS.items():
        runs = [all_of_it(EXPLAINED, name, seed) for seed in EXPLAINED_SEEDS]
        took, number = [one for one, _cpu, _ in runs], min(number for _took, _cpu, number in runs)
        work = [one for _took, one, _ in runs]
        figures = [f"{one:.1f}" for one in (statistics.median(took), max(took), statistics.median(work), max(work))]
        told.lines.append([str(EXPLAINED), name, *figures, str(number)])
        if kind.scored:
            told.slowest, told.least = max(told.slowest, *took), min(told.least, number)
    return told


def all_of_it(size: int, kind: str, seed: int) -> tuple[float, float, int]:
    """The whole answer through the process that the page asks: how long it takes, how much it works, how many it explains."""
    asked = json.dumps({"problem": as_json(made(size, KINDS[kind], seed))})
    command = [sys.executable, "-m", "rihma.selection.cohort", str(SECONDS)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done, took = timed(lambda: subprocess.run(command, input=asked, capture_output=True, text=True, check=True))
    told = json.loads(done.stdout)
    if told["state"] != "best":
        sys.exit(f"The best set was not proven: {told['state']}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return took, work, len(told["whys"])


def made(size: int, kind: Kind, seed: int) -> Problem:
    """A call of that size under all kinds of limits at once, in which one of eight is taken."""
    chance = random.Random(f"{size} {seed}")
    people = 4 * size
    candidates = tuple(
        Candidate(
            id=f"a{number}",
            arrived=f"{number:05}",
            score=chance.randrange(2000, 9900, kind.step) if kind.scored else 0,
            seats=chance.choice(kind.seats),
            eligible=chance.random() > 0.1,
            groups=frozenset(
                {("theme", str(chance.randrange(8)))}
                | {("sector", sector) for sector in chance.sample(SECTORS, chance.randint(1, 3))}
                | {("person", str(chance.randrange(people))) for _ in range(3)}
            ),
        )
        for number in range(size)
    )
    teams = max(7, size // 8)
    room = round(teams * statistics.mean(kind.seats) * 0.9)
    limits = [
        Measure("ineligible", "", "most", 0),
        Measure("teams", "", "least", teams // 2),
        Measure("teams", "", "most", teams),
        Measure("seats", "", "most", room),
        *(Measure("sector", sector, "least", 2) for sector in SECTORS),
        *(Measure("theme", str(theme), "most", max(2, teams // 5)) for theme in range(8)),
        *(Measure("person", str(person), "most", 1) for person in range(people)),
    ]
    wish = Wish(Measure("sector", "civic", "least", teams // 2), weight=200)
    return Problem(candidates, tuple(map(Limit, limits)), (wish,))


def by_cp_sat(problem: Problem) -> int | None:
    model = cp_model.CpModel()
    chosen = {one.id: model.new_bool_var(one.id) for one in problem.candidates}

    def amount(measure: Measure) -> cp_model.LinearExprT:
        brought = problem.brought.get((measure.kind, measure.what), {})
        return sum(count * chosen[problem.candidates[place].id] for place, count in brought.items())

    for limit in problem.limits:
        total = amount(limit.measure)
        model.add(total >= limit.measure.bound if limit.measure.sense == "least" else total <= limit.measure.bound)
    worth = sum(one.score * chosen[one.id] for one in problem.candidates)
    for wish in problem.wishes:
        lacking = model.new_int_var(0, wish.measure.bound, "lacking")
        model.add(amount(wish.measure) + lacking >= wish.measure.bound)
        worth -= wish.weight * lacking
    model.maximize(worth)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = PATIENCE
    status = solver.solve(model)
    return round(solver.objective_value) if status == cp_model.OPTIMAL else None


if __name__ == "__main__":
    main()
