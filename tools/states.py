"""Draws docs/states.md from the tables of moves in the rules of each area.

tools/states.py            write it anew
tools/states.py --check    change nothing; exit 1 when it is not up to date
"""

import re
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src/rihma"
PAGE = ROOT / "docs/states.md"
TABLE = re.compile(r"([A-Z]+_)?MOVES(_[A-Z]+)?")
# Every table needs its heading here: a new one stops the tool until somebody says what it is of.
HEADINGS = {
    "programmes.rules.MOVES": "A programme",
    "teams.rules.places.MOVES": "A team's place in the programme",
    "teams.rules.shortfalls.MOVES": "A rule that a team has lost, or that is not asked of it",
    "applications.rules.submitting.MOVES": "An application",
    "reviews.rules.phases.MOVES": "The review of a call's applications",
    "reviews.rules.reading.REVIEW_MOVES": "One juror's review",
    "selection.rules.MOVES_BEFORE": "A decision, before the announcement",
    "selection.rules.MOVES_AFTER": "A decision, after the announcement",
    "workshops.rules.MOVES": "A workshop",
    "workshops.rules.ANSWER_MOVES": "An answer: how somebody stands, and the answers that change it",
    "canvases.rules.MOVES": "A canvas",
    "challenges.rules.MOVES": "A challenge",
    "invitations.rules.MOVES": "An invitation to apply",
    "mergers.rules.MOVES": "A proposal to merge",
    "moderation.rules.MOVES": "A flag",
    "tailoring.rules.MOVES": "A programme's own kind of canvas",
    "talk.rules.MOVES": "A thread of comments on a canvas",
    "facilitation.rules.MOVES": "A vote on a canvas",
    "brainwriting.rules.MOVES": "A round of writing alone",
    "experiments.rules.states.MOVES": "An experiment",
    "library.rules.MOVES": "A lesson",
    "notices.rules.MOVES": "A message in the outbox",
    "webhooks.rules.MOVES": "A delivery to a program elsewhere",
}
HEAD = """# States and moves

What may become what. Each drawing is made from the table of moves that the rules themselves use, by `tools/states.py`; a test
fails when they differ. A move that is not drawn is refused.
"""


class Table(NamedTuple):
    name: str
    moves: Mapping[str | None, Collection[str]]

    @property
    def file(self) -> str:
        module = self.name.rpartition(".")[0].replace(".", "/")
        return f"src/rihma/{module}.py"


def main(arguments: Sequence[str]) -> int:
    new = page()
    if "--check" not in arguments:
        PAGE.write_text(new, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != new:
        print(f"{PAGE.name} is not up to date: run tools/states.py", file=sys.stderr)
        return 1
    return 0


def page() -> str:
    found = {table.name: table for table in tables()}
    unknown = sorted(found.keys() - HEADINGS.keys())
    if unknown:
        raise LookupError(f"say in tools/states.py what this is of: {', '.join(unknown)}")
    return "\n".join([HEAD, *(section(heading, found[name]) for name, heading in HEADINGS.items())])


def tables() -> Iterator[Table]:
    for path in sorted([*PACKAGE.glob("*/rules.py"), *PACKAGE.glob("*/rules/*.py")]):
        module = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        for name, value in vars(import_module(f"rihma.{module}")).items():
            if TABLE.fullmatch(name):
                yield Table(f"{module}.{name}", value)


def section(heading: str, table: Table) -> str:
    first = next(iter(table.moves))
    lines = [f"    [*] --> {said(first)}"] if first else []
    for state, targets in table.moves.items():
        lines += [f"    {said(state)} --> {target}" for target in sorted(targets)]
        if not targets:
            lines.append(f"    {said(state)} --> [*]")
    drawing = "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])
    return f"## {heading}\n\n`{table.name.rpartition('.')[2]}` in `{table.file}`\n\n{drawing}\n"


def said(state: str | None) -> str:
    return "undecided" if state is None else str(state)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
