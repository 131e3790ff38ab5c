"""Lists the kinds of canvas in docs/canvas-kinds.md, from their files.

tools/canvas_kinds.py            write the list anew
tools/canvas_kinds.py --check    change nothing; exit 1 when it is not up to date
"""

import os
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parent.parent / "docs/canvas-kinds.md"
START, END = "<!-- made by tools/canvas_kinds.py -->", "<!-- end -->"


def main(arguments: Sequence[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rihma.site.settings")
    import_module("django").setup()
    new = page()
    if "--check" not in arguments:
        PAGE.write_text(new, encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != new:
        print(f"{PAGE.name} is not up to date: run tools/canvas_kinds.py", file=sys.stderr)
        return 1
    return 0


def page() -> str:
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
    _, _, after = rest.partition(END)
    return "\n".join([before + START, "", *table(), "", END + after])


def table() -> Iterator[str]:
    kinds: Any = import_module("rihma.canvases.kinds")
    yield "| kind | fi | sv | en | layout | minutes | zones |"
    yield "|---|---|---|---|---|---|---|"
    for kind in kinds.every():
        zones = ", ".join(f"`{zone.key}`" for zone in kind.zones)
        names = " | ".join(kind.name[language] for language in ("fi", "sv", "en"))
        yield f"| `{kind.key}` | {names} | {kind.layout} | {kind.minutes} | {zones} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
