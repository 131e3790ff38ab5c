"""Everything a person reads is there in Finnish, Swedish and English."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.base import Lexer, Token, TokenType

from tests.taste import NOT_OURS, PACKAGE, ROOT, ours

LANGUAGES = {"fi", "sv", "en"}
# Names that are the same in every language, and what readers of code and data look for.
SAME_EVERYWHERE = {
    "Rihma",
    "Suomi",
    "Svenska",
    "English",
    "JSON",
    "Atom",
    "EUPL",
    "CC",
    "BY",
    "API",
    "PDF",
    "SVG",
    "Ctrl",
    "Esc",
}
WORD = re.compile(r"[^\W\d_]{2,}")
SPOKEN_ATTRIBUTES = {"alt", "title", "placeholder", "aria-label", "aria-description"}
NOT_SPOKEN = {"script", "style", "svg", "code"}
# Their texts are words for people; a literal there would be English for everybody.
SPOKEN_ARGUMENTS = {"label", "help_text", "verbose_name", "verbose_name_plural", "empty_label"}
SHIPPED_TEXTS = sorted(path for path in PACKAGE.rglob("*.toml") if not NOT_OURS & set(path.parts))


def for_people(path: Path) -> bool:
    """The gallery shows the parts of the look to those who make pages: it speaks English only."""
    return "tests" not in path.parts and "gallery" not in {*path.parts, path.stem}


PAGES = [path for path in ours(PACKAGE, ".html") if "templates" in path.parts and for_people(path)]


def test_every_string_has_its_finnish_and_swedish() -> None:
    done = subprocess.run(
        [sys.executable, "tools/messages.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "Every string has its Finnish and Swedish.\n")


@pytest.mark.parametrize("path", SHIPPED_TEXTS, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_shipped_texts_are_there_in_every_language(path: Path) -> None:
    assert list(one_sided(tomllib.loads(path.read_text(encoding="utf-8")), "")) == []


def one_sided(value: object, where: str) -> Iterator[str]:
    """Texts that some language lacks: a table with a key of one language is a text in all."""
    if isinstance(value, Mapping):
        spoken = {key for key in value.keys() & LANGUAGES if str(value[key]).strip()}
        if value.keys() & LANGUAGES and all(isinstance(value[key], str) for key in value.keys() & LANGUAGES):
            yield from (f"{where} has no {language}" for language in sorted(LANGUAGES - spoken))
        for key, inner in value.items():
            yield from one_sided(inner, f"{where}.{key}".strip("."))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from one_sided(inner, f"{where}[{number}]")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_page_has_no_words_outside_translations(path: Path) -> None:
    assert literal_words(path.read_text(encoding="utf-8")) == []


def literal_words(source: str) -> list[str]:
    reader = Reader()
    reader.feed("".join(untranslated(Lexer(source).tokenize())))
    return [text for text in reader.said if set(WORD.findall(text)) - SAME_EVERYWHERE]


def untranslated(tokens: list[Token]) -> Iterator[str]:
    """The markup with every tag of the template cut out, and with it what lies in `blocktranslate` and `comment`."""
    inside = ""
    for token in tokens:
        name = token.contents.partition(" ")[0] if token.token_type is TokenType.BLOCK else ""
        if inside:
            inside = "" if name == f"end{inside}" else inside
        elif name in {"blocktranslate", "blocktrans", "comment"}:
            inside = name
        elif token.contents == "block wide":
            # Holds a class for the layout, not words.
            inside = "block"
        elif token.token_type is TokenType.TEXT:
            yield token.contents


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in NOT_SPOKEN
        self.said += [value for name, value in attrs if name in SPOKEN_ATTRIBUTES and value]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in NOT_SPOKEN

    def handle_data(self, data: str) -> None:
        if not self.silent and data.strip():
            self.said.append(data.strip())


def test_python_says_nothing_to_people_in_one_language_only() -> None:
    files = [path for path in ours(PACKAGE, ".py") if for_people(path)]
    assert [f"{path.relative_to(PACKAGE)}: {text}" for path in files for text in literal_speech(path)] == []


def literal_speech(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            spoken = [keyword.value for keyword in node.keywords if keyword.arg in SPOKEN_ARGUMENTS]
            if isinstance(node.func, ast.Name) and node.func.id == "Refused":
                spoken += node.args[1:2]
            yield from (str(ast.literal_eval(value)) for value in spoken if is_literal_text(value))


def is_literal_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(WORD.search(node.value))


def test_words_outside_translations_are_found() -> None:
    page = '{% load i18n %}<p>{% translate "A" %}</p><p>Plain</p><img alt="Seen">{% blocktranslate %}B{% endblocktranslate %}'
    assert literal_words(page) == ["Plain", "Seen"]
