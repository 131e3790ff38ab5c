"""The limits and wishes for a cohort, from what the form of them says. No database, request or clock."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from rihma.selection.cohort.problem import HUNDREDTHS, Candidate, Limit, Measure, Wish

# Each thing that a form may limit is named kind-what, and what is said of it kind-what-least and so on.
SIDES = ("least", "most", "wish", "points")
# Of these each one in particular may be in so many teams.
EACH = ("person", "organisation")
# Without a `what` it holds for each, unless something is said of one of them alone.
CHALLENGE = "challenge"

type Facts = Mapping[str, object]


def name_of(kind: str, what: str, side: str) -> str:
    return f"{kind}-{what}-{side}"


def speaks_of_challenges(facts: Facts) -> bool:
    return any(kind == CHALLENGE for kind, _what in _said(facts))


def limits_of(facts: Facts, candidates: Iterable[Candidate], challenges: Iterable[str] = ()) -> Iterator[Limit]:
    """`challenges`: those that teams may take up; one that nobody took up has to get its least all the same."""
    if facts.get("eligible-only"):
        yield Limit(Measure("ineligible", "", "most", 0))
    told = _said(facts)
    each = told.pop((CHALLENGE, ""), {})
    for one in challenges if each else ():
        told[CHALLENGE, one] = {**each, **told.get((CHALLENGE, one), {})}
    for (kind, what), said in told.items():
        if kind in EACH:
            yield from _one_each(kind, said["most"], candidates) if "most" in said else ()
            continue
        if "least" in said:
            yield Limit(Measure(kind, what, "least", said["least"]))
        if "most" in said:
            yield Limit(Measure(kind, what, "most", said["most"]))


def wishes_of(facts: Facts) -> Iterator[Wish]:
    for (kind, what), said in _said(facts).items():
        if said.get("wish") and said.get("points"):
            yield Wish(Measure(kind, what, "least", said["wish"]), said["points"] * HUNDREDTHS)


def _said(facts: Facts) -> dict[tuple[str, str], dict[str, int]]:
    """Numbers by what they are about and which side of it they hold."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for name, value in facts.items():
        kind, _, rest = name.partition("-")
        what, _, side = rest.rpartition("-")
        if side in SIDES and isinstance(value, int):
            found.setdefault((kind, what), {})[side] = value
    return found


def _one_each(kind: str, most: int, candidates: Iterable[Candidate]) -> Iterator[Limit]:
    counted = Counter(group for one in candidates for group in one.groups if group[0] == kind)
    for (_kind, what), count in counted.items():
        if count > most:
            yield Limit(Measure(kind, what, "most", most))
