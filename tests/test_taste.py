"""Ceilings that may only go down. A number here is raised by nobody; the code is made smaller or clearer instead."""

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from tests import pathweight, taste
from tests.taste import PACKAGE, ROOT, Taste

LINES = {".py": 300, ".html": 120, ".js": 250, ".css": 400}
LINES_OF_A_FUNCTION = 50
LINES_OF_NEARLY_ALL_FUNCTIONS = 40
FAN_OUT = 7
SAY_WHY = 0.45
READ_AS_RULES = 0.75
DEPENDENCIES = 30
PATH_WEIGHT = 700
NOQAS = 19
TYPE_IGNORES = 6
BANNER = re.compile(r"^\s*(#|//|/\*)\s*[-=*#─]{3,}", re.MULTILINE)
JUNK_DRAWERS = {"utils", "helpers", "common", "services", "misc", "signals", "receivers"}


@cache
def measured() -> Taste:
    return taste.measure()


@pytest.mark.parametrize("suffix", LINES)
def test_no_file_is_longer_than_a_sitting(suffix: str) -> None:
    lengths = {str(path.relative_to(PACKAGE)): pathweight.lines(path) for path in taste.ours(PACKAGE, suffix)}
    assert {name: lines for name, lines in lengths.items() if lines > LINES[suffix]} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    assert [f for f in measured().longest_functions if f[0] > LINES_OF_A_FUNCTION] == []


def test_nearly_all_functions_are_short() -> None:
    assert taste.quantile(list(measured().functions.values()), 0.99) <= LINES_OF_NEARLY_ALL_FUNCTIONS


def test_every_function_says_what_it_returns() -> None:
    assert measured().unannotated == []


def test_no_two_areas_know_each_other() -> None:
    assert measured().mutual_pairs == []


def test_no_area_is_imported_inside_a_function() -> None:
    assert measured().inline_imports == []


def test_no_area_uses_more_than_it_can_carry() -> None:
    assert {area: sorted(used) for area, used in measured().fan_out.items() if len(used) > FAN_OUT} == {}


def test_no_file_is_a_junk_drawer() -> None:
    assert [str(p) for p in taste.ours(PACKAGE, ".py") if JUNK_DRAWERS & {p.stem, p.parent.name}] == []


def test_no_file_is_cut_up_by_banners() -> None:
    files = [path for suffix in (".py", ".js", ".css") for path in taste.ours(PACKAGE, suffix)]
    assert [str(path) for path in files if BANNER.search(path.read_text(encoding="utf-8"))] == []


def test_comments_say_why() -> None:
    assert measured().say_why >= SAY_WHY, silent_comments()


def silent_comments() -> str:
    return "\n".join(comment for comment in measured().comments if not taste.WHY.search(comment))


def test_test_names_read_as_rules() -> None:
    assert measured().read_as_rules >= READ_AS_RULES, [n for n in measured().tests if not taste.reads_as_rule(n)]


def test_every_exception_to_a_check_has_its_reason() -> None:
    assert measured().unexplained == []


def test_exceptions_to_checks_do_not_grow() -> None:
    assert (len(measured().noqas) <= NOQAS, len(measured().type_ignores) <= TYPE_IGNORES) == (True, True)


def test_dependencies_are_few_and_each_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    names = tomllib.loads(text)["project"]["dependencies"]
    unexplained = [name for name in names if not re.search(rf'"{re.escape(name)}",\s*# \S', text)]
    assert (len(names) <= DEPENDENCIES, unexplained) == (True, [])


@pytest.mark.parametrize("feature", pathweight.FEATURES)
def test_a_feature_can_be_followed_in_one_sitting(feature: str) -> None:
    assert sum(pathweight.weight(feature).values()) <= PATH_WEIGHT


def test_nothing_of_others_is_copied_into_the_repository() -> None:
    copied = [path for name in ("vendor", "node_modules", "dist") for path in Path(ROOT / "src").rglob(name)]
    assert copied == []
