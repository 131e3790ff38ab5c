"""What was measured beside what it should be: a table for people, one JSON object for scripts."""

import json
from dataclasses import dataclass, field
from typing import Literal

# From here on decimals say nothing.
LARGE = 100


@dataclass(frozen=True)
class Goal:
    name: str
    value: float | None
    goal: float
    unit: str = ""
    kind: Literal["most", "least"] = "most"
    # What the number is made of, or why there is none.
    note: str = ""

    @property
    def met(self) -> bool | None:
        if self.value is None:
            return None
        return self.value <= self.goal if self.kind == "most" else self.value >= self.goal

    @property
    def told(self) -> list[str]:
        sign = "≤" if self.kind == "most" else "≥"
        value = "–" if self.value is None else f"{figure(self.value)} {self.unit}".rstrip()
        met = {True: "yes", False: "NO", None: "not measured"}[self.met]
        return [self.name, f"{sign} {figure(self.goal)} {self.unit}".rstrip(), value, met, self.note]


@dataclass
class Report:
    bench: str
    goals: list[Goal] = field(default_factory=list)
    ratios: dict[str, float] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)

    def table(self) -> str:
        return rows(["goal", "wanted", "measured", "met?", ""], [goal.told for goal in self.goals])

    def as_json(self) -> str:
        goals = {
            goal.name: {"value": goal.value, "goal": goal.goal, "unit": goal.unit, "met": goal.met}
            for goal in self.goals
        }
        return json.dumps({"bench": self.bench, "ratios": self.ratios, "goals": goals, "facts": self.facts})


def rows(head: list[str], lines: list[list[str]]) -> str:
    widths = [max(len(line[place]) for line in (head, *lines)) for place in range(len(head))]
    ruled = [head, ["-" * width for width in widths], *lines]
    return "\n".join(
        " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in ruled
    )


def figure(value: float) -> str:
    return f"{value:.0f}" if value == int(value) or abs(value) >= LARGE else f"{value:.2f}"
