"""What a rule may speak of (docs/rules.md has the same list for those who write them)."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rihma.actors import kinds, regions
from rihma.base.expressions import Expression, Kind, Name, Names, Rows, read

ANSWERS = "answers"
# The kind of question whose answer can be asked what the organisation is.
ORGANISATION = "organisation"
KINDS = dict(kinds.Kind.choices)
SECTORS = dict(kinds.Sector.choices)
LEVELS = dict(kinds.Level.choices)
REGIONS = dict(regions.Region.choices)


def _of_organisation() -> dict[str, Name]:
    """What members and organisations both tell."""
    return {
        "kind": Name(Kind.TEXT, _("Kind of organisation"), KINDS),
        "sector": Name(Kind.TEXT, pgettext_lazy("rule", "sector"), SECTORS),
        "region": Name(Kind.TEXT, pgettext_lazy("rule", "region"), REGIONS),
        "level": Name(Kind.TEXT, pgettext_lazy("rule", "level"), LEVELS),
        "state_administration": Name(Kind.YES_NO, pgettext_lazy("rule", "state administration")),
    }


OF_ORGANISATION = _of_organisation()
MEMBERS = Rows(
    pgettext_lazy("rule", "Members"),
    {
        "organisation": Name(Kind.TEXT, _("Organisation")),
        **OF_ORGANISATION,
        "confirmed": Name(Kind.YES_NO, pgettext_lazy("rule", "confirmed")),
        "convener": Name(Kind.YES_NO, pgettext_lazy("rule", "convener")),
        "deputy": Name(Kind.YES_NO, pgettext_lazy("rule", "deputy convener")),
        "wants_seat": Name(Kind.YES_NO, pgettext_lazy("rule", "wants a seat in the room")),
        "first_time": Name(Kind.YES_NO, pgettext_lazy("rule", "for the first time")),
        "joined_on": Name(Kind.DATE, pgettext_lazy("rule", "joined")),
    },
)
ORGANISATIONS = Rows(
    pgettext_lazy("rule", "Organisations"),
    {
        "name": Name(Kind.TEXT, pgettext_lazy("rule", "name")),
        **OF_ORGANISATION,
        "members": Name(Kind.NUMBER, pgettext_lazy("rule", "members")),
    },
    by="name",
)
SECTORS_OF_TEAM = Rows(
    pgettext_lazy("rule", "Sectors"),
    {
        "name": Name(Kind.TEXT, pgettext_lazy("rule", "sector"), SECTORS),
        "members": Name(Kind.NUMBER, pgettext_lazy("rule", "members")),
    },
    by="name",
)
REGIONS_OF_TEAM = Rows(
    pgettext_lazy("rule", "Regions"),
    {
        "name": Name(Kind.TEXT, pgettext_lazy("rule", "region"), REGIONS),
        "members": Name(Kind.NUMBER, pgettext_lazy("rule", "members")),
    },
    by="name",
)
NAMES = Names(
    values={
        "theme": Name(Kind.YES_NO, pgettext_lazy("rule", "Theme")),
        "willing_to_open": Name(Kind.YES_NO, _("Willing to open the work")),
        "bounded_experiment": Name(Kind.YES_NO, _("One bounded experiment")),
        "seats": Name(Kind.NUMBER, pgettext_lazy("rule", "Seats in the room")),
        "today": Name(Kind.DATE, pgettext_lazy("rule", "Today")),
        "formed_on": Name(Kind.DATE, pgettext_lazy("rule", "The team was formed")),
        "programme_starts": Name(Kind.DATE, pgettext_lazy("rule", "The programme starts")),
        "programme_ends": Name(Kind.DATE, pgettext_lazy("rule", "The programme ends")),
    },
    rows={"members": MEMBERS, "organisations": ORGANISATIONS, "sectors": SECTORS_OF_TEAM, "regions": REGIONS_OF_TEAM},
    parts=OF_ORGANISATION,
    # What is asked differs from call to call, so that a rule which is read later may name any answer.
    open_groups=frozenset({ANSWERS}),
    if_all=_("if all invited confirm"),
    only_unsure=_("only somebody who has not confirmed yet"),
)


def names_with(questions: Mapping[str, str]) -> Names:
    """For checking what somebody writes now: only these questions (key → kind) have answers. In a name, - becomes _."""
    answers = {}
    for key, kind in questions.items():
        name = f"{ANSWERS}.{name_of(key)}"
        answers[name] = Name(Kind.ANY, name)
        if kind == ORGANISATION:
            told = {f"{name}.{part}": field for part, field in OF_ORGANISATION.items()}
            answers |= {path: replace(field, words=path) for path, field in told.items()}
    return replace(NAMES, values={**NAMES.values, **answers}, open_groups=frozenset())


def is_of_organisation(name: str) -> bool:
    """Of an organisation that an answer names, not of the answer itself."""
    return name.startswith(f"{ANSWERS}.") and name.rpartition(".")[2] in OF_ORGANISATION and name.count(".") > 1


def name_of(question: str) -> str:
    """A question's key may have a dash, and begin with a number; a name in a condition may not."""
    name = question.replace("-", "_")
    return f"q{name}" if name[:1].isdigit() else name


@lru_cache(maxsize=1000)
def condition(holds: str) -> Expression:
    """Read once, asked of every team. `BadExpression` where it has a mistake."""
    return read(holds, NAMES)
