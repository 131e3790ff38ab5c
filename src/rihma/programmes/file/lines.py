"""Finds the line of each key of a TOML text, which the standard parser does not tell.

Works on text that `tomllib` has accepted, so it follows the grammar loosely and never judges it.
"""

import re
import tomllib
from bisect import bisect_right

from rihma.programmes.file.section import Path

BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
SPACE = re.compile(r"[ \t]*")
KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")
STRING = re.compile(
    r'''"""(?:[^\\]|\\.)*?"""(?:"{0,2})|\'\'\'.*?\'\'\'(?:'{0,2})|"(?:[^"\\\n]|\\.)*"|'[^'\n]*\'''', re.DOTALL
)
ATOM = re.compile(r"[^,\]}\n#]+")


def lines_of(text: str) -> dict[Path, int]:
    """Path of each key, table and list element → the line where it begins."""
    return _Scan(text).run()


def line_at(lines: dict[Path, int], path: Path) -> int | None:
    """The line of the key, or of the nearest table around it that is written down."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self.found: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}

    def run(self) -> dict[Path, int]:
        table: Path = ()
        self._skip(BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip(BLANK)
        return self.found

    def _header(self) -> Path:
        line = self._line()
        many = self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        *parents, name = self._dotted()
        self.at += 2 if many else 1
        path: Path = ()
        for parent in parents:
            path = self._inside((*path, parent), line)
        path = (*path, name)
        self.found.setdefault(path, line)
        if many:
            self.counts[path] = self.counts.get(path, 0) + 1
        return self._inside(path, line)

    def _inside(self, path: Path, line: int) -> Path:
        """The path, or its latest element where it is a list of tables."""
        if path in self.counts:
            path = (*path, self.counts[path] - 1)
        self.found.setdefault(path, line)
        return path

    def _pair(self, table: Path) -> None:
        line = self._line()
        path = table
        for part in self._dotted():
            path = (*path, part)
            self.found.setdefault(path, line)
        self.at += 1  # the equals sign
        self._skip(SPACE)
        self._value(path)

    def _dotted(self) -> list[str]:
        parts = []
        while True:
            self._skip(SPACE)
            token = self._take(KEY)
            parts.append(tomllib.loads(f"k = {token}")["k"] if token[0] in "\"'" else token)
            self._skip(SPACE)
            if not self.text.startswith(".", self.at):
                return parts
            self.at += 1

    def _value(self, path: Path) -> None:
        first = self.text[self.at]
        if first in "\"'":
            self._take(STRING)
        elif first == "[":
            self._sequence(path, "]")
        elif first == "{":
            self._sequence(path, "}")
        else:
            self._take(ATOM)

    def _sequence(self, path: Path, end: str) -> None:
        """An array or an inline table; both are parts with commas between."""
        self.at += 1
        number = 0
        while True:
            self._skip(BLANK)
            if self.text[self.at] == end:
                self.at += 1
                return
            if end == "}":
                self._pair(path)
            else:
                element = (*path, number)
                self.found[element] = self._line()
                self._value(element)
            number += 1
            self._skip(BLANK)
            if self.text[self.at] == ",":
                self.at += 1

    def _line(self) -> int:
        return bisect_right(self.starts, self.at)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:
            raise ValueError(f"not TOML at line {self._line()}")
        self.at = found.end()
        return found.group()
