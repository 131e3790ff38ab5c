"""Whether a team meets the rules of its programme, and why not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from django.utils.translation import gettext as _

from rihma.base.expressions import MAYBE, BadExpression
from rihma.programmes.requirements import Requirement, condition
from rihma.teams.rules.facts import Facts


class Answer(Enum):
    """Three-valued: an invited organisation that has not confirmed makes a rule unclear, not met."""

    MET = "met"
    UNCLEAR = "unclear"
    NOT_YET = "not_yet"


@dataclass
class Checked:
    """One rule held against one team: `missing` says in words what to do, `because` what is so, both "" when met.

    `excepted` is why the programme's owner does not ask it of this team; then it stands in nobody's way.
    """

    requirement: Requirement
    answer: Answer
    facts: Facts
    excepted: str = ""

    @property
    def rule(self) -> str:
        return self.requirement.key

    @property
    def title(self) -> str:
        return str(self.requirement.title)

    @property
    def is_wish(self) -> bool:
        return not self.requirement.binding

    @property
    def state(self) -> str:
        return "excepted" if self.excepted and self.answer is not Answer.MET else self.answer.value

    @property
    def lets_in(self) -> bool:
        """It does not keep the team out."""
        return self.is_wish or self.state in ("met", "excepted")

    @property
    def missing(self) -> str:
        if self.answer is Answer.MET:
            return ""
        if self.answer is Answer.UNCLEAR:
            return str(self.requirement.unclear) or _("Somebody you invited has not confirmed yet.")
        return str(self.requirement.remedy)

    @cached_property
    def because(self) -> str:
        """Put into words only where somebody reads it: a long list of teams shows signs."""
        if self.answer is Answer.MET:
            return ""
        try:
            return " ".join(condition(self.requirement.holds).because(self.facts.world))
        except BadExpression as bad:
            return _("The rule has a mistake, and its owner has to mend it. %(mistake)s") % {"mistake": bad}


def check(facts: Facts, asked: Iterable[Requirement], excepted: Mapping[str, str] | None = None) -> list[Checked]:
    """`excepted`: rule → why it is not asked of this team."""
    reasons = excepted or {}
    return [Checked(one, answer_of(facts, one), facts, reasons.get(one.key, "")) for one in asked]


def answer_of(facts: Facts, requirement: Requirement) -> Answer:
    """A rule that cannot be read says nothing against a team, and nothing for it."""
    world = facts.world
    try:
        holds = condition(requirement.holds).answer(world)
    except BadExpression:
        return Answer.UNCLEAR
    if holds is MAYBE:
        return Answer.UNCLEAR
    return Answer.MET if holds is True else Answer.NOT_YET


def is_eligible(checked: Iterable[Checked]) -> bool:
    return all(one.lets_in for one in checked)
