"""Every set there is, tried one after the other: slow, and too plain to be wrong."""

from collections.abc import Iterator
from itertools import combinations

from hypothesis import strategies as st

from rihma.selection.cohort.problem import Candidate, Limit, Measure, Problem, Wish, must_be_in, must_be_out

SECTORS = ("state", "company", "civic")
THEMES = ("debt", "sea")
CHALLENGES = ("letters", "queues")
PEOPLE = ("aino", "bertil", "kaisa")


def allowed(problem: Problem) -> Iterator[frozenset[str]]:
    ids = [one.id for one in problem.candidates]
    for size in range(len(ids) + 1):
        for some in combinations(ids, size):
            chosen = frozenset(some)
            if not problem.broken(chosen):
                yield chosen


def best_of(problem: Problem) -> frozenset[str] | None:
    return min(allowed(problem), key=lambda chosen: (-problem.value(chosen), problem.order(chosen)), default=None)


@st.composite
def problems(draw: st.DrawFn, most: int = 9) -> Problem:
    """Small ones with few different scores, so that many sets are equally good."""
    numbers = range(draw(st.integers(1, most)))
    candidates = [draw(candidate(number)) for number in numbers]
    limits = draw(st.lists(measures(), max_size=5))
    forced = [
        draw(st.sampled_from([must_be_in, must_be_out]))(one.id) for one in candidates if draw(st.integers(0, 9)) == 0
    ]
    wishes = draw(st.lists(st.builds(Wish, measures(), st.sampled_from([50, 100, 250])), max_size=2))
    return Problem(tuple(draw(st.permutations(candidates))), (*map(Limit, limits), *forced), tuple(wishes))


@st.composite
def candidate(draw: st.DrawFn, number: int) -> Candidate:
    groups = {
        ("theme", draw(st.sampled_from(THEMES))),
        *(("sector", sector) for sector in draw(st.sets(st.sampled_from(SECTORS), max_size=2))),
        *(("challenge", one) for one in draw(st.sets(st.sampled_from(CHALLENGES), max_size=1))),
        *(("person", person) for person in draw(st.sets(st.sampled_from(PEOPLE), max_size=1))),
    }
    return Candidate(
        id=f"a{number}",
        arrived=f"{number:03}",
        score=draw(st.sampled_from([0, 4000, 5000, 5050, 7000, 9100])),
        seats=draw(st.integers(0, 5)),
        eligible=draw(st.integers(0, 5)) > 0,
        groups=frozenset(groups),
    )


@st.composite
def measures(draw: st.DrawFn) -> Measure:
    kind = draw(st.sampled_from(["teams", "seats", "ineligible", "sector", "theme", "person", "challenge"]))
    what = {"sector": SECTORS, "theme": THEMES, "person": PEOPLE, "challenge": CHALLENGES}.get(kind)
    if kind == "ineligible":
        return Measure(kind, "", "most", 0)
    most = 14 if kind == "seats" else 4
    return Measure(
        kind,
        draw(st.sampled_from(what)) if what else "",
        draw(st.sampled_from(["most", "most", "least"])),
        draw(st.integers(1, most)),
    )
