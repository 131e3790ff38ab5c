"""Whatever is said to turn a choice is tried: with that changed the choice is another, with less it is not."""

from dataclasses import replace

from hypothesis import given, settings

from rihma.selection.cohort.answer import answer
from rihma.selection.cohort.problem import BEST_SCORE, Candidate, Limit, Measure, Problem, Wish, must_be_in, must_be_out
from rihma.selection.cohort.reasons import Change, Why
from rihma.selection.tests.brute import best_of, problems

SECONDS = 60


def turned(problem: Problem, why: Why, change: Change) -> bool:
    """Whether the choice is another with this changed, as every set there is tells."""
    one = problem.by_id[why.id]
    if change.kind == "limit":
        assert change.limit is not None
        other = problem.loosened(change.limit, change.by)
    elif change.kind == "eligible":
        other = problem.changed(replace(one, eligible=True))
    elif change.kind == "seats":
        other = problem.changed(replace(one, seats=one.seats + change.by))
    else:
        other = problem.changed(replace(one, score=one.score + change.by))
    best = best_of(other)
    return best is not None and (why.id in best) != why.chosen


@given(problems(most=8))
@settings(max_examples=120)
def test_every_change_turns_the_choice_and_a_smaller_one_does_not(problem: Problem) -> None:
    for why in answer(problem, SECONDS).whys:
        for change in why.changes:
            assert turned(problem, why, change), (why, change)
            step = 1 if change.by > 0 else -1
            smaller = range(step, change.by, step) if change.kind != "score" else [change.by - step]
            for by in smaller:
                assert not by or not turned(problem, why, replace(change, by=by)), (why, change)


@given(problems(most=7))
@settings(max_examples=80)
def test_where_no_change_of_the_score_is_named_none_would_do(problem: Problem) -> None:
    for why in answer(problem, SECONDS).whys:
        if why.decided in {"limits", "wishes", "score"} and all(change.kind != "score" for change in why.changes):
            score = problem.by_id[why.id].score
            assert not turned(problem, why, Change("score", BEST_SCORE - score))


@given(problems(most=8))
@settings(max_examples=80)
def test_everybody_gets_a_reason_and_limits_named_stand_in_the_way(problem: Problem) -> None:
    found = answer(problem, SECONDS)
    if found.state != "best":
        assert found.state == "impossible"
        assert found.whys == ()
        return
    assert [why.id for why in found.whys] == [one.id for one in problem.candidates]
    best = found.sets[0].chosen
    assert {why.id for why in found.whys if why.chosen} == best
    for why in found.whys:
        if why.decided == "limits":
            assert why.limits
            others = tuple(limit for limit in problem.limits if limit not in why.limits)
            assert set(problem.broken(best | {why.id})) == set(why.limits) or _is_shut_out(problem, why, others)


def _is_shut_out(problem: Problem, why: Why, others: tuple[Limit, ...]) -> bool:
    clash = replace(problem, limits=(*why.limits, must_be_in(why.id)))
    return best_of(clash) is None and len(others) < len(problem.limits)


@given(problems(most=8))
@settings(max_examples=80)
def test_gain_without_a_limit_and_price_of_a_wish_are_what_trying_shows(problem: Problem) -> None:
    found = answer(problem, SECONDS)
    for binding in found.binding:
        free = best_of(problem.without(binding.limit))
        assert free is not None
        assert binding.gain == problem.without(binding.limit).value(free) - found.sets[0].value
    for price in found.prices:
        free = best_of(problem.without(price.wish))
        assert free is not None
        assert price.score == problem.score(free) - problem.score(found.sets[0].chosen)


ROOM = Limit(Measure("seats", "", "most", 30))
TEAMS = Limit(Measure("teams", "", "most", 7))


def ten() -> list[Candidate]:
    return [Candidate(f"a{place}", f"{place}", score=9000 - 100 * place, seats=5) for place in range(10)]


def test_sixth_team_reads_that_the_room_bound_and_how_many_seats_fewer_fit() -> None:
    teams = ten()
    teams[5] = replace(teams[5], seats=8)
    found = answer(Problem(tuple(teams), (ROOM, TEAMS)), SECONDS)
    why = found.whys[5]
    assert (why.chosen, why.rank, why.decided, why.limits) == (False, 6, "limits", (ROOM,))
    # No score would do: with it in, two other teams would have to leave the room.
    assert why.changes == (Change("seats", -3), Change("limit", 3, ROOM))


def test_what_a_person_forced_is_named_as_such_with_the_reason() -> None:
    out, into = must_be_out("a0", "The team has moved to another call."), must_be_in("a9", "A pilot of the ministry")
    found = answer(Problem(tuple(ten()), (ROOM, TEAMS, out, into)), SECONDS)
    assert (found.whys[0].decided, found.whys[0].limits) == ("forced_out", (out,))
    assert (found.whys[9].decided, found.whys[9].limits) == ("forced_in", (into,))


def test_wish_that_decides_is_told_and_what_it_cost() -> None:
    teams = [replace(one, groups=frozenset({("sector", "civic")})) if one.id == "a6" else one for one in ten()]
    wish = Wish(Measure("sector", "civic", "least", 1), weight=300)
    found = answer(Problem(tuple(teams), (ROOM,), (wish,)), SECONDS)
    assert "a6" in found.sets[0].chosen
    assert [(price.lacking, price.score) for price in found.prices] == [(0, 100)]


def test_time_that_is_over_is_said_and_nothing_is_made_up() -> None:
    found = answer(Problem(tuple(ten()), (ROOM, TEAMS)), 0)
    assert (found.state, found.sets, found.whys) == ("out_of_time", (), ())
