from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Thing:
    """One thing with its day: `delete` does what the report says of it. `count`: of how many it is made."""

    kind: str
    name: str
    day: date
    delete: Callable[[], object]
    count: int = 1
