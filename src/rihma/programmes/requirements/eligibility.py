from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from rihma.programmes.requirements.requirement import Requirement

DAYS_TO_COMPLETE = 21


@dataclass(frozen=True)
class Eligibility:
    """What a programme asks of each team in numbers and ticks; read from the programme file's [eligibility]."""

    state_administration_min: int = 0
    organisations_min: int = 1
    theme: bool = True
    willing_to_open: bool = False
    bounded_experiment: bool = False
    completion_days: int = DAYS_TO_COMPLETE
    # organisations that a team names count before somebody who acts for them has confirmed
    unconfirmed_organisations: bool = False

    @classmethod
    def of(cls, given: Mapping[str, object]) -> "Eligibility":
        known = {name: value for name, value in given.items() if name in cls.__dataclass_fields__}
        return cls(**known)  # type: ignore[arg-type] # the programme file's schema checked the values

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        return _requirements(self, get_language())


@lru_cache(maxsize=200)
def _requirements(asked: Eligibility, _language: str | None) -> tuple[Requirement, ...]:
    """In the words of one language. Pages ask for them again and again."""
    officials, several = asked.state_administration_min, asked.organisations_min
    wanted = {
        "state_administration": officials > 0,
        "organisations": several > 1,
        "convener": True,
        "theme": asked.theme,
        "willing_to_open": asked.willing_to_open,
        "bounded_experiment": asked.bounded_experiment,
    }
    every = (*_of_people(officials, several), *_of_promises())
    return tuple(requirement for requirement in every if wanted[requirement.key])


def _of_people(officials: int, several: int) -> tuple[Requirement, ...]:
    return (
        Requirement(
            "state_administration",
            _("A member from the state administration"),
            f"count(members where state_administration and confirmed) >= {officials}",
            remedy=_("Invite somebody who works in the state administration with this matter."),
            unclear=_("The invited member has not confirmed yet."),
            told=ngettext(
                "At least %(n)s member of the team works in the state administration with the matter",
                "At least %(n)s members of the team work in the state administration with the matter",
                officials,
            )
            % {"n": officials},
        ),
        Requirement(
            "organisations",
            _("At least %(n)s organisations") % {"n": several},
            f"count(organisations) >= {several}",
            remedy=_("Invite people from other organisations."),
            told=_("The team comes from at least %(n)s organisations") % {"n": several},
        ),
        Requirement(
            "convener",
            _("A convener"),
            "exists(members where convener and confirmed)",
            remedy=_("The team needs a convener."),
        ),
    )


def _of_promises() -> tuple[Requirement, ...]:
    return (
        Requirement(
            "theme",
            _("Theme"),
            "theme",
            remedy=_("Choose a theme or describe your own."),
            told=_("The team has a theme of its own, a real problem or phenomenon"),
        ),
        Requirement(
            "willing_to_open",
            _("Willing to open the work"),
            "willing_to_open",
            remedy=_("Tick that the team is ready to open its work to others."),
            told=_("The team is willing to open its work to others from the start"),
        ),
        Requirement(
            "bounded_experiment",
            _("One bounded experiment"),
            "bounded_experiment",
            remedy=_("Say in a few words what you could try out."),
            told=_("The team prepares one bounded experiment"),
        ),
    )
