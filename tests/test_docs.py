"""What the documents say of commands, settings, routes, words and files is held to what there is."""

import ast
import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer
from babel.messages.pofile import read_po
from django.apps import apps

from rihma.accounts.scopes import declared
from rihma.site.commands import app
from tests.taste import NOT_OURS, PACKAGE, ROOT, ours
from tools import canvas_kinds, routes, states

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PLACES = ("src", "tests", "tools", "docs", "bench", ".ci")
FENCED = re.compile(r"^ *```.*?^ *```$", re.DOTALL | re.MULTILINE)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
FILE = re.compile(r"[\w.-][\w./-]*\.(py|html|txt|toml|css|js|md|csv|po|svg|png|lock)")
FOLDER = re.compile(rf"({'|'.join(map(re.escape, PLACES))})/([\w.-]+/)*")
EXAMPLE = re.compile(r"(?P<file>[\w./-]+\.py):(?P<name>\w+(\.\w+)?)")
VARIABLE = re.compile(r"\b(RIHMA_[A-Z_]+|DATABASE_URL)\b")
TARGET = re.compile(r"^([a-z-]+):", re.MULTILINE)
MADE = re.compile(r"\bmake ([a-z-]+)")
SLANTED = re.compile(r"(?<!\*)\*([^*\n]+)\*(?!\*)")
WORD = re.compile(
    r"^\| (?P<code>[^|]+) \| (?P<fi>[^|]+) \| (?P<sv>[^|]+) \| (?P<en>[^|]+) \| (?P<means>[^|]+) \|$", re.MULTILINE
)
CHECK = re.compile(r'id="(rihma[.\w]*\.[EW]\d+)"')
# What Rihma's own rule of saying no is called in Finnish and Swedish depends on who says it.
SAID_IN_CODE_ONLY = {"Refused"}
LONGEST_DECISION = 60
LARGEST_PICTURE = 200_000


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def names(path: Path) -> str:
    return str(path.relative_to(ROOT))


def spans(path: Path) -> list[str]:
    """Each word of what stands in backticks, but not in blocks of code, which are examples."""
    text = FENCED.sub("", path.read_text(encoding="utf-8"))
    return [word.strip("'\",;") for span in SPAN.findall(text) for word in span.split()]


@cache
def there() -> frozenset[str]:
    """Every ending of every path of the repository: `rules.py`, `teams/rules.py` and so on."""
    found = [
        path
        for place in PLACES
        for path in (ROOT / place).rglob("*")
        if not NOT_OURS - {"locale", "migrations"} & set(path.parts)
    ]
    found += [*(ROOT / place for place in PLACES), *(path for path in ROOT.iterdir() if path.is_file())]
    parts = [path.relative_to(ROOT).parts for path in found]
    return frozenset("/".join(one[start:]) for one in parts for start in range(len(one)))


def commands(group: Any, before: str = "rihma") -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{before} {name}")
        else:
            yield f"{before} {name}", command


COMMANDS = dict(commands(typer.main.get_command(app)))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented_with_its_options(name: str) -> None:
    section = text_of("docs/commands.md").partition(f"\n## {heading_of(name)}\n")[2].partition("\n## ")[0]
    options = [option for each in COMMANDS[name].params for option in each.opts if option.startswith("--")]
    lacking = [option for option in options if not re.search(rf"{option}\b", section)]
    assert (section != "", name == heading_of(name) or f"`{name} " in section, lacking) == (True, True, [])


def heading_of(command: str) -> str:
    """Commands of a group stand together under its name."""
    return " ".join(command.split()[:2])


def test_every_documented_command_is_there() -> None:
    headings = {heading for heading in HEADING.findall(text_of("docs/commands.md")) if heading.startswith("rihma ")}
    assert headings == {heading_of(name) for name in COMMANDS}


def test_every_setting_of_the_environment_is_documented() -> None:
    read = {name for path in ours(PACKAGE, ".py") if "tests" not in path.parts for name in environment(path)}
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", text_of("docs/settings.md"), re.MULTILINE))
    assert read | {"DATABASE_URL"} == documented


def test_every_scope_of_a_token_is_documented() -> None:
    told = re.findall(r"^\| `([a-z]+:[a-z]+)` \|", text_of("docs/api.md"), re.MULTILINE)
    assert sorted(told) == sorted(declared())


def environment(path: Path) -> set[str]:
    return {name for name in VARIABLE.findall(path.read_text(encoding="utf-8")) if name.startswith("RIHMA_")}


@pytest.mark.parametrize("path", DOCUMENTS, ids=names)
def test_document_names_no_setting_that_is_not_read(path: Path) -> None:
    code = [file for place in ("src", "tests", "tools", "bench") for file in (ROOT / place).rglob("*.py")]
    read = {name for file in code for name in environment(file)}
    assert set(VARIABLE.findall(path.read_text(encoding="utf-8"))) - read - {"DATABASE_URL"} == set()


def test_every_check_before_the_start_is_documented() -> None:
    files = [path for path in ours(PACKAGE, ".py") if "tests" not in path.parts]
    checks = {name for path in files for name in CHECK.findall(path.read_text(encoding="utf-8"))}
    assert checks == set(re.findall(r"^\| `(rihma\.[\w.]+)` \|", text_of("docs/commands.md"), re.MULTILINE))


def test_architecture_draws_the_layers_there_are() -> None:
    contracts = tomllib.loads(text_of("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c.get("containers") == ["rihma"])
    drawn = FENCED.search(text_of("ARCHITECTURE.md"))
    assert drawn
    listed = [
        areas
        for line in drawn.group().splitlines()
        if line[:1].isalpha() and (areas := re.findall(r"\w+", re.split(r"\s{2,}", line)[0]))
    ]
    assert listed == [re.findall(r"\w+", layer) for layer in layers]


def test_addresses_are_listed_as_they_are() -> None:
    assert routes.PAGE.read_text(encoding="utf-8") == routes.page(), "run tools/routes.py"


def test_kinds_of_canvas_are_listed_as_their_files_have_them() -> None:
    assert canvas_kinds.PAGE.read_text(encoding="utf-8") == canvas_kinds.page(), "run tools/canvas_kinds.py"


def test_states_are_drawn_as_the_rules_have_them() -> None:
    assert states.PAGE.read_text(encoding="utf-8") == states.page(), "run tools/states.py"


def test_every_model_has_its_word_in_the_glossary() -> None:
    coded = {row["code"].strip("` ") for row in WORD.finditer(text_of("docs/glossary.md"))}
    models = [model for model in apps.get_models() if model.__module__.startswith("rihma.")]
    labels = {f"{model.__module__.split('.')[1]}.{model.__name__}" for model in models}
    assert {label for label in labels if not {label, label.partition(".")[2]} & coded} == set()


def test_every_word_of_the_glossary_is_used_in_code() -> None:
    coded = {row["code"].strip("` ").rpartition(".")[2] for row in WORD.finditer(text_of("docs/glossary.md"))}
    code = "\n".join(path.read_text(encoding="utf-8") for path in ours(PACKAGE, ".py"))
    unused = {word for word in coded - {"in code", "–", "---"} if not re.search(rf"\b{word}\b", code)}
    assert unused == set()


def test_every_word_of_the_glossary_is_there_in_each_language() -> None:
    rows = [
        row for row in WORD.finditer(text_of("docs/glossary.md")) if row["code"].strip("` ") not in SAID_IN_CODE_ONLY
    ]
    lacking = [
        (row["en"], language) for row in rows for language in ("fi", "sv", "en") if row[language].strip() in {"", "–"}
    ]
    assert lacking == []


def test_no_two_words_of_the_glossary_mean_the_same() -> None:
    means = [
        row["means"] for row in WORD.finditer(text_of("docs/glossary.md")) if row["means"] not in {"what it is", "---"}
    ]
    assert len(means) == len(set(means))


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_pages_say_the_words_of_the_glossary(language: str) -> None:
    catalogues = [phrases(path) for path in PACKAGE.glob(f"*/locale/{language}/LC_MESSAGES/django.po")]
    said = [(text.lower(), translation.lower()) for found in catalogues for text, translation in found.items()]
    words = {row["en"].lower(): row[language].lower() for row in WORD.finditer(text_of("docs/glossary.md"))}
    del words["english"]
    assert {(text, word) for text, word in said if word and words.get(text, word) != word} == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=names)
def test_every_file_that_a_document_names_is_there(path: Path) -> None:
    named = {word.partition(":")[0] for word in spans(path) if FILE.fullmatch(word.partition(":")[0])}
    named |= {word.rstrip("/") for word in spans(path) if FOLDER.fullmatch(word)}
    assert named - there() == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=names)
def test_every_link_of_a_document_leads_somewhere(path: Path) -> None:
    text = FENCED.sub("", path.read_text(encoding="utf-8"))
    targets = [link for link in LINK.findall(text) if not re.match(r"[a-z]+:", link)]
    assert [link for link in targets if not leads(path, link)] == []


def test_every_document_is_found_from_the_readme() -> None:
    found, ahead = set(), [ROOT / "README.md"]
    while ahead:
        path = ahead.pop()
        if path not in found and path in DOCUMENTS:
            found.add(path)
            targets = [
                (path.parent / link.partition("#")[0]).resolve() for link in LINK.findall(path.read_text("utf-8"))
            ]
            ahead += [page for target in targets for page in (target.glob("*.md") if target.is_dir() else [target])]
    assert sorted(set(DOCUMENTS) - found) == []


def leads(path: Path, link: str) -> bool:
    file, _, anchor = link.partition("#")
    target = (path.parent / file).resolve() if file else path
    if not target.exists() or not anchor:
        return target.exists()
    return anchor in {anchor_of(heading) for heading in HEADING.findall(target.read_text(encoding="utf-8"))}


def anchor_of(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("path", DOCUMENTS, ids=names)
def test_every_named_place_in_code_is_there(path: Path) -> None:
    named = [found for word in spans(path) if (found := EXAMPLE.fullmatch(word))]
    assert [found.group() for found in named if found["name"] not in defined_in(ROOT / found["file"])] == []


def defined_in(path: Path) -> set[str]:
    """Names on the outermost level, and those inside its classes."""
    defined = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        defined |= set(names_of(node))
        if isinstance(node, ast.ClassDef):
            defined |= {f"{node.name}.{name}" for inner in node.body for name in names_of(inner)}
    return defined


def names_of(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]


def test_each_of_the_ten_rules_of_style_shows_its_place() -> None:
    rules = re.findall(r"^\*\*(\d+)\. .*?(?=^\*\*\d|^## )", text_of("STYLE.md"), re.DOTALL | re.MULTILINE)
    places = [rule for rule in re.split(r"^\*\*\d+\. ", text_of("STYLE.md"), flags=re.MULTILINE)[1:] if "\n→ `" in rule]
    assert (rules, len(places)) == ([str(number) for number in range(1, 11)], 10)


def test_readme_starts_everything_by_two_commands() -> None:
    told = re.findall(r"^    (.+)$", text_of("README.md"), re.MULTILINE)
    assert (told, {"demo", "test"} - set(TARGET.findall(text_of("Makefile")))) == (["make demo", "make test"], set())


@pytest.mark.parametrize("path", DOCUMENTS, ids=names)
def test_every_make_target_that_a_document_names_is_there(path: Path) -> None:
    named = {target for span in SPAN.findall(path.read_text(encoding="utf-8")) for target in MADE.findall(span)}
    assert named - set(TARGET.findall(text_of("Makefile"))) == set()


def test_picture_of_the_readme_is_light() -> None:
    assert (ROOT / "docs/picture.png").stat().st_size <= LARGEST_PICTURE


@pytest.mark.parametrize("path", sorted((ROOT / "docs/decisions").glob("*.md")), ids=names)
def test_decision_is_told_on_one_page(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= LONGEST_DECISION


def test_guide_says_buttons_and_pages_as_they_are_called() -> None:
    paragraphs = text_of("docs/programme-in-a-day.md").split("\n\n")
    said = {name for text in paragraphs for name in SLANTED.findall(" ".join(text.split()))} - {"slanted", "Nobody"}
    shown = {phrase for path in PACKAGE.glob("*/locale/fi/LC_MESSAGES/django.po") for phrase in phrases(path)}
    assert said - shown == set()


def phrases(path: Path) -> dict[str, str]:
    """What stands in a catalogue, with its translation; of singular and plural only the singular."""
    with path.open("rb") as file:
        return {first(message.id): first(message.string or "") for message in read_po(file)}


def first(text: str | Sequence[str]) -> str:
    return text if isinstance(text, str) else text[0]
