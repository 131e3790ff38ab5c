"""What each team must have."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused
from rihma.base.seen import mark_of
from rihma.calls.rules.stages import Stage, check_may_amend


@dataclass(frozen=True)
class Requirements:
    """What each team must have, and for how many there are places: what applicants plan by."""

    state_administration_min: int = 0
    organisations_min: int = 1
    theme: bool = True
    willing_to_open: bool = False
    bounded_experiment: bool = False
    teams_min: int = 1
    teams_max: int = 1

    @classmethod
    def of(cls, eligibility: Mapping[str, Any], teams_min: int, teams_max: int) -> "Requirements":
        known = {name: value for name, value in eligibility.items() if name in cls.__dataclass_fields__}
        return cls(**{**known, "teams_min": teams_min, "teams_max": teams_max})

    @property
    def eligibility(self) -> dict[str, int | bool]:
        return {name: value for name, value in self.facts.items() if name not in ("teams_min", "teams_max")}

    @property
    def facts(self) -> dict[str, int | bool]:
        return asdict(self)

    @property
    def mark(self) -> str:
        return mark_of(self.facts)

    def differing(self, before: "Requirements") -> list[str]:
        return [name for name, value in self.facts.items() if value != before.facts[name]]

    def stricter_than(self, before: "Requirements") -> str | None:
        """The first rule that asks more or offers less than before."""
        if self.teams_max < before.teams_max:
            return "teams_max"
        return next((name for name, value in self.eligibility.items() if value > before.eligibility[name]), None)


def check_places(least: int, most: int) -> None:
    if not 1 <= least <= most:
        raise Refused("places", _("The least number of teams cannot be more than the most."), "teams_min")


def check_may_set_rules(stage: Stage, before: Requirements, after: Requirements, because: Collection[str]) -> None:
    check_places(after.teams_min, after.teams_max)
    check_may_amend(stage, because)
    field = after.stricter_than(before)
    if stage is Stage.ANSWERED and field:
        raise Refused(
            "stricter", _("Applications have been sent already, so the rules can only be made easier to meet."), field
        )
