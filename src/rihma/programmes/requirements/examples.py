"""Rules that are ready to take, in every language at once. The first ones are those of the call of 2023."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from rihma.base.words import Words

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Example:
    key: str
    title: "_StrPromise"
    remedy: "_StrPromise"
    holds: str

    @property
    def words(self) -> dict[str, Words]:
        """The title and the remedy as a rule keeps them."""
        return {"title": in_every_language(self.title), "remedy": in_every_language(self.remedy)}


def in_every_language(text: "_StrPromise") -> Words:
    said = {}
    for lang, _name in settings.LANGUAGES:
        with translation.override(lang):
            said[lang] = str(text)
    return Words(said)


EXAMPLES = (
    Example(
        "state-actor",
        _("An actor from the state administration"),
        _("Invite somebody who works in the state administration with this matter."),
        "count(members where state_administration and confirmed) >= 1",
    ),
    Example(
        "open-and-bounded",
        _("Open work and one bounded experiment"),
        _("Tick that you open your work, and say in a few words what you could try out."),
        "willing_to_open and bounded_experiment",
    ),
    Example(
        "two-organisations",
        _("People from at least two organisations"),
        _("Invite people from other organisations."),
        "count(organisations) >= 2",
    ),
    Example(
        "two-sectors",
        _("People from at least two sectors"),
        _("Invite somebody from another sector: a municipality, a company, an association, a university."),
        "count(sectors) >= 2",
    ),
    Example(
        "two-regions",
        _("People from at least two regions"),
        _("Invite somebody who works in another part of the country, and say for each organisation where it works."),
        "count(regions) >= 2",
    ),
    Example(
        "three-from-one",
        _("At most three people from one organisation"),
        _("Give some of the places to people from other organisations."),
        "none(organisations where members > 3)",
    ),
    Example(
        "municipality",
        _("A municipality in the team"),
        _("Invite somebody from a municipality or a city."),
        'exists(organisations where kind == "municipality")',
    ),
    Example(
        "first-timers",
        _("At least two people who take part for the first time"),
        _("Invite people who have not been in an earlier programme."),
        "count(members where first_time) >= 2",
    ),
    Example(
        "seats",
        _("At most five seats in the room"),
        _("Agree who of you come to the room and who take part remotely."),
        "seats <= 5",
    ),
)
