"""What each team must have."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rihma.base.expressions import read
from rihma.base.refused import Refused
from rihma.base.seen import mark_of
from rihma.calls.rules.stages import Stage, check_may_amend, check_not_over
from rihma.programmes.requirements import DAYS_TO_COMPLETE, Requirement, names_with, row_of

MOST_OWN = 40
ORDER = "order"


@dataclass(frozen=True)
class Requirements:
    """What each team must have, and for how many there are places: what applicants plan by."""

    state_administration_min: int = 0
    organisations_min: int = 1
    theme: bool = True
    willing_to_open: bool = False
    bounded_experiment: bool = False
    completion_days: int = DAYS_TO_COMPLETE
    unconfirmed_organisations: bool = False
    teams_min: int = 1
    teams_max: int = 1
    # those that the owner wrote, in their order
    own: tuple[Requirement, ...] = ()

    @classmethod
    def of(
        cls, eligibility: Mapping[str, Any], teams_min: int, teams_max: int, own: tuple[Requirement, ...] = ()
    ) -> "Requirements":
        known = {name: value for name, value in eligibility.items() if name in COMMON}
        return cls(**{**known, "teams_min": teams_min, "teams_max": teams_max, "own": own})

    @property
    def eligibility(self) -> dict[str, int | bool]:
        return {name: value for name, value in self.facts.items() if name not in ("teams_min", "teams_max")}

    @property
    def facts(self) -> dict[str, int | bool]:
        """Those in numbers and ticks, as the form has them."""
        return {name: getattr(self, name) for name in COMMON}

    @property
    def own_rows(self) -> list[dict[str, Any]]:
        return [row_of(rule) for rule in self.own]

    @property
    def mark(self) -> str:
        return mark_of({**self.facts, "own": self.own_rows})

    def rule(self, key: str) -> Requirement | None:
        return next((rule for rule in self.own if rule.key == key), None)

    def differing(self, before: "Requirements") -> list[str]:
        names = [name for name, value in self.facts.items() if value != before.facts[name]]
        keys = dict.fromkeys(rule.key for rule in (*before.own, *self.own))
        names += [f"rule.{key}" for key in keys if self.rule(key) != before.rule(key)]
        return [ORDER] if not names and self.own != before.own else names

    def stricter_than(self, before: "Requirements") -> str | None:
        """The first rule that asks more or offers less than before."""
        if self.teams_max < before.teams_max:
            return "teams_max"
        if self.completion_days < before.completion_days:
            return "completion_days"
        if self.unconfirmed_organisations < before.unconfirmed_organisations:
            return "unconfirmed_organisations"
        more = {name: value for name, value in self.eligibility.items() if name not in EASIER}
        return next((name for name, value in more.items() if value > before.eligibility[name]), None)

    def asks_new_of(self, before: "Requirements") -> Requirement | None:
        """A rule of its own that may keep out a team which it did not keep out before."""
        return next((rule for rule in self.own if _is_new(rule, before.rule(rule.key))), None)


# Of these the more is asked the less they say.
EASIER = ("completion_days", "unconfirmed_organisations")
COMMON = tuple(name for name in Requirements.__dataclass_fields__ if name != "own")


def _is_new(rule: Requirement, before: Requirement | None) -> bool:
    """Which of two conditions asks more, nobody can say; so each change of one that is binding counts."""
    was = before.holds if before and before.binding else None
    return rule.binding and was != rule.holds


def check_places(least: int, most: int) -> None:
    if not 1 <= least <= most:
        raise Refused("places", _("The least number of teams cannot be more than the most."), "teams_min")


def check_may_set_rules(
    stage: Stage,
    before: Requirements,
    after: Requirements,
    because: Collection[str],
    questions: Mapping[str, str] | None = None,
) -> None:
    """`questions`: key → kind of those whose answers a rule may speak of."""
    check_own(before, after, questions or {})
    check_places(after.teams_min, after.teams_max)
    if after.differing(before) == [ORDER]:
        # No team is asked anything else, so nobody needs to read why.
        check_not_over(stage)
    else:
        check_may_amend(stage, because)
    field = after.stricter_than(before)
    if stage is Stage.ANSWERED and (field or after.asks_new_of(before)):
        raise Refused(
            "stricter",
            _("Applications have been sent already, so the rules can only be made easier to meet."),
            field or "holds",
        )


def check_own(before: Requirements, after: Requirements, questions: Mapping[str, str]) -> None:
    if len(after.own) > MOST_OWN:
        raise Refused("many", _("A programme can have at most %(n)s rules of its own.") % {"n": MOST_OWN}, "holds")
    for rule in after.own:
        if rule != before.rule(rule.key):
            read(rule.holds, names_with(questions))
