"""Which names may mean one body though they are spelt otherwise. Pure, and only ever a question to a person."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import combinations

# Said of so many that it tells nobody apart; two that say different ones of these are two.
SAME = (
    ("kaupunki", "kunta", "stad", "kommun", "city", "municipality"),
    ("yliopisto", "universitet", "university"),
    ("ammattikorkeakoulu", "amk", "yrkeshögskola"),
    ("ministeriö", "ministeriet", "ministry"),
    ("virasto", "verket", "agency"),
    ("hyvinvointialue", "välfärdsområde"),
    ("maakuntaliitto", "liitto", "förbund"),
    ("säätiö", "stiftelse", "foundation"),
    ("yhdistys", "förening", "association"),
    ("seurakunta", "församling", "parish"),
)
GENERIC = {word: words[0] for words in SAME for word in words}
LEAST_LETTERS = 4
NEARLY_EQUAL = 0.85
# Names that begin or end alike are compared with one another; more than so many are no longer a likeness.
MOST_TOGETHER = 40

type Named[Which] = tuple[Which, str]


def core(key: str) -> str:
    words = key.split()
    return " ".join([word for word in words if word not in GENERIC] or words)


def sort_of(key: str) -> set[str]:
    return {GENERIC[word] for word in key.split() if word in GENERIC}


def are_alike(one: str, other: str) -> bool:
    """Of two name keys: one is the beginning of the other, or hardly a letter differs."""
    sorts = sort_of(one), sort_of(other)
    if all(sorts) and sorts[0] != sorts[1]:
        return False
    short, long = sorted((one, other), key=lambda key: len(core(key)))
    more_words = len(core(long).split()) > len(core(short).split())
    begins = len(core(short)) >= LEAST_LETTERS and core(long).startswith(core(short))
    if begins and not (more_words and sort_of(short)):
        return True
    compared = (core(one), core(other)) if all(sorts) else (one, other)
    return SequenceMatcher(None, *compared, autojunk=False).ratio() >= NEARLY_EQUAL


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
