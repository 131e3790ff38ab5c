"""What browsers get is what was written, put together."""

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from rihma.site.frontend import path_of
from rihma.site.joined import NotUnderstood, joined
from tests.taste import PACKAGE, ROOT

NODE = ROOT / ".venv/bin/node"
FILES = {str(path.relative_to(folder)): path for folder in PACKAGE.glob("*/static") for path in folder.rglob("*.*")}
CANVAS_SHEETS = PACKAGE / "site/static/site/canvas"
# A star or a plain element beside something: it may be any of a list.
AFTER_ANY = re.compile(r"[+~]\s*(?:\*|[a-z]|:not\(|:(?:is|where)\((?:[^)]*,)?\s*(?:\*|[a-z]))")
MODULES = sorted(name for name in FILES if name.endswith(".js"))


def read(name: str) -> str:
    return FILES[name].read_text(encoding="utf-8")


def told(files: Mapping[str, str], name: str) -> str:
    return joined(name, files.__getitem__)


def said(folder: Path, module: str) -> str:
    """What a module writes when it runs."""
    (folder / "run.mjs").write_text(module)
    done = subprocess.run([NODE, folder / "run.mjs"], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.strip()


def test_joined_modules_give_what_they_gave_apart(tmp_path: Path) -> None:
    """All that touch no page when they are read."""
    lines = []
    for number, name in enumerate(MODULES):
        (tmp_path / f"{number}.mjs").write_text(joined(name, read))
        lines.append(f'names(await import("./{number}.mjs").catch(told), await import("{FILES[name]}").catch(told));')
    told_of = "const told = (problem) => ({ [problem.message]: null });"
    compare = "const names = (a, b) => console.log(Object.keys(a).join() === Object.keys(b).join());"
    assert said(tmp_path, "\n".join([told_of, compare, *lines])).split() == ["true"] * len(MODULES)


def test_module_runs_once_and_names_of_two_do_not_meet(tmp_path: Path) -> None:
    files = {
        "a.js": 'import { b } from "./deep/b.js";\nimport { c as two } from "./c.js";\nconst mine = 1;\nconsole.log(mine, b, two);',
        "deep/b.js": 'import "../c.js";\nconst mine = 2;\nexport const b = mine;',
        "c.js": 'console.log("once");\nconst mine = 3;\nexport const c = mine;',
    }
    assert said(tmp_path, told(files, "a.js")).splitlines() == ["once", "1 2 3"]


@pytest.mark.parametrize("sheet", sorted(path.name for path in CANVAS_SHEETS.glob("[!b]*.css")))
def test_no_style_rule_has_the_browser_look_at_a_whole_list_when_an_item_of_it_moves(sheet: str) -> None:
    rules = joined(f"site/canvas/{sheet}", lambda name: (FILES.get(name) or path_of(name)).read_text()).split("{")
    rules = [rule.rpartition("}")[2].rpartition(";")[2] for rule in rules]
    assert [rule.strip() for rule in rules if AFTER_ANY.search(rule)] == []


def test_what_is_loaded_later_is_found_from_where_it_is_put() -> None:
    files = {"a.js": 'import "./deep/b.js";', "deep/b.js": 'const later = () => import("./c.js");'}
    assert 'import("./deep/c.js")' in told(files, "a.js")


@pytest.mark.parametrize(
    "text",
    [
        'export * from "./b.js";',
        'import b from "./b.js";',
        "export default 1;",
        "export let changes = 1;",
        'import { a } from "./a.js";',
        "const text = `one\n  two`;",
    ],
)
def test_what_is_not_understood_is_an_error(text: str) -> None:
    with pytest.raises(NotUnderstood):
        told({"a.js": text, "b.js": ""}, "a.js")


def test_only_comments_are_left_out(tmp_path: Path) -> None:
    text = '/** Why.\n * And why. */\nconst a = "/* kept */";\n  // why\nconst b = /** @type {string} */ ("// kept");\nconsole.log(a, b);'
    assert "Why" not in told({"a.js": text}, "a.js")
    assert said(tmp_path, told({"a.js": text}, "a.js")) == "/* kept */ // kept"


def test_sheets_stand_in_their_order_layer_and_medium() -> None:
    files = {
        "a/all.css": '/* Why. */\n@import "b.css";\n@import "../c/c.css" layer(parts);\n@import "d.css" print;\np {\n  margin: 0;\n}\n',
        "a/b.css": "@layer one, two;",
        "c/c.css": 'p {\n  background: url("c.svg");\n}',
        "a/d.css": "p {\n  color: #000;\n}",
    }
    lines = told(files, "a/all.css").splitlines()
    assert lines[:4] == ["@layer one, two;", "@layer parts {", "p {", 'background: url("../c/c.svg");']
    assert lines[6:8] == ["@media print {", "p {"]
    assert lines[-3:] == ["p {", "margin: 0;", "}"]


def test_import_of_another_form_is_an_error() -> None:
    with pytest.raises(NotUnderstood):
        told({"a.css": "@import url(b.css) supports(display: grid);"}, "a.css")
