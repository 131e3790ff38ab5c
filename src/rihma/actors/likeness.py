"""Which names may mean one body though they are spelt otherwise. Pure, and only ever a question to a person."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import combinations

# Said of so many that it tells nobody apart.
GENERIC = {
    *("kaupunki", "kunta", "stad", "kommun", "city", "municipality", "yliopisto", "universitet", "university"),
    *("ministeriö", "ministeriet", "ministry", "virasto", "verket", "agency", "säätiö", "stiftelse", "foundation"),
    *("yhdistys", "förening", "association", "of", "the"),
}
LEAST_LETTERS = 4
NEARLY_EQUAL = 0.85
# Names that begin or end alike are compared with one another; more than so many are no longer a likeness.
MOST_TOGETHER = 40

type Named[Which] = tuple[Which, str]


def core(key: str) -> str:
    words = key.split()
    return " ".join([word for word in words if word not in GENERIC] or words)


def are_alike(one: str, other: str) -> bool:
    """Of two name keys: one is the beginning of the other, or hardly a letter differs."""
    short, long = sorted((core(one), core(other)), key=len)
    if len(short) >= LEAST_LETTERS and long.startswith(short):
        return True
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= NEARLY_EQUAL


def alike[Which](name: str, known: Iterable[Named[Which]]) -> list[Which]:
    return [which for which, key in known if are_alike(name, key)]


def pairs[Which](known: Iterable[Named[Which]]) -> Iterator[tuple[Which, Which]]:
    """Each two that may be one, once."""
    together: dict[tuple[str, str], list[int]] = defaultdict(list)
    rows = list(known)
    for place, (_which, key) in enumerate(rows):
        for block in {("begins", core(key)[:LEAST_LETTERS]), ("ends", core(key)[-LEAST_LETTERS:])}:
            together[block].append(place)
    seen = set()
    for places in together.values():
        for one, other in combinations(places[:MOST_TOGETHER], 2):
            if (one, other) not in seen and are_alike(rows[one][1], rows[other][1]):
                seen.add((one, other))
                yield rows[one][0], rows[other][0]
