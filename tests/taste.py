"""Measures the code on what we judge ourselves by; `make taste` prints it, test_taste.py holds the ceilings."""

import ast
import math
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src/rihma"
NOT_OURS = {"migrations", "vendor", "locale", "__pycache__"}
# These two know everything by design.
KNOW_ALL = {"site", "insights", "__main__"}
# Every area stands on these, so they are not counted (docs/decisions/foundation-areas.md).
FOUNDATION = {"base", "accounts", "history", "notices"}
LONG_FUNCTION = 50
FEWEST_WORDS = 3
# Words for a tool, and the addresses that head a group of routes.
NOT_A_COMMENT = re.compile(r"#!|# (type:|noqa|fmt|pragma|/\S*$)")
EXCEPTION = re.compile(r"#\s*(noqa|type: ignore)(?P<codes>[:\[][^#\n]*?)?(?P<reason>\s+[-#]\s*\S.*)?$", re.MULTILINE)
# A comment says why when it gives a reason, a consequence or a constraint.
WHY = re.compile(
    r"\b(because|since|so that|so we|so the|so a|otherwise|instead of|avoid|prevent|ensure|needed|"
    r"necessary|must|don't|do not|never|always|in order to|to make sure|in case|even if|unless|"
    r"NB|note|important|workaround|hack|compat|race|security|performance|guarantee|intentional\w*|"
    r"deliberate\w*|allows?|would|can't|cannot|should|rather than)\b",
    re.IGNORECASE,
)
# A name reads as a rule when it holds a finite verb and enough words.
RULE = re.compile(
    r"_(is|are|was|has|have|can|cannot|may|must|does|do|not|only|never|keeps?|sends?|"
    r"returns?|rejects?|requires?|allows?|creates?|adds?|removes?|shows?|hides?|raises?|ignores?|"
    r"handles?|updates?|deletes?|sets?|uses?|clears?|checks?|validates?|excludes?|includes?|"
    r"redirects?|renders?|saves?|fails?|works|honou?rs?|respects?|skips?|denies|denied|forbids?|"
    r"persists?|preserves?|prevents?|blocks?|when|without|after|before|unless|if|"
    r"accepts|asks|becomes|begins|belongs|brings|carries|closes|comes|enters|finds|follows|gets|gives|goes|"
    r"holds|knows|leaves|makes|meets|opens|proves|promotes|reaches|reads|refuses|says|sees|stands|stays|stops|"
    r"submits|takes|tells|waits|wins|writes)(_|$)"
)


@dataclass
class Taste:
    files: dict[str, int] = field(default_factory=dict)
    functions: dict[str, int] = field(default_factory=dict)
    unannotated: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    uses: Counter[tuple[str, str]] = field(default_factory=Counter)
    inline_imports: list[str] = field(default_factory=list)
    tests: list[str] = field(default_factory=list)
    test_lines: int = 0
    noqas: list[str] = field(default_factory=list)
    type_ignores: list[str] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)

    @property
    def mutual_pairs(self) -> list[tuple[str, str]]:
        return sorted((a, b) for a, b in self.uses if a < b and (b, a) in self.uses)

    @property
    def fan_out(self) -> dict[str, set[str]]:
        out: dict[str, set[str]] = defaultdict(set)
        for user, used in self.uses:
            if used not in FOUNDATION:
                out[user].add(used)
        return {area: used for area, used in out.items() if area not in KNOW_ALL}

    @property
    def say_why(self) -> float:
        return share(bool(WHY.search(comment)) for comment in self.comments)

    @property
    def read_as_rules(self) -> float:
        return share(reads_as_rule(name) for name in self.tests)

    @property
    def longest_functions(self) -> list[tuple[int, str]]:
        return sorted(((lines, name) for name, lines in self.functions.items()), reverse=True)


def reads_as_rule(name: str) -> bool:
    return bool(RULE.search(name)) and name.count("_") >= FEWEST_WORDS


def measure() -> Taste:
    taste = Taste()
    for path in ours(PACKAGE, ".py"):
        if "tests" not in path.parts:
            measure_module(path, taste)
    for path in (*ours(ROOT / "tests", ".py"), *ours(PACKAGE, ".py")):
        if "tests" in path.parts:
            text = path.read_text(encoding="utf-8")
            taste.test_lines += text.count("\n")
            taste.tests += [f.name for f in functions(ast.parse(text)) if f.name.startswith("test")]
    return taste


def ours(folder: Path, suffix: str) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob(f"*{suffix}")) if not NOT_OURS & set(path.parts))


def measure_module(path: Path, taste: Taste) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    name = str(path.relative_to(PACKAGE))
    taste.files[name] = text.count("\n")
    for function in functions(tree):
        taste.functions[f"{name}:{function.name}"] = (function.end_lineno or function.lineno) - function.lineno + 1
        if function.returns is None:
            taste.unannotated.append(f"{name}:{function.name}")
    taste.comments += comment_blocks(text)
    measure_imports(path, tree, taste)
    for found in EXCEPTION.finditer(text):
        (taste.noqas if found[1] == "noqa" else taste.type_ignores).append(f"{name}: {found[0]}")
        if not found["codes"] or not found["reason"]:
            taste.unexplained.append(f"{name}: {found[0]}")


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def comment_blocks(text: str) -> Iterator[str]:
    block: list[str] = []
    for line in [*text.splitlines(), ""]:
        stripped = line.strip()
        if stripped.startswith("#") and not NOT_A_COMMENT.match(stripped):
            block.append(stripped)
        elif block:
            yield " ".join(block)
            block = []


def measure_imports(path: Path, tree: ast.Module, taste: Taste) -> None:
    here = area_of(path)
    top = set(map(id, tree.body)) | {
        id(node) for guard in tree.body if is_type_guard(guard) for node in ast.walk(guard)
    }
    for node in ast.walk(tree):
        for there in imported_areas(node) - {here}:
            taste.uses[here, there] += 1
            if id(node) not in top:
                taste.inline_imports.append(f"{path.relative_to(PACKAGE)} imports {there}")


def area_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def is_type_guard(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}


def imported_areas(node: ast.AST) -> set[str]:
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        names = [f"{node.module}.{alias.name}" for alias in node.names]
    elif isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    else:
        return set()
    return {name.split(".")[1] for name in names if name.startswith("rihma.")}


def share(values: Iterator[bool]) -> float:
    answers = list(values)
    return sum(answers) / len(answers) if answers else 1.0


def quantile(values: Sequence[int], part: float) -> int:
    return sorted(values)[min(len(values) - 1, math.floor(len(values) * part))] if values else 0


def rows(taste: Taste) -> Iterator[tuple[str, object]]:
    lengths, spans = list(taste.files.values()), list(taste.functions.values())
    code = sum(lengths)
    longest = max(taste.files, key=lambda name: taste.files[name])
    widest = max(taste.fan_out.items(), key=lambda item: len(item[1]), default=("-", set()))
    yield "code", f"{len(lengths)} files, {code} lines"
    yield (
        "file: median, p90, longest",
        f"{statistics.median(lengths):.0f}, {quantile(lengths, 0.9)}, {max(lengths)} {longest}",
    )
    yield (
        "function: median, p90, p99, longest",
        (
            f"{statistics.median(spans):.0f}, {quantile(spans, 0.9)}, {quantile(spans, 0.99)}, {taste.longest_functions[0]}"
        ),
    )
    yield "functions over 50 lines", sum(span > LONG_FUNCTION for span in spans)
    yield "functions without a return type", len(taste.unannotated)
    yield "uses between areas, mutual pairs", f"{len(taste.uses)}, {taste.mutual_pairs}"
    yield "imports of another area inside a function", taste.inline_imports
    yield "widest fan-out", f"{widest[0]}: {len(widest[1])} {sorted(widest[1])}"
    yield "comments, share that says why", f"{len(taste.comments)}, {taste.say_why:.0%}"
    yield "tests, test : code", f"{len(taste.tests)}, {taste.test_lines / max(1, code):.2f}"
    yield "test names that read as rules", f"{taste.read_as_rules:.0%}"
    yield (
        "noqa, type: ignore, without a reason",
        (f"{len(taste.noqas)}, {len(taste.type_ignores)}, {len(taste.unexplained)}"),
    )


if __name__ == "__main__":
    for label, value in rows(measure()):
        print(f"{label:42} {value}")
