"""Where a key of the programme file stands."""

import tomllib
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rihma.programmes.file.lines import line_at, lines_of
from rihma.programmes.file.section import Path
from rihma.programmes.file.toml import dump

TEXT = '''# a comment with = and [brackets]
rihma = 1

[programme]
slug = "x"   # said once
title.fi = "a # no comment"
title.sv = 'b'
description.fi = """
[not.a.table]
key = "neither"
"""
"quoted key" = 1
partners = [
  "one",   # first
  "two, with a comma",
]

[[theme]]
title = {fi = "a", sv = "b"}

[[theme]]
title = { fi = "c" }
[theme.more]
deep = 3
[theme.more.deeper]
deepest = 2023-01-13 23:59:59
'''
PLACES: list[tuple[Path, int]] = [
    (("rihma",), 2),
    (("programme",), 4),
    (("programme", "slug"), 5),
    (("programme", "title"), 6),
    (("programme", "title", "sv"), 7),
    (("programme", "description", "fi"), 8),
    (("programme", "quoted key"), 12),
    (("programme", "partners"), 13),
    (("programme", "partners", 0), 14),
    (("programme", "partners", 1), 15),
    (("theme", 0), 18),
    (("theme", 0, "title", "sv"), 19),
    (("theme", 1), 21),
    (("theme", 1, "title", "fi"), 22),
    (("theme", 1, "more"), 23),
    (("theme", 1, "more", "deep"), 24),
    (("theme", 1, "more", "deeper", "deepest"), 26),
]


@pytest.mark.parametrize(("path", "line"), PLACES, ids=str)
def test_key_is_found_on_its_line(path: Path, line: int) -> None:
    assert line_at(lines_of(TEXT), path) == line


def test_missing_key_is_placed_at_its_table() -> None:
    assert line_at(lines_of(TEXT), ("theme", 1, "colour")) == 21


def test_missing_table_has_no_line() -> None:
    assert line_at(lines_of(TEXT), ("call", "closes")) is None


@pytest.mark.parametrize(
    "text",
    [
        "a = 1",
        "a = [[1, 2], [3]]\nb = {c = [], d = {}}\n",
        "a.b . c = 1\n[ x . y ]\nz = '''''two quotes first\n'' and last'''''\n",
        'a = """"quoted""""\nb = "\\"[c]\\" # \\\\"\n',
        "\n\n  # nothing but this\n",
        "a = 1979-05-27T07:32:00Z # moment\n[[b]]\n[[b.c]]\n[[b.c]]\nd = true\n[[b]]\n[[b.c]]\nd = false\n",
        "",
    ],
)
def test_whatever_toml_allows_is_followed(text: str) -> None:
    assert set(lines_of(text)) >= set(paths_of(tomllib.loads(text)))


KEYS = st.text("abc.# [\"'=é", min_size=1, max_size=6)
PLAIN = st.one_of(
    st.text(max_size=30),
    st.text("\"'\\\n#[]={}, ", max_size=30),
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.dates(date(1000, 1, 1)),
    st.datetimes(datetime(1000, 1, 1)),  # noqa: DTZ001 - local times on purpose
)
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, min_size=1, max_size=3)
)
ROWS = st.dictionaries(KEYS, VALUES, min_size=1, max_size=4)
TABLES = st.dictionaries(KEYS, st.one_of(PLAIN, ROWS, st.lists(ROWS, min_size=1, max_size=3)), max_size=5)


@given(TABLES)
def test_written_tables_are_read_back_as_they_were(tables: dict[str, object]) -> None:
    assert tomllib.loads(dump(tables)) == tables


@given(TABLES)
def test_every_key_written_is_found_where_it_stands(tables: dict[str, object]) -> None:
    text = dump(tables)
    lines = lines_of(text)
    assert set(lines) >= set(paths_of(tables))
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())


def paths_of(value: object, path: Path = ()) -> list[Path]:
    """Every path in the value that names something."""
    inner: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    own = [path] if path else []
    return own + [deeper for step, one in inner for deeper in paths_of(one, (*path, step))]
