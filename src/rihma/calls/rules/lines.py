"""What is asked, and what it is read by."""

from collections.abc import Collection, Mapping

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused
from rihma.calls.rules.asked import FAMILIES, READERS
from rihma.calls.rules.stages import CRITERIA_STAND, Stage, check_may_amend, check_not_over

type Facts = Mapping[str, object]
# limit → 1 where more of it asks more of applicants, -1 where less does
STRICTER = (("most_words", -1), ("most", -1), ("most_megabytes", -1), ("least", 1), ("kept_months", 1))


def check_current(*, is_current: bool) -> None:
    if not is_current:
        raise gone()


def gone() -> Refused:
    return Refused("gone", _("Somebody else removed this meanwhile."))


def only_adds_languages(before: Facts, after: Facts) -> bool:
    """A missing translation may come at any time: it changes nothing for those who have read another language."""
    return all(
        isinstance(value, Mapping)
        and isinstance(new := after[name], Mapping)
        and value
        and value.items() <= new.items()
        for name, value in before.items()
        if after[name] != value
    )


def check_may_add_question(stage: Stage, because: Collection[str], *, required: bool) -> None:
    check_may_amend(stage, because)
    if stage is Stage.ANSWERED and required:
        raise Refused(
            "required",
            _("Applications have been sent already and cannot answer it. A question that comes now must be optional."),
            "required",
        )


def check_may_add_criterion(stage: Stage, because: Collection[str]) -> None:
    _check_criteria_stand(stage)
    check_may_amend(stage, because)


def check_may_edit_line(stage: Stage, before: Facts, after: Facts, because: Collection[str]) -> None:
    if only_adds_languages(before, after):
        return
    check_may_amend(stage, because)
    if stage is not Stage.AHEAD and not _stays_readable(before.get("kind"), after.get("kind")):
        raise Refused(
            "kind",
            _("Answers that have been begun would no longer fit. Remove this question and add a new one instead."),
            "kind",
        )
    if stage is not Stage.ANSWERED:
        return
    if after.get("weight") != before.get("weight"):
        raise Refused(
            "weight",
            _("Applications have been sent already. How much a criterion weighs stays; its words may be made clearer."),
            "weight",
        )
    field = _tightened(before, after)
    if field:
        raise Refused(
            "tightened",
            _("Applications have been sent already, so this can only be made easier: optional, longer, or as it was."),
            field,
        )


def _tightened(before: Facts, after: Facts) -> str | None:
    """The field that would ask more of those who have answered already, or tell more people what they said."""
    if after.get("required") and not before.get("required"):
        return "required"
    for name in ("shown_if", "asked_in"):
        if after.get("required") and before.get(name) != after.get(name):
            return name
    for name in ("required_by", "frozen_after"):
        if _sooner(before.get(name), after.get(name)):
            return name
    for name, stricter in STRICTER:
        if _moved(before.get(name), after.get(name)) * stricter > 0:
            return name
    for name, changed in (
        ("readers", _readers(after) - _readers(before)),
        ("file_kinds", _kinds(before) - _kinds(after)),
    ):
        if changed:
            return name
    return "kind" if before.get("kind") != after.get("kind") and after.get("kind") != "long" else None


def _stays_readable(before: object, after: object) -> bool:
    return before == after or any({before, after} <= family for family in FAMILIES)


def _sooner(before: object, after: object) -> bool:
    """A day that comes earlier than it was said, where days are text in the order of time."""
    return isinstance(before, str) and isinstance(after, str) and after < before


def _moved(before: object, after: object) -> int:
    """How far a limit went up; one that is new or gone binds nobody who has answered."""
    return after - before if isinstance(before, int) and isinstance(after, int) else 0


def _readers(facts: Facts) -> set[str]:
    """What everybody reads, each of them does."""
    named = _named(facts, "readers")
    return set(READERS) if "public" in named else named


def _kinds(facts: Facts) -> set[str]:
    return _named(facts, "file_kinds")


def _named(facts: Facts, name: str) -> set[str]:
    given = facts.get(name)
    return {str(one) for one in given} if isinstance(given, list) else set()


def check_may_remove_question(stage: Stage, because: Collection[str]) -> None:
    check_may_amend(stage, because)


def check_may_remove_criterion(stage: Stage, because: Collection[str]) -> None:
    _check_criteria_stand(stage)
    check_may_amend(stage, because)


def _check_criteria_stand(stage: Stage) -> None:
    check_not_over(stage)
    if stage in CRITERIA_STAND:
        raise Refused(
            "answered",
            _(
                "Applications have been sent already, written to these criteria. Their words may be made clearer, no more."
            ),
        )


def key_of(words: Mapping[str, str], taken: Collection[str]) -> str:
    """Names a question for ever: from its first words, and with a number where that is taken."""
    said = words.get("en") or next(iter(words.values()), "")
    stem = slugify(said.replace("_", " "))[:32].strip("-") or "question"
    number = next(n for n in range(1, len(taken) + 2) if (stem if n == 1 else f"{stem}-{n}") not in taken)
    return stem if number == 1 else f"{stem}-{number}"
