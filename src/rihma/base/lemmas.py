"""Base forms of words, so that whoever looks for *kunnissa* finds *kunta*, *kuntien* and *maakunta*.

Each language takes a second to load and the Finnish one some sixty megabytes, so nothing is loaded before it is asked for.
"""

import re
import threading
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import Any

LANGUAGES = ("fi", "sv", "en")
WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
# Longer ones are left out, because they are no words and some are made to take time.
LONGEST = 60
# So many words are looked for at once, because somebody will paste a page.
MOST_ASKED = 8
KEPT = 10_000
loading = threading.Lock()


def words_of(text: str) -> Iterator[str]:
    """Each word as it stands, in small letters; of what is joined by a hyphen the whole and the parts."""
    for found in WORD.finditer(text.lower()):
        word = found.group().replace("’", "'")
        if len(word) <= LONGEST:
            yield word
            if "-" in word:
                yield from filter(None, word.split("-"))


def bases(text: str, language: str) -> set[str]:
    """The base forms of all words of a text in this language; what it does not know may be a word of the others."""
    return {_base(word, language) for word in set(words_of(text))}


def asked(query: str) -> list[set[str]]:
    """For each word of a search what it may be a form of, in any language, and the word as it was typed."""
    words = list(dict.fromkeys(words_of(query)))[:MOST_ASKED]
    return [{word, *(_base(word, language) for language in LANGUAGES)} for word in words]


def joined(words: Iterable[str]) -> str:
    """As they are kept: each between two spaces, so that what begins or ends a word can be looked for, too."""
    return f" {' '.join(sorted(words))} "


def warm() -> None:
    """Begin to load beside whatever goes on, for whoever is about to search."""
    if not _made.cache_info().currsize and not loading.locked():
        threading.Thread(target=_lemmatizer, name="lemmas", daemon=True).start()


def _base(word: str, first: str) -> str:
    others = (one for one in LANGUAGES if one != first)
    return str(_lemmatizer().lemmatize(word, lang=(first, *others))).lower()


def _lemmatizer() -> Any:
    with loading:
        return _made()


@cache
def _made() -> Any:
    """The dictionaries stay packed: a word takes thirty microseconds instead of two, and memory a seventh."""
    simplemma = import_module("simplemma")
    strategies = import_module("simplemma.strategies")
    packed = import_module("simplemma.strategies.dictionaries").StreamDictionaryFactory()
    strategy = strategies.DefaultStrategy(dictionary_factory=packed)
    made = simplemma.Lemmatizer(cache_max_size=KEPT, lemmatization_strategy=strategy)
    for language in LANGUAGES:
        made.lemmatize("a", lang=language)
    return made
