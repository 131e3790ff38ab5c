"""When a team fits the programme, and which moves a team's place may make."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import NamedTuple

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from rihma.base.refused import Refused

MOVES: dict[str, set[str]] = {
    "forming": {"admitted", "reserve", "declined", "left"},
    "reserve": {"admitted", "declined", "left"},
    "declined": {"admitted", "reserve"},
    "admitted": {"left"},
    "left": set(),
}


class Answer(Enum):
    """Three-valued: an invited organisation that has not confirmed makes a rule unclear, not met."""

    MET = "met"
    UNCLEAR = "unclear"
    NOT_YET = "not_yet"


class Place(NamedTuple):
    """One member as the rules see them."""

    organisation: str
    state_administration: bool
    confirmed: bool
    convener: bool = False
    wants_seat: bool = True
    sector: str = ""


@dataclass(frozen=True)
class Facts:
    places: tuple[Place, ...]
    theme: bool
    willing_to_open: bool
    bounded_experiment: bool

    @property
    def organisations(self) -> set[str]:
        return {place.organisation for place in self.places if place.organisation}

    @property
    def seats(self) -> int:
        return sum(place.wants_seat for place in self.places)


@dataclass(frozen=True)
class Eligibility:
    """What a programme asks of each team; read from the programme file's [eligibility]."""

    state_administration_min: int = 0
    organisations_min: int = 1
    theme: bool = True
    willing_to_open: bool = False
    bounded_experiment: bool = False

    @classmethod
    def of(cls, given: Mapping[str, object]) -> "Eligibility":
        known = {name: value for name, value in given.items() if name in cls.__dataclass_fields__}
        return cls(**known)  # type: ignore[arg-type] # the programme file's schema checked the values

    def in_words(self) -> list[str]:
        """The rules as the call tells them."""
        words = []
        if self.state_administration_min:
            words.append(
                ngettext(
                    "At least %(n)s member of the team works in the state administration with the matter",
                    "At least %(n)s members of the team work in the state administration with the matter",
                    self.state_administration_min,
                )
                % {"n": self.state_administration_min}
            )
        if self.organisations_min > 1:
            words.append(_("The team comes from at least %(n)s organisations") % {"n": self.organisations_min})
        if self.theme:
            words.append(_("The team has a theme of its own, a real problem or phenomenon"))
        if self.willing_to_open:
            words.append(_("The team is willing to open its work to others from the start"))
        if self.bounded_experiment:
            words.append(_("The team prepares one bounded experiment"))
        return words


class Checked(NamedTuple):
    """One rule held against one team: `missing` says in words what to do, "" when met."""

    rule: str
    title: str
    answer: Answer
    missing: str = ""

    @property
    def state(self) -> str:
        return self.answer.value


def check(facts: Facts, eligibility: Eligibility) -> list[Checked]:
    language = get_language()
    return [_in_words(rule, answer, least, language) for rule, answer, least in _answers(facts, eligibility)]


def _answers(facts: Facts, eligibility: Eligibility) -> Iterator[tuple[str, Answer, int]]:
    places, officials, several = facts.places, eligibility.state_administration_min, eligibility.organisations_min
    if officials:
        sure = sum(place.state_administration and place.confirmed for place in places)
        hoped = sum(place.state_administration for place in places)
        yield "state_administration", _reached(sure, hoped, officials), officials
    if several > 1:
        sure = len({place.organisation for place in places if place.confirmed and place.organisation})
        yield "organisations", _reached(sure, len(facts.organisations), several), several
    yield "convener", _met(said=any(place.convener and place.confirmed for place in places)), 1
    if eligibility.theme:
        yield "theme", _met(said=facts.theme), 1
    if eligibility.willing_to_open:
        yield "willing_to_open", _met(said=facts.willing_to_open), 1
    if eligibility.bounded_experiment:
        yield "bounded_experiment", _met(said=facts.bounded_experiment), 1


def _reached(sure: int, hoped: int, least: int) -> Answer:
    if sure >= least:
        return Answer.MET
    return Answer.UNCLEAR if hoped >= least else Answer.NOT_YET


def _met(*, said: bool) -> Answer:
    return Answer.MET if said else Answer.NOT_YET


@cache
def _in_words(rule: str, answer: Answer, least: int, _language: str | None) -> Checked:
    """A list of a hundred teams says the same few things of each."""
    missing = _missing().get((rule, answer), "")
    return Checked(rule, _titles(least)[rule], answer, missing)


def _titles(least: int) -> dict[str, str]:
    return {
        "state_administration": _("A member from the state administration"),
        "organisations": _("At least %(n)s organisations") % {"n": least},
        "convener": _("A convener"),
        "theme": _("Theme"),
        "willing_to_open": _("Willing to open the work"),
        "bounded_experiment": _("One bounded experiment"),
    }


def _missing() -> dict[tuple[str, Answer], str]:
    officials = _("Invite somebody who works in the state administration with this matter.")
    return {
        ("state_administration", Answer.UNCLEAR): _("The invited member has not confirmed yet."),
        ("state_administration", Answer.NOT_YET): officials,
        ("organisations", Answer.UNCLEAR): _("Somebody you invited has not confirmed yet."),
        ("organisations", Answer.NOT_YET): _("Invite people from other organisations."),
        ("convener", Answer.NOT_YET): _("The team needs a convener."),
        ("theme", Answer.NOT_YET): _("Choose a theme or describe your own."),
        ("willing_to_open", Answer.NOT_YET): _("Tick that the team is ready to open its work to others."),
        ("bounded_experiment", Answer.NOT_YET): _("Say in a few words what you could try out."),
    }


def is_eligible(checked: Iterable[Checked]) -> bool:
    return all(one.answer is Answer.MET for one in checked)


def check_may_move(state: str, to: str) -> None:
    if to not in MOVES[state]:
        raise Refused("state", _("The team's place has changed meanwhile. Look at it again."))


def check_may_invite(members: Iterable[str], email: str) -> None:
    """`members`: addresses of those who are in the team or invited."""
    if email in set(members):
        raise Refused("known", _("This person is in the team or invited already."), "email")


def check_may_answer(state: str) -> None:
    if state != "invited":
        raise Refused("answered", _("This invitation has been answered already."))


def check_may_leave(role: str, state: str) -> None:
    if state != "confirmed":
        raise Refused("state", _("You are not in this team."))
    if role == "convener":
        raise Refused("convener", _("The convener cannot leave before somebody else is the convener."))
