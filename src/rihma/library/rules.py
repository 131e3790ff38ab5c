"""When a lesson may be told to everybody, and what may happen to it then."""

from collections.abc import Iterable, Mapping

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused

MOVES: dict[str, set[str]] = {
    "draft": {"published"},
    "published": {"withdrawn"},
    "withdrawn": {"published"},
}

# Without these a lesson says nothing; each must exist in both national languages.
TOLD = ("headline", "question", "what_was_done")


def check_may_draft(experiment_state: str) -> None:
    if experiment_state not in {"concluded", "decided", "published"}:
        raise Refused(
            "too_early", _("A lesson is written when the experiment has ended and its conclusion is recorded.")
        )


def missing_languages(texts: Mapping[str, Iterable[str]], national: Iterable[str]) -> dict[str, list[str]]:
    """Field → national languages it still lacks, of the languages that each text has."""
    lacks = {name: [lang for lang in national if lang not in set(texts[name])] for name in TOLD}
    return {name: languages for name, languages in lacks.items() if languages}


def check_may_publish(
    state: str, experiment_state: str, *, lacks: Mapping[str, list[str]], names_agreed: bool, although: str
) -> None:
    if "published" not in MOVES[state]:
        raise Refused("state", _("This lesson is public already."))
    if experiment_state not in {"decided", "published"}:
        raise Refused("undecided", _("First the team decides what happens next; stopping is a decision too."))
    if not names_agreed:
        raise Refused("names", _("Confirm that nobody is named in the texts without having agreed."), "names_agreed")
    if lacks and not although.strip():
        raise Refused(
            "languages",
            _("The lesson is missing in Finnish or Swedish. Write it, or give a reason for publishing without."),
            "although",
        )


def check_may_withdraw(state: str, because: str) -> None:
    if "withdrawn" not in MOVES[state]:
        raise Refused("state", _("Only a public lesson can be withdrawn."))
    if not because.strip():
        raise Refused(
            "because", _("Write why: the page will say that the lesson was withdrawn, when and why."), "because"
        )


def slug_of(headline: str, taken: Iterable[str]) -> str:
    """A stable, readable address; a number is added when another lesson has it."""
    base = slugify(headline.translate(str.maketrans("äåöÄÅÖ", "aaoAAO")))[:70].strip("-") or "lesson"
    used = set(taken)
    return (
        base if base not in used else next(f"{base}-{n}" for n in range(2, len(used) + 3) if f"{base}-{n}" not in used)
    )
