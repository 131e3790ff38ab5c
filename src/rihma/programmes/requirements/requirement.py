from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rihma.base.words import Words

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    type Text = str | Words | _StrPromise

# A rule of its own cannot take the key of one in [eligibility].
KEPT_KEYS = frozenset(
    {"state_administration", "organisations", "convener", "theme", "willing_to_open", "bounded_experiment"}
)


@dataclass(frozen=True)
class Requirement:
    """One rule: what it is called, the condition that must hold, and what to do where it does not.

    One that is not `binding` is a wish: it is shown, and a team without it is eligible all the same. `unclear` says what to do
    while it hangs on somebody who is invited, `told` how the call says it; without them there are common words and the title.
    """

    key: str
    title: "Text"
    holds: str
    remedy: "Text" = ""
    unclear: "Text" = ""
    told: "Text" = ""
    binding: bool = True

    @property
    def said(self) -> str:
        return str(self.told or self.title)


def rule_of(row: Mapping[str, Any]) -> Requirement:
    """From a [[rule]] of the programme file, which is how a programme keeps it too."""
    return Requirement(
        key=row["key"],
        title=Words(row["title"]),
        holds=row["holds"],
        remedy=Words(row.get("remedy", {})),
        binding=row.get("binding", True),
    )


def row_of(rule: Requirement) -> dict[str, Any]:
    """The same back again."""
    texts = {name: text.to_dict() for name in ("title", "remedy") if isinstance(text := getattr(rule, name), Words)}
    return {"key": rule.key, **texts, "holds": rule.holds, "binding": rule.binding}
