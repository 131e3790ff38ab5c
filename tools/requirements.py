"""Which test shows which requirement: keeps the table of docs/requirements.md true.

tools/requirements.py            write the columns "tests" and "state" anew
tools/requirements.py --check    change nothing; exit 1 when the table is not true
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/requirements.md"
ROW = re.compile(r"^\| (?P<id>[A-Z]\d+) \| (?P<text>[^|]*?) \|.*$", re.MULTILINE)


def main(arguments: Sequence[str]) -> int:
    old = PAGE.read_text(encoding="utf-8")
    new, tests = page(old), marked_tests()
    unknown = sorted(tests.keys() - {row["id"] for row in ROW.finditer(old)})
    if unknown:
        print(f"Tests are marked with ids that {PAGE.name} does not list: {', '.join(unknown)}", file=sys.stderr)
        return 1
    if "--check" not in arguments:
        PAGE.write_text(new, encoding="utf-8")
    elif new != old:
        print(f"{PAGE.name} is not up to date: run tools/requirements.py", file=sys.stderr)
        return 1
    return 0


def page(text: str) -> str:
    """The id and the sentence of each row are written by hand; what follows them comes from the marks."""
    tests = marked_tests()

    def row(match: re.Match[str]) -> str:
        shown_by = tests.get(match["id"], [])
        names = "<br>".join(f"`{name}`" for name in shown_by)
        return f"| {match['id']} | {match['text']} | {names} | {'tested' if shown_by else 'open'} |"

    return ROW.sub(row, text)


def marked_tests() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for folder in ("src", "tests"):
        for path in sorted((ROOT / folder).rglob("test_*.py")):
            for requirement, name in marks(ast.parse(path.read_text(encoding="utf-8"))):
                found[requirement].append(f"{path.relative_to(ROOT)}::{name}" if name else str(path.relative_to(ROOT)))
    return {requirement: sorted(set(names)) for requirement, names in found.items()}


def marks(module: ast.Module) -> Iterator[tuple[str, str]]:
    """`pytest.mark.req("R14")` above a test, among its parameters, or as `pytestmark` for a whole file (no name then)."""
    for node in module.body:
        name = node.name if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) else ""
        for call in ast.walk(node):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "req":
                yield from ((str(argument.value), name) for argument in call.args if isinstance(argument, ast.Constant))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
