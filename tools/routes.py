"""Lists every address and who may knock at it in docs/routes.md, from the addresses there are.

tools/routes.py            write it anew
tools/routes.py --check    change nothing; exit 1 when it is not up to date
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

PAGE = Path(__file__).resolve().parent.parent / "docs/routes.md"
WHO = {"public": "anybody", "signed_in": "whoever has signed in"}
METHODS = ("get", "post", "put", "patch", "delete")
HEAD = """# Addresses

Every address, grouped by the area that answers, made by `tools/routes.py` from the addresses there are; a test fails when they differ.
`{language}` is `fi`, `sv` or `en`. *Who may knock* is the policy that each view declares. What they find is another matter: each
look-up starts at the person who asks, so for most of these a stranger gets 404. What every role gets stands in
`tests/permissions.csv`.
"""
API_HEAD = """## API

Under `/api/v1/`, with a token (`Authorization: Bearer …`, made on one's own page) or the session of a browser; what is public needs neither.
The description for programs is at `/api/v1/openapi.json`. A rule that says no answers 409 with `code` and `title`.

| method | address | what it does |
|---|---|---|
"""


class Route(NamedTuple):
    area: str
    namespace: str
    address: str
    name: str
    who: str


def main(arguments: Sequence[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rihma.site.settings")
    # The settings make a data folder; nobody else's may be touched.
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("RIHMA_DATA", folder)
        import_module("django").setup()
        new = page()
    if "--check" not in arguments:
        PAGE.write_text(new, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != new:
        print(f"{PAGE.name} is not up to date: run tools/routes.py", file=sys.stderr)
        return 1
    return 0


def page() -> str:
    groups: dict[str, list[Route]] = {}
    for route in routes():
        groups.setdefault(route.namespace or route.area, []).append(route)
    parts = [section(name, groups[name]) for name in sorted(groups)]
    return "\n".join([HEAD, *parts, API_HEAD + "".join(operations())])


def section(name: str, listed: Sequence[Route]) -> str:
    about = str(import_module(f"rihma.{listed[0].area}").__doc__).partition("\n")[0]
    rows = [f"| `{one.address}` | {one.name} | {one.who} |" for one in sorted(listed, key=lambda one: one.address)]
    return "\n".join([f"## {name}\n", f"{about}\n", "| address | name | who may knock |", "|---|---|---|", *rows, ""])


def routes() -> Iterator[Route]:
    resolver = import_module("django.urls").get_resolver()
    yield from (route for route in _below(resolver.url_patterns, "/", "site", "") if route.namespace != "api")


def _below(patterns: Sequence[Any], prefix: str, area: str, namespace: str) -> Iterator[Route]:
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            module = getattr(pattern.urlconf_module, "__name__", "").split(".")
            inner = module[1] if module[0] == "rihma" and module[1:2] != ["site"] else area
            yield from _below(pattern.url_patterns, prefix + _said(pattern), inner, pattern.namespace or namespace)
        else:
            policy = getattr(pattern.callback, "rihma_policy", "")
            yield Route(area, namespace, prefix + _said(pattern), pattern.name or "", WHO.get(policy, policy))


def _said(pattern: Any) -> str:
    """The address as people read it; the language prefix differs with the language of this process."""
    return "{language}/" if "LocalePrefix" in type(pattern.pattern).__name__ else str(pattern.pattern)


def operations() -> Iterator[str]:
    describe: Callable[[], dict[str, Any]] = import_module("rihma.site.api").api.get_openapi_schema
    for address, methods in sorted(describe()["paths"].items()):
        for method in METHODS:
            if method in methods:
                yield f"| {method.upper()} | `{address}` | {methods[method].get('summary', '')} |\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
