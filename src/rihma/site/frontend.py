"""Serves files of npm packages without copying them into the repository."""

import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, overload, override

from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage

HERE = Path(__file__).resolve().parent
FILES: dict[str, str] = tomllib.loads((HERE / "frontend.toml").read_text(encoding="utf-8"))
CARRIED = HERE / "vendor"
PACKAGES = HERE.parents[2] / "node_modules"


def path_of(name: str) -> Path:
    """Where the file behind a static address lies: in the wheel, else in node_modules of the checkout."""
    carried = CARRIED / Path(name).relative_to("vendor")
    return carried if carried.exists() else PACKAGES / FILES[name]


class FrontendStorage(FileSystemStorage):
    @override
    def path(self, name: str) -> str:
        return str(path_of(name))


class FrontendFinder(BaseFinder):
    """Lists what frontend.toml names and nothing else, so that node_modules is never open to the world."""

    storage = FrontendStorage(location=HERE)

    @override
    def check(self, **_kwargs: Any) -> list[CheckMessage]:
        missing = [name for name in FILES if not path_of(name).exists()]
        if not missing:
            return []
        return [Error(f"Front-end files are missing: {', '.join(missing)}", hint="Run `npm ci`.", id="rihma.site.E001")]

    @overload
    @override
    def find(self, path: str, find_all: Literal[False] = False) -> str | None: ...

    @overload
    @override
    def find(self, path: str, find_all: Literal[True]) -> list[str]: ...

    @override
    def find(self, path: str, find_all: bool = False) -> str | list[str] | None:
        found = [str(path_of(path))] if path in FILES else []
        # Django adds up what its finders say: only an empty list says "not here".
        return found if find_all or not found else found[0]

    # Last in the class: from here on its name hides the builtin.
    @override
    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FrontendStorage]]:
        for name in FILES:
            yield name, self.storage
